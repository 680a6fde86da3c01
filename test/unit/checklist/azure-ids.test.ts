import { describe, expect, test } from "vitest";
import { outcomes } from "./outcomes.ts";
import {
  absent,
  applicationId,
  type CaseInput,
  findingOf,
  mailKey,
  type Row,
  secret,
  setKey,
  setValues,
  tenantId,
  text,
  unreadable,
} from "./server-case.ts";

const other = "11111111-2222-4333-8444-555555555555";
const smtp = { mailServer: "smtp", authentication: "integrated" } as const;

const ids = (field: "applicationId" | "tenantId", valueName: string, own: string, swapped: string): Row[] => [
  ["equal", {}, "done"],
  ["in braces, upper case, blanks around", { target: { [field]: `  {${own.toUpperCase()}} ` } }, "done"],
  [
    "the server's in braces and upper case",
    { server: (recording) => setValues(recording, mailKey, { [valueName]: text(`{${own.toUpperCase()}}`) }) },
    "done",
  ],
  ["differs", { target: { [field]: other } }, "action", /another one/],
  [
    "server has none",
    { server: (recording) => setValues(recording, mailKey, { [valueName]: undefined }) },
    "action",
    /has none/,
  ],
  ["server's is empty", { server: (recording) => setValues(recording, mailKey, { [valueName]: text("") }) }, "action"],
  ["key absent", { server: (recording) => setKey(recording, mailKey, absent) }, "action"],
  ["not entered: the server's is offered", { target: { [field]: undefined } }, "pending", new RegExp(own)],
  ["blank", { target: { [field]: "  " } }, "pending"],
  [
    "not entered and the server has none",
    { target: { [field]: undefined }, server: (recording) => setKey(recording, mailKey, absent) },
    "pending",
  ],
  ["malformed", { target: { [field]: "my-app" } }, "action", /not a GUID/],
  ["one digit short", { target: { [field]: own.slice(1) } }, "action", /not a GUID/],
  ["zeros", { target: { [field]: "00000000-0000-0000-0000-000000000000" } }, "action", /zeros/],
  ["swapped", { target: { applicationId: tenantId, tenantId: applicationId } }, "action", /swapped/],
  ["holds the other of the server's IDs", { target: { [field]: swapped } }, "action", /swapped/],
  [
    "malformed, server unreadable",
    { target: { [field]: "x" }, server: (recording) => setKey(recording, mailKey, unreadable) },
    "action",
  ],
  ["key unreadable", { server: (recording) => setKey(recording, mailKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, mailKey, undefined) }, "unknown", /Not recorded/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
];

outcomes("azure.applicationId", ids("applicationId", "ExchangeOnlineApplicationID", applicationId, tenantId));
outcomes("azure.tenantId", ids("tenantId", "ExchangeOnlineTenantID", tenantId, applicationId));

const clientSecret = (value: Parameters<typeof setValues>[2][string]): CaseInput => ({
  server: (recording) => setValues(recording, mailKey, { EncryptedExchangeOnlineClientSecret: value }),
});

outcomes("azure.secret", [
  ["redacted, looked encrypted", clientSecret(secret(true)), "done"],
  ["redacted, did not look encrypted", clientSecret(secret(false)), "action", /not encrypted/],
  ["a DPAPI blob", clientSecret(text("AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAA")), "done"],
  ["clear text", clientSecret(text("hunter2-secret")), "action", /not encrypted/],
  ["absent", clientSecret(undefined), "action", /None on the server/],
  ["empty", clientSecret(text("")), "action"],
  ["key absent", { server: (recording) => setKey(recording, mailKey, absent) }, "action"],
  ["key unreadable", { server: (recording) => setKey(recording, mailKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, mailKey, undefined) }, "unknown", /Not recorded/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

describe("azure.secret", () => {
  test("never shows the value", () => {
    const finding = findingOf("azure.secret", clientSecret(text("hunter2-secret")));
    expect(JSON.stringify(finding)).not.toContain("hunter2");
  });
});

outcomes("azure.secretExpiry", [
  ["past", { target: { secretExpires: "2026-11-22" } }, "action", /Expired/],
  ["today", { target: { secretExpires: "2026-11-23" } }, "attention", /today/],
  ["in 30 days", { target: { secretExpires: "2026-12-23" } }, "attention", /30 days/],
  ["in 31 days", { target: { secretExpires: "2026-12-24" } }, "done"],
  ["not entered", { target: { secretExpires: undefined } }, "pending"],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

type Cloud = { signIn?: object | null; roles?: string[] | null; ews?: object | null };
const cloud = (changes: Cloud | null): CaseInput => ({
  server: (recording) => {
    recording.cloud = changes === null ? null : { at: "2026-11-22T07:00:00Z", ...changes };
  },
});

outcomes("azure.signIn", [
  ["succeeded", {}, "done"],
  ["wrong secret", cloud({ signIn: { error: "AADSTS7000215" } }), "action", /Secret ID/],
  [
    "expired secret",
    cloud({ signIn: { error: "AADSTS7000222: The provided client secret keys are expired." } }),
    "action",
    /expired/,
  ],
  ["other tenant", cloud({ signIn: { error: "AADSTS700016" } }), "action", /no application/],
  ["a code that is not listed", cloud({ signIn: { error: "AADSTS123" } }), "action", /AADSTS123/],
  ["failed without a reason", cloud({ signIn: { ok: false } }), "action"],
  ["never made", cloud(null), "pending"],
  ["checked without a sign-in", cloud({ signIn: null }), "pending"],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

outcomes("azure.role", [
  ["held", {}, "done"],
  ["not held", cloud({ signIn: { ok: true }, roles: ["Mail.Send"], ews: { error: "403" } }), "action", /admin consent/],
  ["no roles, not probed", cloud({ signIn: { ok: true }, roles: [] }), "action"],
  [
    "not held, but the mailbox answered",
    cloud({ signIn: { ok: true }, roles: [], ews: { ok: true } }),
    "attention",
    /RBAC/,
  ],
  ["sign-in failed", cloud({ signIn: { error: "AADSTS7000215" } }), "pending"],
  ["never made", cloud(null), "pending"],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

const refused = (error: string): CaseInput => cloud({ signIn: { ok: true }, roles: [], ews: { error } });

outcomes("azure.ews", [
  ["answered", {}, "done"],
  ["401", refused("401"), "action", /not authorised/],
  ["403", refused("HTTP 403 Forbidden"), "action", /forbidden/],
  ["policy", refused("EWS is blocked by policy"), "action", /allow list/],
  [
    "policy with its HTTP status",
    refused("403: EwsAllowedAppIDs: application not on the allow list"),
    "action",
    /allow list/,
  ],
  ["ended", refused("EWS has ended"), "action", /ways that are left/],
  ["no mailbox", refused("ErrorNonExistentMailbox"), "action", /No mailbox/],
  ["scope", refused("ErrorImpersonateUserDenied"), "action", /scope/],
  ["throttled", refused("ErrorServerBusy"), "action", /Wait/],
  ["anything else", refused("ErrorInternalServerError"), "action", /ErrorInternalServerError/],
  ["never made", cloud(null), "pending"],
  ["signed in but not probed", cloud({ signIn: { ok: true }, roles: [] }), "pending"],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

import { describe, expect, test } from "vitest";
import { relayMeanings } from "../../../electron/checklist/relay-states.ts";
import type { RelayCheck } from "../../../electron/contract/history.ts";
import { relayStates } from "../../../electron/facts/relay.ts";
import { outcomes } from "./outcomes.ts";
import { type CaseInput, findingOf, wordsOf } from "./server-case.ts";

const check: RelayCheck = {
  at: "2026-11-22T08:00:00Z",
  host: "relay.contoso.com",
  port: 25,
  useSsl: false,
  state: "ready",
  sender: "mim@contoso.com",
  inside: "mim@contoso.com",
  outside: "postmaster@example.com",
  addresses: ["192.0.2.25"],
  startTls: false,
  mechanisms: [],
  senderReply: { taken: true, text: "250 ok" },
  insideReply: { taken: true, text: "250 ok" },
  outsideReply: { taken: true, text: "250 ok" },
};
const smtp = {
  mailServer: "smtp",
  authentication: "integrated",
  mailHost: "relay.contoso.com",
  serviceEmail: "mim@contoso.com",
} as const;
const asked = (changed: Partial<RelayCheck> = {}, target: CaseInput["target"] = {}): CaseInput => ({
  target: { ...smtp, ...target },
  server: (recording) => {
    recording.relay = { ...check, ...changed };
  },
});

outcomes("smtp.relay", [
  ["another mail server is wanted", {}, "notApplicable", /not SMTP/],
  ["not asked", { target: smtp }, "pending", /mim-mail relay-check/],
  ["it takes the mail", asked(), "done", /relay\.contoso\.com/],
  ["it was another relay", asked({ host: "other.contoso.com" }), "pending"],
  ["it was asked for another sender", asked({ sender: "other@contoso.com" }), "pending"],
  ["Windows' own way reaches it too", asked({ windows: { state: "ready", tls: "Tls12" } }), "done"],
  [
    "Windows' own way could not be tried",
    asked({ windows: { state: "untried", detail: "PowerShell is blocked" } }),
    "done",
  ],
  [
    "only Windows' handshake fails",
    asked({ useSsl: true, windows: { state: "tlsFailed", detail: "no common algorithm" } }),
    "action",
    /Windows' own way[\s\S]*no common algorithm[\s\S]*TLS and strong cryptography/,
  ],
  [
    "only Windows does not trust the certificate",
    asked({ useSsl: true, windows: { state: "certificate", detail: "RemoteCertificateChainErrors" } }),
    "action",
    /Trusted Root Certification Authorities/,
  ],
  [
    "only PowerShell is not let through",
    asked({ windows: { state: "noConnection", detail: "no connection in time" } }),
    "action",
    /may let single programs pass/,
  ],
  [
    "neither way reaches it",
    asked({ state: "refused", detail: "ECONNREFUSED", windows: { state: "refused" } }),
    "action",
    /Nothing listens on that port: ECONNREFUSED/,
  ],
  ["a later build's word", asked({ state: "later" }), "action", /broke off/],
  ["long ago", asked({ at: "2026-09-01T08:00:00Z" }), "done", /days ago[\s\S]*Ask the relay again/],
  ...relayStates
    .filter((state) => state !== "ready")
    .map((state) => [state, asked({ state, detail: "550 words of its own" }), "action", /words of its own/] as const),
]);

outcomes("smtp.sender", [
  ["another mail server is wanted", {}, "notApplicable"],
  ["not asked", { target: smtp }, "pending", /not asked yet/],
  ["the sender was never named", asked({ state: "noConnection", senderReply: null }), "pending"],
  ["taken", asked(), "done", /mim@contoso\.com/],
  [
    "refused",
    asked({ state: "senderRefused", senderReply: { taken: false, text: "550 5.1.8 no" } }),
    "action",
    /5\.1\.8/,
  ],
]);

describe("the states of a relay", () => {
  test.each([
    [{ state: "ready", tls: "Tls12" }, "reaches it, TLS 1.2"],
    [{ state: "untried", detail: "PowerShell is blocked" }, "could not be tried: PowerShell is blocked"],
    [{ state: "tlsFailed", detail: "no common algorithm" }, "STARTTLS did not come about: no common algorithm"],
  ])("Windows' own way %j is evidence", (windows, value) => {
    const { evidence } = findingOf("smtp.relay", asked({ windows }));
    expect(evidence).toContainEqual({ address: "Windows' own way", value });
  });

  test("each but ready says what to do, and none is like another", () => {
    const causes = relayStates.map((state) => relayMeanings[state].cause);
    expect(new Set(causes).size).toBe(causes.length);
    for (const state of relayStates) expect(relayMeanings[state].cure.length > 0, state).toBe(state !== "ready");
  });
});

describe("with SMTP wanted", () => {
  test("nothing of Azure, Exchange Online or a token is asked", () => {
    for (const id of [
      "azure.applicationId",
      "azure.tenantId",
      "azure.secret",
      "azure.secretExpiry",
      "azure.signIn",
      "azure.role",
      "azure.ews",
      "exchange.ewsEnd",
      "exchange.allowList",
      "exchange.mailbox",
      "verify.registry",
      "verify.token",
      "server.pollExchange",
    ] as const) {
      expect(findingOf(id, { target: smtp }).status, id).toBe("notApplicable");
    }
  });

  test("a group Managed Service Account is refused, found or wanted", () => {
    const managed = findingOf("account.service", { target: { ...smtp, serviceAccount: "CONTOSO\\gmsa$" } });
    expect(managed.status).toBe("action");
    expect(wordsOf(managed)).toMatch(/SMTP takes no group Managed Service Account/);
  });

  test.each([
    [undefined, "relayCheck"],
    ["", "enter"],
  ])("what settles it with the host %s is %s", (mailHost, kind) => {
    const target = mailHost === "" ? { ...smtp, mailHost: "" } : smtp;
    expect(findingOf("smtp.relay", { target }).remedy.kind).toBe(kind);
  });
});

describe("the end of Exchange Web Services names what was decided", () => {
  const words = (input: CaseInput) => wordsOf(findingOf("exchange.ewsEnd", input));
  test("nothing", () => expect(words({})).toMatch(/Nothing is decided for then/));
  test("until the end", () =>
    expect(words({ target: { ewsDecision: "untilTheEnd" } })).toMatch(/keep Office 365 until then/));
  test("SMTP, and how far that is", () => {
    expect(words({ target: { ewsDecision: "smtp" } })).toMatch(
      /SMTP was decided for then; the plan: 0 of 5 questions answered; the relay was not asked yet/,
    );
    const target = { ewsDecision: "smtp", mailHost: "relay.contoso.com", serviceEmail: "mim@contoso.com" } as const;
    const input = (state: string): CaseInput => ({ ...asked({ state }), target });
    expect(words(input("ready"))).toMatch(/asked on 2026-11-22: it takes the service's address/);
    expect(words(input("noConnection"))).toMatch(/no connection came about/);
  });
});

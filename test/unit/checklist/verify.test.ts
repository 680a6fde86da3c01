import { describe, expect, test } from "vitest";
import { outcomes } from "./outcomes.ts";
import {
  absent,
  account,
  type CaseInput,
  findingOf,
  hiveKey,
  mailKey,
  present,
  secret,
  setKey,
  setValues,
  text,
  unreadable,
} from "./server-case.ts";

const smtp = { mailServer: "smtp", authentication: "integrated" } as const;
const service = (status: string, startedAt: string | null = "2026-11-22T08:00:00Z", changedAt?: string): CaseInput => ({
  server: (recording) => {
    recording.services["FIMService"] = { state: "present", status, startedAt };
    if (changedAt) recording.journal = [{ id: "1", endedAt: changedAt, changes: [] }];
  },
});

outcomes("verify.service", [
  ["running, nothing changed", {}, "done"],
  ["running, started after the change", service("running", "2026-11-22T08:00:00Z", "2026-11-22T07:00:00Z"), "done"],
  [
    "running since before the change",
    service("running", "2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z"),
    "action",
    /Restart/,
  ],
  [
    "running since before the installer ran",
    {
      server: (recording) => {
        recording.installerRuns = [{ endedAt: "2026-11-22T09:00:00Z", exitCode: 0 }];
      },
    },
    "action",
  ],
  [
    "an installer run that failed changed nothing",
    {
      server: (recording) => {
        recording.installerRuns = [{ endedAt: "2026-11-22T09:00:00Z", exitCode: 1602 }];
      },
    },
    "done",
  ],
  ["stopped", service("stopped"), "action", /Start/],
  [
    "not there",
    {
      server: ({ services }) => {
        services["FIMService"] = absent;
      },
    },
    "action",
  ],
  ["start not recorded, something changed", service("running", null, "2026-11-22T07:00:00Z"), "unknown"],
  [
    "unreadable",
    {
      server: ({ services }) => {
        services["FIMService"] = unreadable;
      },
    },
    "unknown",
    /access denied/,
  ],
  ["not recorded", { server: ({ services }) => void delete services["FIMService"] }, "unknown", /Not recorded/],
]);

const values = (changes: Parameters<typeof setValues>[2]): CaseInput => ({
  server: (recording) => setValues(recording, mailKey, changes),
});

outcomes("verify.registry", [
  ["all three agree", {}, "done"],
  [
    "an ID differs",
    { target: { tenantId: "11111111-2222-4333-8444-555555555555" } },
    "action",
    /ExchangeOnlineTenantID differs/,
  ],
  [
    "an ID is not set",
    values({ ExchangeOnlineApplicationID: undefined }),
    "action",
    /ExchangeOnlineApplicationID is not set/,
  ],
  [
    "the secret is not set",
    values({ EncryptedExchangeOnlineClientSecret: undefined }),
    "action",
    /ClientSecret is not set/,
  ],
  [
    "the secret is not encrypted",
    values({ EncryptedExchangeOnlineClientSecret: secret(false) }),
    "action",
    /not encrypted/,
  ],
  [
    "each is named",
    { server: (recording) => setKey(recording, mailKey, absent) },
    "action",
    /ApplicationID is not set; .*TenantID is not set; .*ClientSecret is not set/,
  ],
  [
    "nothing entered to compare with",
    { target: { applicationId: undefined, tenantId: undefined } },
    "action",
    /not entered/,
  ],
  ["key unreadable", { server: (recording) => setKey(recording, mailKey, unreadable) }, "unknown", /access denied/],
  ["key not recorded", { server: (recording) => setKey(recording, mailKey, undefined) }, "unknown", /Not recorded/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

const hive = (state: Parameters<typeof setKey>[2]): CaseInput => ({
  server: (recording) => setKey(recording, hiveKey, state),
});

outcomes("verify.token", [
  ["a value beyond the three", {}, "done"],
  ["key absent", hive(absent), "action", /no token/],
  ["no values", hive(present()), "action"],
  [
    "the three only",
    hive(
      present({
        ExchangeOnlineApplicationID: text("a"),
        exchangeonlinetenantid: text("b"),
        EncryptedExchangeOnlineClientSecret: secret(true),
      }),
    ),
    "action",
  ],
  ["an empty value", hive(present({ AccessToken: text("") })), "action"],
  [
    "hive not loaded",
    hive({ state: "unreadable", reason: "hive not loaded" }),
    "unknown",
    /hive not loaded[\s\S]*elevation/,
  ],
  ["access denied", hive(unreadable), "unknown", /access denied/],
  ["not recorded", hive(undefined), "unknown", /Not recorded/],
  ["SID not known", { server: ({ accounts }) => void delete accounts[account] }, "unknown"],
  [
    "account not found",
    {
      server: ({ accounts }) => {
        accounts[account] = absent;
      },
    },
    "unknown",
  ],
  ["the service stopped, a token kept", service("stopped"), "unknown", /not running/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

describe("verify.token", () => {
  test("never shows the token", () => {
    const finding = findingOf("verify.token", hive(present({ AccessToken: text("eyJsecret") })));
    expect(finding.status).toBe("done");
    expect(JSON.stringify(finding)).not.toContain("eyJsecret");
  });
});

const event = (at: string, more: object = {}) => ({
  log: "Application",
  provider: "Microsoft.ResourceManagement.ServiceHealthSource",
  id: 12,
  level: "Error",
  at,
  text: "The Forefront Identity Manager Service cannot connect to the Exchange Web Service.",
  ...more,
});
const logged = (...items: ReturnType<typeof event>[]): CaseInput => ({
  server: (recording) => {
    recording.events = { state: "present", from: "2026-11-16T10:00:00Z", items };
  },
});
const startedAt = (moment: string): CaseInput => service("running", moment);

outcomes("verify.events", [
  ["none, long after the start", {}, "done"],
  ["none, exactly 15 minutes", startedAt("2026-11-23T09:45:00Z"), "done"],
  ["none, fewer than 15 minutes", startedAt("2026-11-23T09:46:00Z"), "pending", /14 of 15/],
  [
    "none, changed a minute ago",
    {
      server: (recording) => {
        recording.journal = [{ id: "1", endedAt: "2026-11-23T09:59:00Z", changes: [] }];
      },
    },
    "pending",
  ],
  [
    "Event 12 since the start",
    logged(event("2026-11-22T09:00:00Z")),
    "action",
    /2026-11-22T09:00:00Z: The Forefront[\s\S]*It means/,
  ],
  ["Event 12 before the start", logged(event("2026-11-22T07:00:00Z")), "done"],
  [
    "Event 12 of another provider",
    logged(event("2026-11-22T09:00:00Z", { provider: "Other", text: "something else" })),
    "done",
  ],
  ["another error of MIM", logged(event("2026-11-22T09:00:00Z", { id: 22, text: "SQL" })), "attention", /SQL/],
  [
    "a warning of MIM about something else",
    logged(event("2026-11-22T09:00:00Z", { id: 22, level: "Warning", text: "A set is large." })),
    "done",
  ],
  [
    "a warning about mail whose cause is not known",
    logged(event("2026-11-22T09:00:00Z", { id: 22, level: "Warning", text: "A notification was put off." })),
    "attention",
    /A notification was put off/,
  ],
  [
    "a message of information",
    logged(event("2026-11-22T09:00:00Z", { id: 22, level: "Information", text: "Mail was sent (401)." })),
    "done",
  ],
  ["the service stopped, no event", service("stopped"), "unknown", /not running/],
  [
    "the service not there",
    {
      server: ({ services }) => {
        services["FIMService"] = absent;
      },
    },
    "unknown",
  ],
  [
    "the service stopped, with an error",
    {
      server: (recording) => {
        service("stopped").server?.(recording);
        logged(event("2026-11-22T09:00:00Z")).server?.(recording);
      },
    },
    "unknown",
  ],
  [
    "a log that reaches back a few minutes only",
    {
      server: (recording) => {
        recording.events = { state: "present", from: "2026-11-23T09:50:00Z", items: [] };
      },
    },
    "pending",
    /10 of 15/,
  ],
  [
    "the token message",
    logged(
      event("2026-11-22T09:00:00Z", {
        id: 3,
        provider: "Forefront Identity Manager",
        text: "Could not get access token for office365 mailbox. Probably registry value is empty because token was not obtained.",
      }),
    ),
    "action",
    /no access token/,
  ],
  [
    "service not known, an event",
    {
      server: (recording) => {
        recording.services = {};
        recording.events = { state: "present", from: null, items: [event("2026-11-22T09:00:00Z")] };
      },
    },
    "action",
  ],
  ["service not known, no event", { server: ({ services }) => void delete services["FIMService"] }, "unknown"],
  [
    "log unreadable",
    {
      server: (recording) => {
        recording.events = unreadable;
      },
    },
    "unknown",
    /access denied/,
  ],
  [
    "log not recorded",
    {
      server: (recording) => {
        recording.events = null;
      },
    },
    "unknown",
    /Not recorded/,
  ],
  [
    "log absent",
    {
      server: (recording) => {
        recording.events = absent;
      },
    },
    "unknown",
  ],
]);

outcomes("verify.mail", [
  ["confirmed", {}, "done", /2026-11-22/],
  ["not confirmed", { target: { mailConfirmed: undefined } }, "pending"],
  ["a day that has not come", { target: { mailConfirmed: "2026-11-24" } }, "pending", /has not come/],
  ["today", { target: { mailConfirmed: "2026-11-23" } }, "done"],
  ["before the service started", { target: { mailConfirmed: "2026-11-21" } }, "pending", /before the service/],
  [
    "before the last change",
    {
      server: (recording) => {
        recording.journal = [{ id: "1", endedAt: "2026-11-23T09:00:00Z", changes: [] }];
      },
    },
    "pending",
    /before the last change/,
  ],
  ["nothing known of the service", { server: ({ services }) => void delete services["FIMService"] }, "done"],
]);

/** Each text as MIM may log it, and what its finding must name. Hosts, codes and words are others than the causes' table. */
const told: readonly (readonly [string, RegExp])[] = [
  [
    "Microsoft.Exchange.WebServices.Data.ServiceRequestException: The request failed. The underlying connection was closed: An unexpected error occurred on a send.",
    /TLS/,
  ],
  ["The request was aborted: Could not create SSL/TLS secure channel.", /TLS/],
  ["Die zugrunde liegende Verbindung wurde geschlossen: Unerwarteter Fehler beim Senden.", /TLS/],
  ["La connexion sous-jacente a été fermée : Une erreur inattendue s'est produite lors de l'envoi.", /TLS/],
  ["Der Remotename konnte nicht aufgelöst werden: 'outlook.office365.com'", /host name/],
  ["Die Verbindung mit dem Remoteserver kann nicht hergestellt werden.", /no connection/],
  ["Der Remoteserver hat einen Fehler zurückgegeben: (401) Nicht autorisiert.", /401/],
  ["Authentication failed because the remote party has closed the transport stream.", /TLS/],
  ["The client and server cannot communicate, because they do not possess a common algorithm", /in common/],
  ["ServiceRequestException: The request failed. The remote server returned an error: (401) Unauthorized.", /401/],
  ["The remote server returned an error: (403) Forbidden.", /403/],
  ["ErrorAccessDenied: Access is denied. Check credentials and try again.", /403/],
  ["AADSTS7000222: The provided client secret keys for app are expired.", /AADSTS7000222.*expired/],
  ["AADSTS700016: Application was not found in the directory.", /no application with that ID/],
  ["System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.7.1 Unable to relay", /SMTP/],
  ["SmtpFailedRecipientException: 5.1.1 recipient unknown", /SMTP/],
  ["The SMTP address has no mailbox associated with it.", /no mailbox/],
  ["ErrorNonExistentMailbox", /no mailbox/],
  ["The remote certificate is invalid according to the validation procedure.", /certificate/],
  ["Could not establish trust relationship for the SSL/TLS secure channel.", /certificate/],
  ["The request failed. The operation has timed out", /in time/],
  ["The remote name could not be resolved: 'mail.fabrikam.example'", /could not be resolved/],
  ["Unable to connect to the remote server ---> SocketException: actively refused it 10.1.2.3:25", /firewall/],
  ["The remote server returned an error: (407) Proxy Authentication Required.", /proxy/],
  ["The remote server returned an error: (429) Too Many Requests.", /patience/],
];

outcomes(
  "verify.events",
  told.map(([words, says]) => [
    words,
    logged(event("2026-11-22T09:00:00Z", { id: 3, provider: "Microsoft.ResourceManagement", text: words })),
    "action",
    says,
  ]),
);

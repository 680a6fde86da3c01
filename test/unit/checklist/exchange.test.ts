import { outcomes } from "./outcomes.ts";
import { applicationId, type CaseInput, type Row } from "./server-case.ts";

const probe = (ews: { ok?: boolean; error?: string } | null, target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => {
    recording.cloud = { at: "2026-11-22T07:00:00Z", signIn: { ok: true }, roles: [], ews };
  },
});
const never = (target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => {
    recording.cloud = null;
  },
});
const smtp = { mailServer: "smtp", authentication: "integrated" } as const;

outcomes("exchange.ewsEnd", [
  ["before the first date", { today: "2026-09-30" }, "attention", /2026-10-01[\s\S]*2027-04-01/],
  ["on the first date", { today: "2026-10-01" }, "attention", /182 days left/],
  ["between the dates", {}, "attention", /129 days left/],
  ["one day before the end", { today: "2027-03-31" }, "attention", /1 day left/],
  ["on the last date", { today: "2027-04-01" }, "action", /SMTP[\s\S]*Exchange Server[\s\S]*None/],
  ["long after", { today: "2030-01-01" }, "action"],
  ["21Vianet", { target: { mailServer: "office365China" } }, "attention"],
  ["US Government", { target: { mailServer: "office365Government" } }, "attention"],
  ["SMTP wanted", { target: smtp, today: "2027-04-01" }, "notApplicable"],
  ["Exchange Server wanted", { target: { mailServer: "exchange", authentication: "integrated" } }, "notApplicable"],
]);

outcomes("exchange.allowList", [
  ["probe answered", {}, "done"],
  ["confirmed by hand", never({ allowListConfirmed: true }), "done", /Confirmed/],
  [
    "refused by policy",
    probe({ error: "EWS is disabled for this organization by policy" }),
    "action",
    new RegExp(
      `Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy[\\s\\S]*Keep every ID[\\s\\S]*${applicationId}`,
    ),
  ],
  ["not on the allow list", probe({ error: "the application is not on the allow list" }), "action"],
  ["never probed", never(), "pending", /Get-OrganizationConfig/],
  ["said no", never({ allowListConfirmed: false }), "pending"],
  ["refused for another reason", probe({ error: "ErrorNonExistentMailbox" }), "pending"],
  ["signed in but not probed", probe(null), "pending"],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
]);

outcomes("exchange.mailbox", [
  [
    "an address that would run another command",
    never({ serviceEmail: "x; Remove-Mailbox * @contoso.com" }),
    "pending",
    /Get-EXOMailbox -Identity '<service e-mail>' \|/,
  ],
  ["probe answered", {}, "done"],
  ["confirmed by hand", never({ mailboxConfirmed: true }), "done"],
  ["no mailbox", probe({ error: "ErrorNonExistentMailbox" }), "action", /licence/],
  ["no licence", probe({ error: "the mailbox has no license" }), "action"],
  [
    "outside the RBAC scope",
    probe({ error: "RBAC scope excludes the mailbox" }),
    "action",
    /Test-ServicePrincipalAuthorization/,
  ],
  ["impersonation denied", probe({ error: "ErrorImpersonateUserDenied" }), "action"],
  ["refused by policy, mailbox not reached", probe({ error: "policy" }), "pending"],
  ["never probed", never(), "pending", /Get-EXOMailbox -Identity 'mim@contoso\.com'/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
] satisfies Row[]);

import { expect, test } from "vitest";
import { outcomes } from "./outcomes.ts";
import { applicationId, type CaseInput, findingOf, type Row } from "./server-case.ts";

const probe = (ews: { ok?: boolean; error?: string } | null, target: CaseInput["target"] = {}): CaseInput => ({
  target,
  server: (recording) => {
    recording.cloud = { at: "2026-11-22T07:00:00Z", signIn: { ok: true }, roles: [], ews };
  },
});
/** A probe on a day, with the token's roles. */
const on = (
  at: string,
  ews: { ok?: boolean; error?: string },
  target: CaseInput["target"] = {},
  roles: string[] = ["full_access_as_app"],
): CaseInput => ({
  target,
  server: (recording) => {
    recording.cloud = { at: `${at}T07:00:00Z`, signIn: { ok: true }, roles, ews };
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
  [
    "a refusal newer than a tick without a day",
    on("2026-11-22", { ok: false, error: "ews.notOnAllowList: x (HTTP 403)" }, { allowListConfirmed: true }),
    "action",
    /refused EWS by policy[\s\S]*the answer counts/,
  ],
  [
    "a refusal newer than a tick with its day",
    on("2026-11-22", { error: "ews.disabledOrganization: x" }, { allowListConfirmed: "2026-11-21" }),
    "action",
  ],
  [
    "a refusal of the tick's day",
    on("2026-11-22", { error: "policy" }, { allowListConfirmed: "2026-11-22" }),
    "action",
  ],
  [
    "a tick newer than a refusal",
    on("2026-11-20", { error: "ews.notOnAllowList: x" }, { allowListConfirmed: "2026-11-22" }),
    "done",
    /Confirmed by you on 2026-11-22/,
  ],
  [
    "a tick of a day to come",
    on("2026-11-20", { error: "ews.notOnAllowList: x" }, { allowListConfirmed: "2027-01-01" }),
    "action",
  ],
  ["an answer before the list was asked for", on("2026-06-01", { ok: true }), "pending", /Not proved/],
  ["an answer of the day before", on("2026-09-30", { ok: true }), "pending"],
  ["an answer of the first day", { ...on("2026-10-01", { ok: true }), today: "2026-10-02" }, "done"],
  ["an old answer and a tick", on("2026-06-01", { ok: true }, { allowListConfirmed: true }), "done", /Confirmed/],
  ["an answer 31 days old", on("2026-10-23", { ok: true }), "done", /31 days ago[\s\S]*Check the cloud again/],
  ["an answer 30 days old", on("2026-10-24", { ok: true }), "done"],
  [
    "a refusal 50 days old",
    on("2026-10-04", { error: "ews.notOnAllowList: x" }),
    "action",
    /50 days ago[\s\S]*Check the cloud again/,
  ],
  [
    "a bare 403 since the list is asked for",
    on("2026-11-22", { error: "ews.forbidden: HTTP 403" }),
    "action",
    /most likely the allow list[\s\S]*not a certain one/,
  ],
  ["a bare 403 in free words", on("2026-11-22", { error: "403 Forbidden" }), "action", /most likely/],
  ["a bare 403 before", on("2026-09-20", { error: "ews.forbidden: HTTP 403" }), "pending"],
  ["EWS ended", on("2026-11-22", { error: "ews.ended: HTTP 403" }), "action", /has ended/],
  [
    "the header that names the switch",
    on("2026-11-22", {
      error: "ews.forbidden: X-EWS-Policy-Reason: EWS is disabled for this user or tenant (HTTP 403)",
    }),
    "action",
    /organisation or for this mailbox[\s\S]*EwsEnabled of the organisation must be True[\s\S]*Set-CASMailbox/,
  ],
  [
    "the header that names a policy",
    on("2026-11-22", { error: "ews.forbidden: EWS is blocked by policy for this user or tenant" }),
    "action",
    /list of application IDs or a policy of user agents[\s\S]*EwsAllowedAppIDs[\s\S]*EnforceAllowList[\s\S]*EnforceBlockList/,
  ],
  [
    "the commands read the policy of user agents of organisation and mailbox",
    never(),
    "pending",
    /Get-OrganizationConfig .*EwsEnabled,EwsAllowedAppIDs,EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList[\s\S]*Get-CASMailbox .*EwsApplicationAccessPolicy,EwsAllowList,EwsBlockList/,
  ],
]);

outcomes("azure.ews", [
  ["an old answer", on("2026-10-01", { ok: true }), "done", /53 days ago[\s\S]*Check the cloud again/],
  ["an old refusal", on("2026-10-01", { error: "ews.noMailbox: x" }), "action", /53 days ago/],
  [
    "a bare 403 since the list is asked for",
    on("2026-11-22", { error: "ews.forbidden: HTTP 403" }),
    "action",
    /likely/,
  ],
  [
    "a policy, by its code",
    on("2026-11-22", { error: "ews.blockedByPolicy: X-EWS-Policy-Reason: EWS is blocked by policy (HTTP 403)" }),
    "action",
    /user agents/,
  ],
  [
    "an Application Access Policy",
    on("2026-11-22", { error: "ews.outsideScope: ErrorAccessDenied: Access is denied. (HTTP 500)" }),
    "action",
    /Get-ApplicationAccessPolicy[\s\S]*Test-ApplicationAccessPolicy[\s\S]*Add-DistributionGroupMember[\s\S]*an hour/,
  ],
  [
    "an Application Access Policy, told with 403",
    on("2026-11-22", { error: "ews.forbidden: ErrorAccessDenied: Access is denied. (HTTP 403)" }),
    "action",
    /Test-ApplicationAccessPolicy/,
  ],
  [
    "RBAC for Applications",
    on("2026-11-22", { error: "ews.outsideScope: ErrorAccessDenied: Access is denied. (HTTP 500)" }, {}, []),
    "action",
    /management scope of the role Application EWS.AccessAsApp/,
  ],
]);

outcomes("azure.role", [
  ["an old check without the role", on("2026-10-01", { error: "ews.forbidden: x" }, {}, []), "action", /53 days ago/],
  ["an old check of RBAC for Applications", on("2026-10-01", { ok: true }, {}, []), "attention", /53 days ago/],
]);

outcomes("azure.signIn", [["an old token", on("2026-10-01", { ok: true }), "done", /53 days ago/]]);

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
  [
    "a refusal newer than a tick",
    on("2026-11-22", { error: "ews.noMailbox: ErrorNonExistentMailbox" }, { mailboxConfirmed: true }),
    "action",
    /no mailbox[\s\S]*the answer counts/,
  ],
  [
    "outside an Application Access Policy, though ticked before",
    on("2026-11-22", { error: "ews.outsideScope: ErrorAccessDenied" }, { mailboxConfirmed: "2026-11-01" }),
    "action",
    /Application Access Policy[\s\S]*Test-ApplicationAccessPolicy/,
  ],
  ["in free words, with a token for all", on("2026-11-22", { error: "ErrorAccessDenied" }), "action", /Access Policy/],
  [
    "a tick newer than a refusal",
    on("2026-11-20", { error: "ews.noMailbox: x" }, { mailboxConfirmed: "2026-11-21" }),
    "done",
    /on 2026-11-21/,
  ],
  ["an answer 31 days old", on("2026-10-23", { ok: true }), "done", /31 days ago/],
  ["EWS off for it alone", on("2026-11-22", { error: "ews.disabledMailbox: x" }), "action", /Set-CASMailbox/],
  ["refused by policy, mailbox not reached", probe({ error: "policy" }), "pending"],
  ["never probed", never(), "pending", /Get-EXOMailbox -Identity 'mim@contoso\.com'/],
  ["SMTP wanted", { target: smtp }, "notApplicable"],
] satisfies Row[]);

test("the reason Exchange Online gave is kept as evidence, on every finding it decides", () => {
  const said = "ews.blockedByPolicy: X-EWS-Policy-Reason: EWS is blocked by policy for this user or tenant (HTTP 403)";
  for (const id of ["azure.ews", "exchange.allowList"] as const) {
    expect(findingOf(id, on("2026-11-22", { error: said })).evidence).toContainEqual({
      address: "EWS probe, 2026-11-22T07:00:00Z",
      value: said,
    });
  }
});

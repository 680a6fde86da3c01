import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { Status } from "../../../electron/contract/status.ts";
import type { AskOptions } from "./asked.ts";
import { type Answer, type Behaviour, bare, entraError, ewsFault, ewsMessage } from "./stand-in.ts";

/** One way a check fails: what Microsoft answers, and what is told of it. */
export interface Failure {
  readonly what: string;
  readonly entra?: Answer;
  readonly ews?: Answer;
  readonly behaviour?: Partial<Behaviour>;
  readonly options?: AskOptions;
  readonly proxied?: number | "silence";
  readonly code: string;
  readonly row: FindingId;
  readonly status?: Status;
  readonly actual: RegExp;
  readonly cure: RegExp;
  /** Rows of other steps that follow. */
  readonly also?: Readonly<Partial<Record<FindingId, Status>>>;
}

const aadsts = (number: number, what: string, actual: RegExp, cure: RegExp, error?: string): Failure => ({
  what: `AADSTS${number}`,
  entra: entraError(number, what, error),
  code: `AADSTS${number}`,
  row: "azure.signIn",
  actual,
  cure,
  also: { "azure.role": "pending", "azure.ews": "pending" },
});

export const signInFailures: readonly Failure[] = [
  aadsts(
    7000215,
    "Invalid client secret provided.",
    /AADSTS7000215: the client secret is wrong/,
    /Value, not its Secret ID/,
  ),
  aadsts(7000222, "The provided client secret keys for app are expired.", /expired/, /new client secret/),
  aadsts(700016, "Application was not found in the directory.", /no application with that ID/, /swapped/),
  aadsts(700011, "Application isn't found in the tenant.", /not in this tenant/, /Tenant ID/),
  aadsts(90002, "Tenant not found.", /tenant was not found/, /another cloud/, "invalid_request"),
  aadsts(
    900023,
    "Specified tenant identifier is neither a DNS name nor a domain.",
    /malformed/,
    /tenant/,
    "invalid_request",
  ),
  aadsts(7000112, "Application is disabled.", /disabled/, /Enable it/, "unauthorized_client"),
  aadsts(70001, "The application is disabled.", /disabled or not there/, /enabled/, "unauthorized_client"),
  aadsts(
    500011,
    "The resource principal was not found in the tenant.",
    /no Exchange Online/,
    /Exchange Online/,
    "invalid_resource",
  ),
  aadsts(65001, "The administrator has not consented.", /consent is missing/, /admin consent/, "invalid_grant"),
  aadsts(650056, "Misconfigured application.", /consent is missing/, /full_access_as_app/, "invalid_client"),
  aadsts(
    53003,
    "Access has been blocked by Conditional Access policies.",
    /Conditional Access/,
    /sign-in log/,
    "interaction_required",
  ),
  aadsts(99999123, "Something nobody has described.", /AADSTS99999123: the sign-in failed/, /list of error codes/),
  {
    what: "AADSTS700024 with a clock ten minutes ahead",
    entra: entraError(700024, "Client assertion is not within its valid time range."),
    behaviour: { dateOffset: -600_000 },
    code: "network.clock",
    row: "azure.signIn",
    actual: /clock is wrong by more than five minutes \(.*AADSTS700024, this computer is 10 minutes ahead\)/,
    cure: /w32tm/,
  },
  {
    what: "AADSTS500133",
    entra: entraError(500133, "Assertion is not within its valid time range.", "invalid_grant"),
    code: "network.clock",
    row: "azure.signIn",
    actual: /clock is wrong/,
    cure: /time zone/,
  },
  {
    what: "a web page in the place of an answer",
    entra: bare(200, { "Content-Type": "text/html" }, "<html>Sign in to the guest network</html>"),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /not Microsoft's service \(localhost:\d+: HTTP 200\)/,
    cure: /sign-in page/,
  },
  {
    what: "a redirect, which is not followed",
    entra: bare(302, { Location: "https://elsewhere.test/" }),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /HTTP 302/,
    cure: /proxy/,
  },
  {
    what: "more than a token can be",
    entra: bare(200, {}, "x".repeat(2_000_000)),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /more than 1 MB/,
    cure: /proxy/,
  },
  {
    what: "a connection that is cut off",
    entra: (response) => void response.socket?.destroy(),
    code: "network.unreachable",
    row: "azure.signIn",
    actual: /cannot be reached \(localhost: ECONNRESET\)/,
    cure: /443/,
  },
  {
    what: "no answer",
    entra: () => {},
    options: { ports: { timeLimit: 300 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer came in time \(localhost:\d+ did not answer in 0.3 seconds\)/,
    cure: /firewall/,
  },
  {
    what: "an answer that never ends",
    entra: (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    },
    options: { ports: { timeLimit: 400 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer came in time/,
    cure: /firewall/,
  },
  {
    what: "a proxy that wants a sign-in",
    proxied: 407,
    code: "network.proxySignIn",
    row: "azure.signIn",
    actual: /proxy wants a sign-in \(407\) \(the proxy 127\.0\.0\.1:\d+ answered 407\)/,
    cure: /without a sign-in/,
  },
  {
    what: "a proxy that refuses",
    proxied: 403,
    code: "network.proxyRefused",
    row: "azure.signIn",
    actual: /proxy refused the connection .*403/,
    cure: /Allow Microsoft's host/,
  },
  {
    what: "a proxy that says nothing",
    proxied: "silence",
    options: { ports: { timeLimit: 300 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer/,
    cure: /firewall/,
  },
];

const refused = (
  what: string,
  ews: Answer,
  code: string,
  actual: RegExp,
  cure: RegExp,
  more: Partial<Failure> = {},
): Failure => ({
  what,
  ews,
  code,
  row: "azure.ews",
  actual,
  cure,
  ...more,
  also: { "azure.signIn": "done", ...more.also },
});

const impersonation = "The account does not have permission to impersonate the requested user.";
const diagnostics = (reason: string) => ({
  "x-ms-diagnostics": `2000008;reason="${reason}";error_category="invalid_grant"`,
});

export const ewsFailures: readonly Failure[] = [
  refused("401", bare(401), "ews.unauthorized", /401/, /admin consent/),
  refused(
    "401 for a token without permissions",
    bare(401, diagnostics("The token contains no permissions, or permissions can not be understood.")),
    "ews.noPermission",
    /no permission for EWS/,
    /full_access_as_app/,
  ),
  refused(
    "403 for a token without the role",
    bare(403, diagnostics("The token contains not enough scope to make this call.")),
    "ews.noPermission",
    /no permission for EWS/,
    /admin consent/,
    { behaviour: { roles: [] }, also: { "azure.role": "action" } },
  ),
  refused("403 without a word", bare(403), "ews.forbidden", /403/, /allow list, and the mailbox's EwsEnabled/, {
    also: { "exchange.allowList": "action", "exchange.mailbox": "pending" },
  }),
  refused(
    "403 that names the switch in its header",
    bare(403, { "X-EWS-Policy-Reason": "EWS is disabled for this user or tenant" }),
    "ews.disabled",
    /switched off for the organisation or for this mailbox/,
    /EwsEnabled of both/,
    { also: { "exchange.allowList": "action", "exchange.mailbox": "pending" } },
  ),
  refused(
    "403 that names a policy in its header",
    bare(403, { "X-EWS-Policy-Reason": "EWS is blocked by policy for this user or tenant" }),
    "ews.blockedByPolicy",
    /list of application IDs or by a policy of user agents/,
    /both have to let it pass/,
    { also: { "exchange.allowList": "action", "exchange.mailbox": "pending" } },
  ),
  refused(
    "403 with a reason nobody has described",
    bare(403, { "x-ews-policy-reason": "EWS is resting" }),
    "ews.policy",
    /by policy/,
    /See Exchange Online/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "EWS switched off for the organisation, when it says so",
    ewsFault("ErrorAccessDenied", "EWS is disabled for this organization.", 403),
    "ews.disabledOrganization",
    /switched off for the organisation/,
    /EwsEnabled/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "EWS switched off for the mailbox, when it says so",
    ewsFault("ErrorAccessDenied", "Exchange Web Services is not enabled for this mailbox.", 403),
    "ews.disabledMailbox",
    /switched off for this mailbox/,
    /Set-CASMailbox/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "EWS switched off, without saying for whom",
    bare(403, { "x-ms-diagnostics": '4000000;reason="EwsEnabled is False"' }),
    "ews.disabled",
    /by policy/,
    /See Exchange Online/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "an application that is not on the allow list, when it says so",
    ewsFault("ErrorAccessDenied", "The application is not in EwsAllowedAppIDs.", 403),
    "ews.notOnAllowList",
    /not on the organisation's allow list/,
    /See Exchange Online/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "a management scope without the mailbox: impersonation denied",
    ewsFault("ErrorImpersonateUserDenied", impersonation),
    "ews.outsideScope",
    /may not open this mailbox/,
    /management scope/,
    { behaviour: { roles: [] }, also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "a management scope without the mailbox: access denied",
    ewsMessage("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    "ews.outsideScope",
    /may not open this mailbox/,
    /management scope/,
    { behaviour: { roles: [] }, also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "an Application Access Policy without the mailbox",
    ewsMessage("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    "ews.outsideScope",
    /may not open this mailbox: an Application Access Policy/,
    /Test-ApplicationAccessPolicy[\s\S]*Add-DistributionGroupMember/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "no mailbox",
    ewsMessage("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it."),
    "ews.noMailbox",
    /No mailbox answers/,
    /Service Email Account/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "no licence",
    ewsMessage("ErrorInvalidLicense", "User doesn't have a valid license."),
    "ews.noLicence",
    /no licence/,
    /kiosk/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "throttling in SOAP",
    ewsFault("ErrorServerBusy", "The server cannot service this request right now."),
    "ews.throttled",
    /busy/,
    /Wait/,
  ),
  refused("throttling by 429", bare(429, { "Retry-After": "60" }), "ews.throttled", /busy/, /Wait/),
  refused("throttling by 503", bare(503), "ews.throttled", /busy/, /Wait/),
  refused("a bare 403 on the day EWS ends", bare(403), "ews.ended", /EWS has ended/, /ways that are left/, {
    options: { today: "2027-04-01" },
    also: { "exchange.ewsEnd": "action", "exchange.allowList": "action" },
  }),
  refused("nothing there any more after the end", bare(410), "ews.ended", /EWS has ended/, /ways that are left/, {
    options: { today: "2028-01-01" },
  }),
  refused(
    "a fault of Exchange's own",
    ewsFault("ErrorInternalServerError", "An internal server error occurred."),
    "ews.unexpected",
    /ErrorInternalServerError: An internal server error occurred\. \(HTTP 500\)/,
    /evidence/,
  ),
  refused("a 500 without SOAP", bare(500), "ews.unexpected", /HTTP 500/, /evidence/),
  refused(
    "a web page in the place of an answer",
    bare(200, {}, "<html>Blocked by your administrator</html>"),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused(
    "XML that declares entities, which is not read",
    bare(
      200,
      {},
      '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s:Envelope xmlns:s="x"><s:Body>&x;</s:Body></s:Envelope>',
    ),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused(
    "SOAP that is cut off",
    bare(200, {}, '<s:Envelope xmlns:s="x"><s:Body><m:GetFolderResponse'),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused("no answer", () => {}, "network.timeLimit", /No answer came in time/, /firewall/, {
    options: { ports: { timeLimit: 500 } },
  }),
];

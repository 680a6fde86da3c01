import type { Evidence } from "../contract/checklist.ts";
import type { CloudPart } from "../contract/cloud.ts";
import { plainGuid } from "../contract/guid.ts";
import type { CloudCheck } from "../contract/history.ts";
import type { Target } from "../contract/target.ts";
import { knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { applicationId, serviceAddress, tenantId } from "./mail.ts";

/** The permission MIM's mail needs. Source: "Authenticate an EWS application by using OAuth". */
export const fullAccessRole = "full_access_as_app";

/** What Exchange Online answered to the probe of the mailbox. */
export type EwsAnswer =
  | "answered"
  | "unauthorized"
  | "forbidden"
  | "policy"
  | "ended"
  | "scope"
  | "noMailbox"
  | "throttled"
  | "other";

/**
 * Why no answer came from Microsoft, for the token request and the probe alike. In a recording an error is such a
 * code, or the code with `: ` and a detail behind it.
 */
export const networkCodes = [
  "network.dns",
  "network.unreachable",
  "network.proxyUnreachable",
  "network.proxySignIn",
  "network.proxyRefused",
  "network.certificate",
  "network.tls",
  "network.clock",
  "network.timeLimit",
  "network.notMicrosoft",
] as const;
export type NetworkCode = (typeof networkCodes)[number];

/** How the probe ended when it was refused, with what that means to the rules. Recorded like {@link networkCodes}. */
export const ewsCodes = {
  "ews.unauthorized": "unauthorized",
  "ews.noPermission": "unauthorized",
  "ews.forbidden": "forbidden",
  "ews.disabled": "policy",
  "ews.disabledOrganization": "policy",
  "ews.disabledMailbox": "policy",
  "ews.notOnAllowList": "policy",
  "ews.blockedByPolicy": "policy",
  "ews.policy": "policy",
  "ews.ended": "ended",
  "ews.outsideScope": "scope",
  "ews.noMailbox": "noMailbox",
  "ews.noLicence": "noMailbox",
  "ews.throttled": "throttled",
  "ews.unexpected": "other",
} as const satisfies Readonly<Record<string, EwsAnswer>>;
export type EwsCode = keyof typeof ewsCodes;

/** The stable code an error of a recording begins with, and its detail; null for an error written in free words. */
export function codeIn(error: string): { readonly code: NetworkCode | EwsCode; readonly detail: string | null } | null {
  const [, code = "", detail] = /^((?:network|ews)\.\w+)(?:: (.*))?$/s.exec(error) ?? [];
  const known = code in ewsCodes || (networkCodes as readonly string[]).includes(code);
  return known ? { code: code as NetworkCode | EwsCode, detail: detail ?? null } : null;
}

/** The header in which Exchange Online says why it refuses EWS. */
export const policyReasonHeader = "X-EWS-Policy-Reason";

/**
 * What that header's text means. Both texts name "user or tenant" and mean either: the mailbox or the organisation.
 * Source: https://learn.microsoft.com/en-us/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange,
 * looked at on 2026-11-26.
 */
export function policyReason(text: string): Extract<EwsCode, "ews.disabled" | "ews.blockedByPolicy"> | null {
  if (/\b(?:EWS|Exchange Web Services) is disabled for this user or tenant\b/i.test(text)) return "ews.disabled";
  return /\b(?:EWS|Exchange Web Services) is blocked by policy for this user or tenant\b/i.test(text)
    ? "ews.blockedByPolicy"
    : null;
}

/**
 * The code of a recorded refusal. A reason that Exchange Online gave itself says more than the code that was made of the
 * status alone.
 */
function refusalIn(error: string): NetworkCode | EwsCode | null {
  const code = codeIn(error)?.code ?? null;
  if (code !== null && (code === "ews.ended" || !(code in ewsCodes))) return code;
  const reason = policyReason(error);
  if (reason !== null) return reason;
  const vague = code === null || code === "ews.forbidden" || code === "ews.unexpected" || code === "ews.unauthorized";
  if (vague && code !== null && /\bErrorAccessDenied\b/.test(error)) return "ews.outsideScope";
  return vague && error.toLowerCase().includes(policyReasonHeader.toLowerCase()) ? "ews.policy" : code;
}

// For errors without a stable code: recordings written by hand or by other programs.
// The first pattern that fits decides: a refusal's text may also carry its HTTP status.
// Names are those of EWS' ResponseCodeType and of Exchange Online's own refusals.
const answers: readonly (readonly [RegExp, EwsAnswer])[] = [
  [/throttl|serverbusy|\b429\b|\b503\b|exceeded/i, "throttled"],
  // An Application Access Policy of mailboxes; EwsApplicationAccessPolicy is another one, of user agents.
  [/impersonat|rbac|scope|erroraccessdenied|(?<!ews)application ?access ?policy|apponly ?access ?policy/i, "scope"],
  [
    /nonexistentmailbox|missingemailaddress|mailbox\s*(was\s*)?not\s*found|no\s*mailbox|nomailbox|licen[cs]e|mailboxnotfound|invalidsmtpaddress/i,
    "noMailbox",
  ],
  [/retired|deprecat|\bended\b|endreached|end.?date/i, "ended"],
  [
    /policy|allow.?list|notallowed|not allowed|ews.{0,40}(disabled|blocked|not enabled)|(disabled|blocked).{0,20}ews/i,
    "policy",
  ],
  [/\b401\b|unauthori[sz]ed/i, "unauthorized"],
  [/\b403\b|forbidden|accessdenied|access denied/i, "forbidden"],
];

function answerOf(error: string): EwsAnswer {
  const code = refusalIn(error);
  if (code !== null) return code in ewsCodes ? ewsCodes[code as EwsCode] : "other";
  return answers.find(([pattern]) => pattern.test(error))?.[1] ?? "other";
}

/** What a check is to be of; null for what is not known. */
export interface CloudWanted {
  readonly applicationId: string | null;
  readonly tenantId: string | null;
  readonly mailbox: string | null;
}

/** What is wanted of a check now: the target's IDs and mailbox, else the server's own. */
export function cloudWanted(seen: Seen, target: Target): CloudWanted {
  return {
    applicationId: target.applicationId?.trim() || knownValue(applicationId(seen)),
    tenantId: target.tenantId?.trim() || knownValue(tenantId(seen)),
    mailbox: wantedMailbox(seen, target) || null,
  };
}

/**
 * In what a check was made with another than is wanted. What the check does not tell, or is wanted by nobody, differs
 * in nothing. A sign-in belongs to an application and a tenant, the mailbox's answer to all three.
 */
export function otherParts(check: CloudCheck, wanted: CloudWanted): CloudPart[] {
  const isOtherId = (checked: string | null | undefined, id: string | null): boolean => {
    const [made, plain] = [plainGuid(checked ?? ""), plainGuid(id ?? "")];
    return made !== null && plain !== null && made !== plain;
  };
  const [asked, mailbox] = [check.mailbox?.trim().toLowerCase() ?? "", wanted.mailbox?.trim().toLowerCase() ?? ""];
  return [
    ...(isOtherId(check.applicationId, wanted.applicationId) ? (["application"] as const) : []),
    ...(isOtherId(check.tenantId, wanted.tenantId) ? (["tenant"] as const) : []),
    ...(asked !== "" && mailbox !== "" && asked !== mailbox ? (["mailbox"] as const) : []),
  ];
}

/** The last check, if it was made with the application and tenant wanted now; and whether it asked another mailbox. */
function checkFor(seen: Seen, target: Target): { readonly cloud: CloudCheck; readonly otherMailbox: boolean } | null {
  const cloud = seen.recording.cloud;
  if (cloud === null || cloud === undefined) return null;
  const others = otherParts(cloud, cloudWanted(seen, target));
  if (others.includes("application") || others.includes("tenant")) return null;
  return { cloud, otherMailbox: others.includes("mailbox") };
}

/** The last probe of the mailbox; `answer` is null when none was made of the mailbox wanted. */
export function ewsAnswer(
  seen: Seen,
  target: Target,
): {
  readonly answer: EwsAnswer | null;
  /** The stable code of a refusal; null for an answer, and for an error in free words. */
  readonly code: NetworkCode | EwsCode | null;
  readonly text: string | null;
  /** The day of the probe, `YYYY-MM-DD`; null when none was made. */
  readonly day: string | null;
  /** True when the token of that check could open every mailbox; a refusal is then no matter of a role's scope. */
  readonly hasFullAccess: boolean;
  readonly evidence: readonly Evidence[];
} {
  const check = checkFor(seen, target);
  const ews = check?.cloud.ews;
  if (check === null || ews === null || ews === undefined || check.otherMailbox) {
    return { answer: null, code: null, text: null, day: null, hasFullAccess: false, evidence: [] };
  }
  const { cloud } = check;
  const text = ews.error ?? (ews.ok === false ? "refused without a reason" : null);
  return {
    answer: text === null ? "answered" : answerOf(text),
    code: text === null ? null : refusalIn(text),
    text,
    day: utcDay(cloud.at),
    hasFullAccess: cloud.roles?.includes(fullAccessRole) ?? false,
    evidence: [{ address: `EWS probe, ${cloud.at}`, value: text ?? "answered" }],
  };
}

/** The mailbox that is asked: the one wanted, else the server's own; "" when neither is known. */
export function wantedMailbox(seen: Seen, target: Target): string {
  return target.serviceEmail?.trim() || (knownValue(serviceAddress(seen)) ?? "");
}

/** A moment's day by universal time, `YYYY-MM-DD`. */
function utcDay(moment: string): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** The last token request: made or not, its error, the roles in the token. */
export function signIn(
  seen: Seen,
  target: Target,
):
  | { readonly state: "never" }
  | {
      readonly state: "succeeded";
      readonly roles: readonly string[];
      readonly day: string;
      readonly evidence: readonly Evidence[];
    }
  | { readonly state: "failed"; readonly error: string; readonly day: string; readonly evidence: readonly Evidence[] } {
  const check = checkFor(seen, target);
  const attempt = check?.cloud.signIn;
  if (check === null || attempt === null || attempt === undefined) return { state: "never" };
  const { cloud } = check;
  const address = `Token request, ${cloud.at}`;
  const day = utcDay(cloud.at);
  if (attempt.error !== undefined || attempt.ok === false) {
    const error = attempt.error ?? "refused without a reason";
    return { state: "failed", error, day, evidence: [{ address, value: error }] };
  }
  const roles = cloud.roles ?? [];
  return {
    state: "succeeded",
    roles,
    day,
    evidence: [{ address: `${address}, roles`, value: roles.length === 0 ? "none" : roles.join(", ") }],
  };
}

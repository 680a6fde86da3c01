import type { Evidence } from "../contract/checklist.ts";
import { plainGuid } from "../contract/guid.ts";
import type { CloudCheck } from "../contract/history.ts";
import type { Target } from "../contract/target.ts";
import type { Seen } from "../recording/seen.ts";

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

// For errors without a stable code: recordings written by hand or by other programs.
// The first pattern that fits decides: a refusal's text may also carry its HTTP status.
// Names are those of EWS' ResponseCodeType and of Exchange Online's own refusals.
const answers: readonly (readonly [RegExp, EwsAnswer])[] = [
  [/throttl|serverbusy|\b429\b|\b503\b|exceeded/i, "throttled"],
  [/impersonat|rbac|scope/i, "scope"],
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
  const code = codeIn(error)?.code;
  if (code !== undefined) return code in ewsCodes ? ewsCodes[code as EwsCode] : "other";
  return answers.find(([pattern]) => pattern.test(error))?.[1] ?? "other";
}

/** The last check, if it was made with what is wanted now: another application's check says nothing of this one. */
function checkFor(seen: Seen, target: Target): CloudCheck | null {
  const cloud = seen.recording.cloud;
  if (cloud === null || cloud === undefined) return null;
  const isOther = (checked: string | null | undefined, wanted: string | undefined): boolean => {
    const plain = plainGuid(wanted ?? "");
    return checked !== null && checked !== undefined && plain !== null && plainGuid(checked) !== plain;
  };
  const differs = isOther(cloud.applicationId, target.applicationId) || isOther(cloud.tenantId, target.tenantId);
  return differs ? null : cloud;
}

/** Whether a check was made with exactly these; a mailbox is compared without regard to case. */
export function isCheckOf(
  check: CloudCheck,
  wanted: { readonly applicationId: string; readonly tenantId: string; readonly mailbox: string | null },
): boolean {
  const isSame = (checked: string | null | undefined, id: string): boolean =>
    plainGuid(checked ?? "") === plainGuid(id);
  return (
    isSame(check.applicationId, wanted.applicationId) &&
    isSame(check.tenantId, wanted.tenantId) &&
    (check.mailbox ?? "").toLowerCase() === (wanted.mailbox ?? "").toLowerCase()
  );
}

/** The last probe of the mailbox; `answer` is null when none was made of the mailbox wanted. */
export function ewsAnswer(
  seen: Seen,
  target: Target,
): {
  readonly answer: EwsAnswer | null;
  readonly text: string | null;
  readonly evidence: readonly Evidence[];
} {
  const cloud = checkFor(seen, target);
  const ews = cloud?.ews;
  const wanted = target.serviceEmail?.trim().toLowerCase() ?? "";
  const isOther = Boolean(cloud?.mailbox) && wanted !== "" && cloud?.mailbox?.toLowerCase() !== wanted;
  if (cloud === null || ews === null || ews === undefined || isOther) {
    return { answer: null, text: null, evidence: [] };
  }
  const text = ews.error ?? (ews.ok === false ? "refused without a reason" : null);
  const evidence = [{ address: `EWS probe, ${cloud.at}`, value: text ?? "answered" }];
  return { answer: text === null ? "answered" : answerOf(text), text, evidence };
}

/** The last token request: made or not, its error, the roles in the token. */
export function signIn(
  seen: Seen,
  target: Target,
):
  | { readonly state: "never" }
  | { readonly state: "succeeded"; readonly roles: readonly string[]; readonly evidence: readonly Evidence[] }
  | { readonly state: "failed"; readonly error: string; readonly evidence: readonly Evidence[] } {
  const cloud = checkFor(seen, target);
  const attempt = cloud?.signIn;
  if (cloud === null || attempt === null || attempt === undefined) return { state: "never" };
  const address = `Token request, ${cloud.at}`;
  if (attempt.error !== undefined || attempt.ok === false) {
    const error = attempt.error ?? "refused without a reason";
    return { state: "failed", error, evidence: [{ address, value: error }] };
  }
  const roles = cloud.roles ?? [];
  return {
    state: "succeeded",
    roles,
    evidence: [{ address: `${address}, roles`, value: roles.length === 0 ? "none" : roles.join(", ") }],
  };
}

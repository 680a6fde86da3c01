import type { Evidence } from "../contract/checklist.ts";
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

/** The last probe of the mailbox; `answer` is null when none was made. */
export function ewsAnswer(seen: Seen): {
  readonly answer: EwsAnswer | null;
  readonly text: string | null;
  readonly evidence: readonly Evidence[];
} {
  const cloud = seen.recording.cloud;
  const ews = cloud?.ews;
  if (cloud === null || cloud === undefined || ews === null || ews === undefined) {
    return { answer: null, text: null, evidence: [] };
  }
  const text = ews.error ?? (ews.ok === false ? "refused without a reason" : null);
  const evidence = [{ address: `EWS probe, ${cloud.at}`, value: text ?? "answered" }];
  if (text === null) return { answer: "answered", text, evidence };
  return { answer: answers.find(([pattern]) => pattern.test(text))?.[1] ?? "other", text, evidence };
}

/** The last token request: made or not, its error, the roles in the token. */
export function signIn(
  seen: Seen,
):
  | { readonly state: "never" }
  | { readonly state: "succeeded"; readonly roles: readonly string[]; readonly evidence: readonly Evidence[] }
  | { readonly state: "failed"; readonly error: string; readonly evidence: readonly Evidence[] } {
  const cloud = seen.recording.cloud;
  const attempt = cloud?.signIn;
  if (cloud === null || cloud === undefined || attempt === null || attempt === undefined) return { state: "never" };
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

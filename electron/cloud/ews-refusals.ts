import { type EwsCode, policyReason } from "../facts/cloud.ts";

/** What is known of an answer that is no success. */
export interface Refused {
  readonly status: number;
  /** EWS' ResponseCode; "" when the answer held none. */
  readonly responseCode: string;
  /** What was said: the message and the header x-ms-diagnostics, in one text. */
  readonly text: string;
  /** The header X-EWS-Policy-Reason; "" when there was none. */
  readonly policyReason: string;
}

interface Pattern {
  readonly code: EwsCode;
  readonly status?: readonly number[];
  readonly responseCode?: RegExp;
  readonly text?: RegExp;
  /**
   * Where the answer is described. `observed`: not in Microsoft's documentation, but seen in answers of Exchange
   * Online that were published. `notKnown`: no source tells how Microsoft words it; the pattern is the name of the
   * setting, so that an answer which names it is understood, and one which does not falls back to its HTTP status.
   */
  readonly source: `https://${string}` | "notKnown";
  readonly observed?: true;
}

const docs = "https://learn.microsoft.com/en-us/exchange/client-developer";
const responseCodes = `${docs}/web-service-reference/responsecode` as const;
const throttling = `${docs}/exchange-web-services/ews-throttling-in-exchange` as const;
const impersonation = `${docs}/exchange-web-services/impersonation-and-ews-in-exchange` as const;

/** The first pattern that fits in all that it names decides. */
const patterns: readonly Pattern[] = [
  {
    code: "ews.throttled",
    responseCode: /^Error(ServerBusy|ExceededConnectionCount|ExceededSubscriptionCount|ExceededFindCountLimit)$/,
    source: throttling,
  },
  { code: "ews.throttled", status: [429, 503], source: throttling },
  // "User doesn't have a valid license."
  { code: "ews.noLicence", responseCode: /^ErrorInvalidLicense$/, source: responseCodes },
  // "The SMTP address has no mailbox associated with it."; the others: an address that is none, a disabled account.
  {
    code: "ews.noMailbox",
    responseCode: /^Error(NonExistentMailbox|MissingEmailAddress|InvalidSmtpAddress|AccountDisabled)$/,
    source: responseCodes,
  },
  {
    code: "ews.outsideScope",
    text: /(?<!Ews)Application ?Access ?Policy|\bAppOnly ?AccessPolicy\b/i,
    source: "notKnown",
  },
  // Where the header with the reason is missing: matched by the settings' own names.
  { code: "ews.notOnAllowList", text: /EwsAllowedAppI[Dd]s?|\ballow(ed)?[- ]?list\b/i, source: "notKnown" },
  {
    code: "ews.disabledMailbox",
    text: /\b(EWS|Exchange Web Services)\b.{0,60}\b(disabled|blocked|not enabled|turned off)\b.{0,40}\b(mailbox|user)\b/i,
    source: "notKnown",
  },
  {
    code: "ews.disabledOrganization",
    text: /\b(EWS|Exchange Web Services)\b.{0,60}\b(disabled|blocked|not enabled|turned off)\b.{0,40}\b(organi[sz]ation|tenant)\b/i,
    source: "notKnown",
  },
  {
    code: "ews.disabled",
    text: /\bEwsEnabled\b|\b(EWS|Exchange Web Services)\b.{0,60}\b(disabled|blocked|not enabled|turned off)\b/i,
    source: "notKnown",
  },
  {
    code: "ews.outsideScope",
    responseCode: /^Error(ImpersonateUserDenied|ImpersonationDenied|ImpersonationFailed|ImpersonationRequired)$/,
    source: impersonation,
  },
  // "The calling account does not have the rights to perform the action requested." That a management scope of RBAC
  // for Applications which leaves the mailbox out is told with this code is not stated anywhere: it is its meaning.
  { code: "ews.outsideScope", responseCode: /^ErrorAccessDenied$/, source: responseCodes },
  // x-ms-diagnostics: 2000008; "The token contains no permissions, …" (401), "The token contains not enough scope …" (403)
  {
    code: "ews.noPermission",
    text: /\b2000008\b|token contains (no permissions|not enough scope)/i,
    source: "https://github.com/ecederstrand/exchangelib/issues/1321",
    observed: true,
  },
  {
    code: "ews.unauthorized",
    status: [401],
    source: `${docs}/exchange-web-services/authentication-and-ews-in-exchange`,
  },
  // A 403 without a word: a policy, but which one the answer does not say. During the retirement too, as administrators
  // saw it, the answer is a bare 403.
  {
    code: "ews.forbidden",
    status: [403],
    source: "https://github.com/David-Barrett-MS/PowerShell-EWS-Scripts/issues/62",
    observed: true,
  },
];

/** Refusals that, after the end of EWS, mean that it has ended. What Microsoft answers then is not known. */
const endedAs: readonly EwsCode[] = [
  "ews.forbidden",
  "ews.disabled",
  "ews.disabledOrganization",
  "ews.notOnAllowList",
  "ews.blockedByPolicy",
  "ews.policy",
  "ews.unexpected",
];

/** What a refusal means. `hasEnded`: today is the day EWS ended in Exchange Online, or after it. */
export function refusalOf(refused: Refused, { hasEnded }: { readonly hasEnded: boolean }): EwsCode {
  const fits = (pattern: Pattern): boolean =>
    (pattern.status?.includes(refused.status) ?? true) &&
    (pattern.responseCode?.test(refused.responseCode) ?? true) &&
    (pattern.text?.test(refused.text) ?? true);
  const code = reasonGiven(refused.policyReason) ?? patterns.find(fits)?.code ?? "ews.unexpected";
  return hasEnded && endedAs.includes(code) ? "ews.ended" : code;
}

/** What the header with the reason means; a text it did not have when it was described is a policy all the same. */
function reasonGiven(reason: string): EwsCode | null {
  return reason === "" ? null : (policyReason(reason) ?? "ews.policy");
}

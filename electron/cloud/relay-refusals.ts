import type { RelayState } from "../facts/relay.ts";

/** What a relay said to one command. */
export interface Reply {
  /** 0 where it said no number. */
  readonly code: number;
  readonly text: string;
}

/**
 * What a refusal means, the most telling first; the number alone says little. Sources: Exchange Online's non-delivery
 * reports (https://learn.microsoft.com/en-us/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online)
 * and RFC 5321, 3207 and 4954; the wording of Direct Send's refusal was seen in published answers.
 */
const refusals: readonly (readonly [RelayState, RegExp])[] = [
  ["directSendRefused", /\b5\.7\.68\b|TenantInboundAttribution|RejectDirectSend|Direct Send not allowed/i],
  ["tenantAttribution", /\b5\.7\.64\b|TenantAttribution/i],
  [
    "blocked",
    /\b5\.7\.(?:606|6[0-4]\d|511|708|750)\b|spamhaus|\b(?:block|black|deny)[ -]?list|banned sending IP|\bRBL\b|DNSBL|client host .{0,200} blocked|poor reputation/i,
  ],
  ["tlsWanted", /must issue a STARTTLS|STARTTLS (?:is )?required|requires? (?:TLS|encryption)|encryption required/i],
  [
    "signInWanted",
    /^530\b|\b5\.7\.57\b|(?:client was|sender is) not authenticated|authentication (?:is )?required|log ?in first/i,
  ],
  ["notNow", /^4\d\d\b/],
];

/** The state a refusal means; `otherwise` where its words tell nothing more. */
export function stateOfRefusal({ code, text }: Reply, otherwise: RelayState): RelayState {
  return refusals.find(([, pattern]) => pattern.test(`${code} ${text}`))?.[0] ?? otherwise;
}

const shownCharacters = 300;

/** A relay's words in one line, as much of them as is kept. */
export function replyWords(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)}…` : line;
}

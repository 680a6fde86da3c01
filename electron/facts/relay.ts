import type { RelayCheck } from "../contract/history.ts";
import type { Target } from "../contract/target.ts";
import { knownValue } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { serviceAddress } from "./mail.ts";

/**
 * How a conversation with an SMTP relay ended. `ready`: it takes the service's address and both recipients. The rest is
 * in the order in which it would be met.
 */
export const relayStates = [
  "ready",
  "notFound",
  "refused",
  "noConnection",
  "slowGreeting",
  "notSmtp",
  "blocked",
  "tlsMissing",
  "tlsWanted",
  "tlsFailed",
  "certificate",
  "signInWanted",
  "tenantAttribution",
  "directSendRefused",
  "senderRefused",
  "insideRefused",
  "outsideRefused",
  "notNow",
  "brokenOff",
] as const;
export type RelayState = (typeof relayStates)[number];

/** Exchange Online's host of a tenant for mail without a sign-in. */
export function isTenantHost(host: string): boolean {
  return /\.mail\.protection\.outlook\.(?:com|de|cn)$|\.mail\.protection\.office365\.us$/i.test(host.trim());
}

/** The part of an address behind its @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

/** The address MIM sends from: the one wanted, else the server's own; "" when neither is known. */
export function senderWanted(seen: Seen, target: Target): string {
  return target.serviceEmail?.trim() || (knownValue(serviceAddress(seen)) ?? "");
}

/** The last check of a relay, where it was made of the host and the sender wanted now. */
export function relayCheckFor(seen: Seen, target: Target): RelayCheck | null {
  const check = seen.recording.relay;
  if (check === null || check === undefined) return null;
  const host = target.mailHost?.trim().toLowerCase() ?? "";
  if (host !== "" && check.host.toLowerCase() !== host) return null;
  const sender = senderWanted(seen, target).toLowerCase();
  return sender !== "" && check.sender.toLowerCase() !== sender ? null : check;
}

/** The state of a check; a word that a later build wrote is one this build takes as broken off. */
export function relayStateOf({ state }: Pick<RelayCheck, "state">): RelayState {
  return relayStates.find((one) => one === state) ?? "brokenOff";
}

/** How Windows' own way to the relay ended; null where it was not tried, or could not be. */
export function windowsStateOf({ windows }: Pick<RelayCheck, "windows">): RelayState | null {
  return windows && windows.state !== "untried" ? relayStateOf(windows) : null;
}

/** True when Windows' own way failed where this program's conversation went well. */
export function failsByWindows(check: Pick<RelayCheck, "state" | "windows">): boolean {
  return relayStateOf(check) === "ready" && (windowsStateOf(check) ?? "ready") !== "ready";
}

/** True when the relay takes MIM's mail, as far as can be asked without sending any. */
export function takesMail(check: Pick<RelayCheck, "state" | "windows">): boolean {
  return relayStateOf(check) === "ready" && !failsByWindows(check);
}

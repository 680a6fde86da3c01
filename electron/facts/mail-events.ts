import { absent, type Fact, notRecorded, present, unreadable } from "../recording/fact.ts";
import type { EventItem } from "../recording/recording.ts";
import type { Seen } from "../recording/seen.ts";

const address = "event logs Application and Forefront Identity Manager";

/** What an event of the MIM Service says about its mail. */
export type MailEventKind = "cannotConnect" | "noToken";

/**
 * Tells the two events that mean mail fails: Event 12 of Microsoft.ResourceManagement* and the token message,
 * which is in the log from build 4.6.607. Null for any other event.
 */
export function mailEventKind(event: EventItem): MailEventKind | null {
  if (/could not get access token for office ?365 mailbox/i.test(event.text)) return "noToken";
  const ours = event.provider.toLowerCase().startsWith("microsoft.resourcemanagement");
  return ours && event.id === 12 ? "cannotConnect" : null;
}

/** The events that mean mail fails, newest first; empty when the logs were read and hold none. */
export function mailEvents(seen: Seen): Fact<readonly EventItem[]> {
  const events = seen.recording.events;
  if (events === null || events === undefined) return notRecorded(address);
  if (events.state === "absent") return absent(address);
  if (events.state === "unreadable") return unreadable(address, events.reason);
  const failing = events.items.filter((event) => mailEventKind(event) !== null);
  return present(
    address,
    failing.sort((one, other) => Date.parse(other.at) - Date.parse(one.at)),
  );
}

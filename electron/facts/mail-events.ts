import { absent, type Fact, notRecorded, present, unreadable } from "../recording/fact.ts";
import type { EventItem } from "../recording/recording.ts";
import type { Seen } from "../recording/seen.ts";
import { lastChange } from "./history.ts";
import { mimService } from "./service.ts";

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

/** What each of them means to whoever reads it. */
export const mailEventMeanings: Readonly<Record<MailEventKind, string>> = {
  cannotConnect: "the service cannot connect to Exchange Web Services",
  noToken: "the service got no access token; TLS, the secret or the permission is wrong",
};

/** The events that mean mail fails, newest first; empty when the logs were read and hold none. */
export function mailEvents(seen: Seen): Fact<readonly EventItem[]> {
  const events = seen.recording.events;
  if (events === null || events === undefined) return notRecorded(address);
  if (events.state === "absent") return absent(address);
  if (events.state === "unreadable") return unreadable(address, events.reason);
  const failing = events.items.filter((event) => mailEventKind(event) !== null);
  // There may be tens of thousands: each moment is read once, not at every comparison.
  const timed = failing.map((event) => ({ event, time: Date.parse(event.at) }));
  timed.sort((one, other) => other.time - one.time);
  return present(
    address,
    timed.map(({ event }) => event),
  );
}

/**
 * From when on such events count: the later of the service's start and the last change, in milliseconds. What came
 * before says nothing of the server as it is now. Null when neither is known.
 */
export function mailEventsCountFrom(seen: Seen): number | null {
  const state = mimService(seen);
  const started = state.state === "present" ? (state.value.startedAt ?? null) : null;
  const moments = [started, lastChange(seen)].flatMap((moment) => (moment === null ? [] : [Date.parse(moment)]));
  return moments.length === 0 ? null : Math.max(...moments);
}

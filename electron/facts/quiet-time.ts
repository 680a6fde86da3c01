import type { Wait } from "../contract/verify.ts";
import type { Recording } from "../recording/recording.ts";
import { type Seen, seenIn } from "../recording/seen.ts";
import { logReachesBackTo, mailEvents, mailEventsCountFrom } from "./mail-events.ts";
import { isStopped } from "./service.ts";

/** So many minutes without an error of mail after the last start or change show that the service signs in. */
export const minutesToWait = 15;

const wait = minutesToWait * 60_000;

/** From when on the log has been quiet as far as it tells, in milliseconds; null where that is not known. */
export function quietSince(seen: Seen): number | null {
  const since = mailEventsCountFrom(seen);
  if (since === null) return null;
  // Before the log's first event nothing is known: a busy log reaches back minutes only.
  return Math.max(since, logReachesBackTo(seen) ?? since);
}

/** What is waited for on a server as it was seen; null where nothing is, or an error came. */
export function waitIn(recording: Recording): Wait | null {
  const seen = seenIn(recording);
  const [found, from, since] = [mailEvents(seen), quietSince(seen), mailEventsCountFrom(seen)];
  if (found.state !== "present" || from === null || since === null || isStopped(seen)) return null;
  if (found.value.some(({ event }) => Date.parse(event.at) >= since)) return null;
  if (Date.parse(recording.recordedAt) - from >= wait) return null;
  return { from: new Date(from).toISOString(), until: new Date(from + wait).toISOString() };
}

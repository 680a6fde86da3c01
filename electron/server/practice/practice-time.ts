import { headLine, type JournalHead, type JournalNote, noteLine, readJournal } from "../../changes/journal.ts";
import type { PracticeState } from "./practice-state.ts";

/**
 * The practice server after a time has passed on it: all that happened lies that much further back, so that its clock
 * stays the computer's. `milliseconds` is how long.
 */
export function withTimePassed(state: PracticeState, milliseconds: number): PracticeState {
  const { windows, services, events, installerRuns, cloud, relay, notification, faults } = state;
  const earlier = <Moment extends string | null | undefined>(at: Moment): Moment =>
    (at ? momentBefore(at, milliseconds) : at) as Moment;
  return {
    ...state,
    createdAt: earlier(state.createdAt),
    windows: { ...windows, startedAt: earlier(windows.startedAt) },
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        service.state === "present" ? { ...service, startedAt: earlier(service.startedAt) } : service,
      ]),
    ),
    events: events.map((event) => ({ ...event, at: earlier(event.at) })),
    installerRuns: installerRuns.map((run) => ({
      ...run,
      startedAt: earlier(run.startedAt),
      endedAt: earlier(run.endedAt),
    })),
    cloud: cloud && { ...cloud, at: earlier(cloud.at) },
    relay: relay && { ...relay, at: earlier(relay.at) },
    faults: faults.map((fault) => ({ ...fault, at: earlier(fault.at) })),
    notification: notification && { ...notification, at: earlier(notification.at) },
  };
}

/** The text of a journal of the practice server, that much further back; one that cannot be read stays as it is. */
export function journalTimePassed(text: string, milliseconds: number): string {
  const journal = readJournal(text);
  if (journal === null) return text;
  const earlier = <Dated extends JournalHead | JournalNote>(one: Dated): Dated => ({
    ...one,
    at: momentBefore(one.at, milliseconds),
  });
  return [headLine(earlier(journal.head)), ...journal.notes.map((note) => noteLine(earlier(note)))].join("");
}

/** A moment so many milliseconds before another, ISO 8601. */
export function momentBefore(at: string, milliseconds: number): string {
  return new Date(Date.parse(at) - milliseconds).toISOString();
}

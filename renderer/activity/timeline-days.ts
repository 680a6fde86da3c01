import { dayOf } from "../../electron/contract/date.ts";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { readableDay } from "../ui/day.ts";

/** What happened on one local day, in the order it was given. */
export interface TimelineDay {
  /** `YYYY-MM-DD`, local. */
  readonly day: string;
  /** "Today, 23 Nov 2026", or the day alone. */
  readonly title: string;
  readonly entries: readonly KeyedEntry[];
}

/** An entry with a key that stays its own when newer ones come before it. */
interface KeyedEntry {
  readonly key: string;
  readonly entry: TimelineEntry;
}

/** The entries under the days they fell on, by this computer's clock. `today` is the local day. */
export function timelineDays(entries: readonly TimelineEntry[], today: string): TimelineDay[] {
  const days = new Map<string, KeyedEntry[]>();
  const alike = new Map<string, number>();
  for (const entry of entries) {
    const day = dayOf(new Date(entry.at));
    const name = `${entry.at} ${entry.kind} ${entry.title}`;
    const count = (alike.get(name) ?? 0) + 1;
    alike.set(name, count);
    days.set(day, [...(days.get(day) ?? []), { key: `${name} ${count}`, entry }]);
  }
  return [...days].map(([day, there]) => ({
    day,
    title: day === today ? `Today, ${readableDay(day)}` : readableDay(day),
    entries: there,
  }));
}

/** What an entry is of, in a word beside its sign. */
export const kindWords: Readonly<Record<TimelineEntry["kind"], string>> = {
  windowsStart: "Windows",
  serviceStart: "Service",
  change: "Change",
  undo: "Undo",
  installer: "Installer",
  cloudCheck: "Cloud check",
  event: "Event",
  mail: "Mail",
  look: "Look",
  relayCheck: "Relay check",
  confirmation: "Confirmed",
};

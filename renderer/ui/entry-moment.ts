import { dayOf } from "../../electron/contract/date.ts";
import type { TimelineEntry } from "../../electron/contract/verify.ts";
import { readableDay, readableMoment } from "./day.ts";

/** Kinds of which the day is known, and not the time: they are told for noon. */
export function hasTime(kind: TimelineEntry["kind"]): boolean {
  return kind !== "mail" && kind !== "confirmation";
}

/** When it happened, as people read it: local time, with its day when that is not `today`; the day alone where it has no time. */
export function entryMoment({ at, kind }: Pick<TimelineEntry, "at" | "kind">, today: string): string {
  if (hasTime(kind)) return readableMoment(at, today);
  const day = dayOf(new Date(at));
  return day === today ? "Today" : readableDay(day);
}

import { expect, test } from "vitest";
import type { TimelineEntry } from "../../../electron/contract/verify.ts";
import { timelineDays } from "../../../renderer/activity/timeline-days.ts";

const entry = (at: Date, title: string): TimelineEntry => ({
  at: at.toISOString(),
  kind: "event",
  status: "action",
  title,
  detail: null,
  address: null,
  journal: null,
});

test("entries stand under the local day they fell on, in the order they came", () => {
  const days = timelineDays(
    [
      entry(new Date(2026, 10, 23, 0, 1), "after midnight"),
      entry(new Date(2026, 10, 22, 23, 59), "before midnight"),
      entry(new Date(2026, 10, 22, 8, 0), "morning"),
    ],
    "2026-11-23",
  );
  expect(days.map(({ title, entries }) => [title, entries.map((one) => one.entry.title)])).toEqual([
    ["Today, 23 Nov 2026", ["after midnight"]],
    ["22 Nov 2026", ["before midnight", "morning"]],
  ]);
});

test("an entry keeps its key when newer ones come before it, and entries that are alike have their own", () => {
  const old = entry(new Date(2026, 10, 22, 8, 0), "Event 12");
  const keys = (entries: readonly TimelineEntry[]): string[] =>
    timelineDays(entries, "2026-11-23").flatMap((day) => day.entries.map(({ key }) => key));
  const before = keys([old, old]);
  expect(new Set(before).size).toBe(2);
  expect(keys([entry(new Date(2026, 10, 23, 9, 0), "newer"), old, old]).slice(1)).toEqual(before);
});

test("nothing that happened makes no day", () => {
  expect(timelineDays([], "2026-11-23")).toEqual([]);
});

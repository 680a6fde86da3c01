import { expect, test } from "vitest";
import { dayAfter, isDay, readableDay } from "../../../renderer/ui/day.ts";

test("only days that exist are days", () => {
  expect(["2026-02-28", "2028-02-29"].every(isDay)).toBe(true);
  expect(["2026-02-30", "2026-2-3", "12026-01-01", "", "tomorrow"].some(isDay)).toBe(false);
});

test("days are added over the end of a year", () => {
  expect(dayAfter("2026-11-23", 90)).toBe("2027-02-21");
});

test("a day is read as people say it, and anything else stays as it is", () => {
  expect(readableDay("2027-04-01")).toBe("1 Apr 2027");
  expect(readableDay("soon")).toBe("soon");
});

import { expect, test } from "vitest";
import { entryMoment } from "../../../renderer/ui/entry-moment.ts";

test("tells no time of what only a day is known of", () => {
  expect(entryMoment({ at: "2026-11-27T12:00:00Z", kind: "mail" }, "2026-11-27")).toBe("Today");
  expect(entryMoment({ at: "2026-11-20T12:00:00Z", kind: "confirmation" }, "2026-11-27")).toBe("20 Nov 2026");
});

test("tells the time of all else, and its day where that is another", () => {
  const at = new Date(2026, 10, 27, 9, 5).toISOString();
  expect(entryMoment({ at, kind: "change" }, "2026-11-27")).toBe("09:05");
  expect(entryMoment({ at, kind: "change" }, "2026-11-28")).toBe("27 Nov 2026, 09:05");
});

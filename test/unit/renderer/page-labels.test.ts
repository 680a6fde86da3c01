import { expect, test } from "vitest";
import { keptWords } from "../../../renderer/change-mode/wizard/page-labels.ts";

test("a masked picture is called kept alone only where the one before it is gone", () => {
  expect(keptWords(true)).toBe("Picture kept.");
  expect(keptWords(false)).toMatch(/could not be removed and still shows everything/);
});

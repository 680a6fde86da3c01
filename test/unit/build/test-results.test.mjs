import { describe, expect, test } from "vitest";
import { countTests, slowLines } from "../../../build/test-results.mjs";

/** What Vitest's JSON reporter writes of files, each with its tests' ends. */
function report(files) {
  return JSON.stringify({
    testResults: Object.entries(files).map(([name, { status, tests, milliseconds = 1000 }]) => ({
      name: `/somewhere/test/${name}`,
      status,
      startTime: 5,
      endTime: 5 + milliseconds,
      assertionResults: tests.map((end) => ({ status: end })),
    })),
  });
}

describe("counting what Vitest wrote", () => {
  test("counts every test by its end, and tells how long each file took", () => {
    const json = report({
      "a.test.ts": { status: "failed", tests: ["passed", "failed", "pending"], milliseconds: 1500 },
    });
    expect(countTests(json, false)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 1,
      files: [{ name: "test/a.test.ts", seconds: 1.5 }],
    });
  });

  test.each([
    ["a file that could not be run", report({ "a.test.ts": { status: "failed", tests: [] } }), false],
    ["an error outside of any test", report({ "a.test.ts": { status: "passed", tests: ["passed"] } }), false],
    ["nothing readable", "", true],
  ])("counts %s as one failure", (_what, json, endedWell) => {
    expect(countTests(json, endedWell).failed).toBe(1);
  });
});

test("what took long is told: every part, and the ten slowest files", () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ name: `test/${index}.test.ts`, seconds: index }));
  const result = { passed: 12, failed: 0, skipped: 0, files };
  const lines = slowLines([{ title: "Rooms", seconds: 66, result }]);
  expect(lines[0]).toBe("Rooms    66.0 s  12 passed, 0 failed, 0 skipped");
  expect(lines.slice(3)).toHaveLength(10);
  expect(lines[3]).toBe("   11.0 s  test/11.test.ts");
});

import { expect, test } from "vitest";
import type { State } from "../../../electron/contract/state.ts";
import { clockTime, lookWords } from "../../../renderer/steps/verify/wait-labels.ts";

test.each([
  [364_000, "6:04"],
  [363_001, "6:04"],
  [0, "0:00"],
  [-5000, "0:00"],
])("%i ms left are shown as %s", (left, shown) => {
  expect(clockTime(left)).toBe(shown);
});

test("a look is told in a line: quiet so far is no error, and what does not apply is left out", () => {
  const findings = [
    { id: "verify.service", status: "done" },
    { id: "verify.events", status: "pending" },
    { id: "verify.token", status: "action" },
  ];
  const told = (changes: Readonly<Record<string, string>>): string =>
    lookWords({
      checklist: { steps: [{ findings: findings.map((one) => ({ ...one, status: changes[one.id] ?? one.status })) }] },
    } as unknown as State);
  expect(told({})).toBe("Service runs · no error event · no token yet");
  // The service account's hive is closed to a window without an administrator's rights: that says nothing of the token.
  expect(told({ "verify.token": "unknown" })).toBe("Service runs · no error event · token not readable");
  expect(told({ "verify.events": "action", "verify.token": "notApplicable" })).toBe("Service runs · an error event");
});

import { expect, test } from "vitest";
import { writtenAdvice } from "../../../electron/checklist/written-advice.ts";

test("what only a person knows is told with its field where there is no button, and nothing else is", () => {
  const advice = ["Back up the database."];
  expect(writtenAdvice({ advice, remedy: { kind: "confirm", ready: true, field: "backupConfirmed" } })).toEqual([
    "Back up the database.",
    "When that is so, confirm it: in the assistant's window, or as backupConfirmed in the target.",
  ]);
  expect(writtenAdvice({ advice, remedy: { kind: "manual", ready: true } })).toEqual(advice);
});

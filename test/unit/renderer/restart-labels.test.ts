import { expect, test } from "vitest";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import { endWords, runningTitle } from "../../../renderer/store/change-labels.ts";
import { type ChangeRequest, isRestart } from "../../../renderer/store/change-request.ts";

const restart: ChangeRequest = { what: "apply", ids: [], copyConfig: false, restartService: true };
const result = (part: Partial<ChangeResult>): { result: ChangeResult } => ({
  result: {
    outcome: "nothing",
    reason: null,
    journal: null,
    path: null,
    changed: 0,
    done: [],
    modifiedOutside: [],
    ...part,
  },
});

test("a restart alone is told apart from changes that end with one", () => {
  expect(isRestart(restart)).toBe(true);
  expect(isRestart({ ...restart, ids: ["tls12ClientEnabled"] })).toBe(false);
  expect(isRestart({ ...restart, restartService: false })).toBe(false);
  expect(isRestart({ what: "putBack", journal: "1", force: false })).toBe(false);
  expect(runningTitle(restart)).toBe("Restarting the MIM Service");
});

test("a restart that succeeded is not told as if nothing was done", () => {
  const words = endWords(restart, result({ done: ["Restarted FIMService"] }));
  expect(words).toMatchObject({ intent: "success", title: "The MIM Service was restarted" });
  expect(words.details).toEqual(["Restarted FIMService."]);
});

test("a restart that failed says why, and that the service may stand still", () => {
  const words = endWords(restart, result({ outcome: "failed", reason: "the service did not stop in time" }));
  expect(words).toMatchObject({ intent: "error", title: "The MIM Service was not restarted" });
  expect(words.lines[0]).toBe("The service did not stop in time.");
  expect(words.lines.join(" ")).toContain("See in Services");
});

test("a restart that was refused is told as every refusal is", () => {
  expect(endWords(restart, result({ outcome: "refused", reason: "elevation was declined" })).title).toBe(
    "Nothing was changed",
  );
});

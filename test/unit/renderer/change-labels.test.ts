import { describe, expect, test } from "vitest";
import type { ChangeResult } from "../../../electron/contract/change.ts";
import { endWords, runningTitle } from "../../../renderer/store/change-labels.ts";
import type { ChangeRequest } from "../../../renderer/store/change-request.ts";
import { counted, sentence } from "../../../renderer/ui/phrases.ts";

const apply: ChangeRequest = { what: "apply", ids: ["a", "b"], copyConfig: false, restartService: false };
const withJournal = (what: Exclude<ChangeRequest["what"], "apply">): ChangeRequest => ({
  what,
  journal: "2026-11-23T10-00-00Z-001",
  force: false,
});

const ended = (result: Partial<ChangeResult> & Pick<ChangeResult, "outcome">): { result: ChangeResult } => ({
  result: {
    reason: null,
    journal: "2026-11-23T10-00-00Z-002",
    path: null,
    changed: 0,
    done: [],
    modifiedOutside: [],
    ...result,
  },
});

const all = (words: ReturnType<typeof endWords>): string => [words.title, ...words.lines, ...words.details].join(" ");

describe("how a change ended", () => {
  test("is said with how many values were set, what was done besides, the restart and the journal", () => {
    const words = endWords(apply, ended({ outcome: "applied", changed: 2, done: ["Restarted FIMService"] }));
    expect(words.title).toBe("2 values set");
    expect(words.intent).toBe("success");
    expect(all(words)).toContain("Restarted FIMService.");
    expect(all(words).match(/Windows must restart/g)).toHaveLength(1);
    expect(all(words)).toContain("2026-11-23T10-00-00Z-002");
  });

  test("is a warning where it was made and there is something to know", () => {
    const words = endWords(apply, ended({ outcome: "applied", changed: 2, reason: "the journal could not be ended" }));
    expect(words.intent).toBe("warning");
    expect(words.lines[0]).toBe("The journal could not be ended.");
  });

  test("says that everything was rolled back, and why", () => {
    const words = endWords(apply, ended({ outcome: "undone", reason: "access denied" }));
    expect(words.title).toBe("A change failed; everything was rolled back");
    expect(words.lines[0]).toBe("Access denied.");
  });

  test("tells a cancellation from a failure", () => {
    const words = endWords(apply, ended({ outcome: "undone", reason: "cancelled" }));
    expect([words.title, words.intent]).toEqual(["Cancelled and rolled back", "info"]);
  });

  test("is a success where putting back an interrupted change is what was asked", () => {
    const words = endWords(withJournal("rollback"), ended({ outcome: "undone", reason: "it was interrupted" }));
    expect([words.title, words.intent]).toEqual(["What was interrupted is put back", "success"]);
  });

  test("never says that an undo succeeded when the undo itself was put back", () => {
    const words = endWords(withJournal("putBack"), ended({ outcome: "undone", reason: "access denied" }));
    expect(words.title).toBe("Putting back failed; the changes stand as before");
    expect(words.intent).toBe("warning");
  });

  test("names the journal's file and what to do where it could not be put back whole", () => {
    const words = endWords(apply, ended({ outcome: "stuck", reason: "access denied; not put back: A" }));
    expect(words.intent).toBe("error");
    expect(all(words)).toContain("2026-11-23T10-00-00Z-002.journal");
    expect(all(words)).toContain("Put back or Finish");
  });

  test("says whether values stand when a step besides failed", () => {
    const before = endWords(apply, ended({ outcome: "failed", reason: "not found", journal: null }));
    expect(before.title).toBe("A step failed; no value was set");
    const afterwards = endWords(apply, ended({ outcome: "failed", reason: "no service", changed: 2 }));
    expect(afterwards.title).toBe("2 values set, then a step failed");
    expect(all(afterwards)).toContain("The values stand");
  });

  test("does not say that nothing was changed where something was done before it was refused", () => {
    const request = withJournal("putBack");
    expect(endWords(request, ended({ outcome: "refused", reason: "r" })).title).toBe("Nothing was changed");
    const words = endWords(request, ended({ outcome: "refused", reason: "r", done: ["Copied the configuration"] }));
    expect(words.title).toBe("No value was changed");
    expect(words.lines).toContain("Copied the configuration.");
    const nothing = endWords(request, ended({ outcome: "nothing", done: ["Copied the configuration"] }));
    expect(nothing.lines.join(" ")).not.toMatch(/nothing was written/);
  });

  test("lists what someone else changed when it was refused for that", () => {
    const modifiedOutside = [{ address: "HKLM\\A\\Enabled", stands: "REG_DWORD 7" }];
    const words = endWords(withJournal("putBack"), ended({ outcome: "refused", reason: "r", modifiedOutside }));
    expect(words.title).toBe("Someone else has changed 1 value since");
    expect(all(words)).toContain("HKLM\\A\\Enabled is REG_DWORD 7");
  });

  test("says that nothing was changed only where that is certain", () => {
    const problem = (code: string) => ({ problem: { code, message: "m", cure: "Do this." } });
    for (const code of ["locked", "cancelled", "worker-not-started", "worker-not-begun", "worker-silent"]) {
      expect(endWords(apply, problem(code)).title).toBe("Nothing was changed");
    }
    for (const code of [
      "bridge",
      "look-cancelled",
      "practice-not-read",
      "worker-ended",
      "worker-garbled",
      "connection-lost",
    ]) {
      const words = endWords(apply, problem(code));
      expect(words.title).not.toBe("Nothing was changed");
      expect(words.lines.at(-1)).toBe("Check again: Changes so far shows how it stands.");
    }
  });

  test("has words for every outcome of every request", () => {
    const requests = [apply, ...(["putBack", "again", "finish", "rollback"] as const).map(withJournal)];
    const outcomes = ["applied", "nothing", "undone", "stuck", "failed", "refused"] as const;
    for (const request of requests) {
      expect(runningTitle(request)).not.toBe("");
      for (const outcome of outcomes) {
        const { title, lines } = endWords(request, ended({ outcome, reason: "because" }));
        expect(title).toMatch(/^[A-Z0-9]/);
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines) expect(line).toMatch(/^[A-Z0-9].*[.]$/);
      }
    }
  });
});

test("a reason becomes a sentence of its own", () => {
  expect(sentence("access denied")).toBe("Access denied.");
  expect(sentence("HKLM\\A is odd.")).toBe("HKLM\\A is odd.");
});

test("a number takes the plural but for one", () => {
  expect([counted(1, "value"), counted(2, "value"), counted(0, "value")]).toEqual(["1 value", "2 values", "0 values"]);
});

import { describe, expect, test } from "vitest";
import type { JournalSummary } from "../../../electron/contract/change.ts";
import { interruptedIn, listedJournal } from "../../../renderer/changes/journal-labels.ts";

const journal = (id: string, given: Partial<JournalSummary> = {}): JournalSummary => ({
  id,
  kind: "apply",
  of: null,
  at: "2026-11-23T10:00:00Z",
  state: "applied",
  reason: null,
  changes: [{ address: "HKLM\\A\\Enabled", from: "absent", to: { type: "REG_DWORD", data: 1 } }],
  ...given,
});

describe("a journal among the others", () => {
  test("that is in force can be undone", () => {
    const one = journal("1");
    expect(listedJournal(one, [one])).toEqual({
      title: "Change of 1 value",
      status: "done",
      word: "In force",
      offer: "putBack",
    });
  });

  test("that was undone offers nothing, and its undo offers to make it again", () => {
    const change = journal("1", { state: "undone" });
    const undo = journal("2", { kind: "undo", of: "1" });
    const all = [undo, change];
    expect(listedJournal(change, all)).toMatchObject({ word: "Put back", offer: null });
    expect(listedJournal(undo, all)).toMatchObject({ title: "Undo of 1 value", word: "Put back", offer: "again" });
  });

  test("that was made again is undone through the change itself, in one place only", () => {
    const change = journal("1");
    const undo = journal("2", { kind: "undo", of: "1", state: "undone" });
    const again = journal("3", { kind: "undo", of: "2" });
    const all = [again, undo, change];
    expect(all.map((one) => listedJournal(one, all).offer)).toEqual([null, null, "putBack"]);
    expect(listedJournal(undo, all).word).toBe("Made again");
    expect(listedJournal(again, all)).toMatchObject({ title: "1 value made again", word: "In force" });
  });

  test("that failed is told from one that was undone by its reason, and an undo that failed was not done", () => {
    const failed = journal("1", { state: "undone", reason: "access denied" });
    expect(listedJournal(failed, [failed])).toMatchObject({ word: "Rolled back", offer: null });
    const undo = journal("2", { kind: "undo", of: "1", state: "undone", reason: "access denied" });
    expect(listedJournal(undo, [undo, failed])).toMatchObject({ word: "Undo failed", offer: null });
  });

  test("that is interrupted, stuck or damaged offers nothing and says so", () => {
    const words = (["open", "stuck", "damaged"] as const).map((state) => {
      const one = journal("1", { state });
      const { word, offer, status } = listedJournal(one, [one]);
      return { word, offer, status };
    });
    expect(words).toEqual([
      { word: "Interrupted", offer: null, status: "action" },
      { word: "Rollback failed", offer: null, status: "action" },
      { word: "Cannot be read", offer: null, status: "unknown" },
    ]);
  });

  test("that claims to undo itself or a later one does not go round in circles", () => {
    const one = journal("1", { kind: "undo", of: "2" });
    const other = journal("2", { kind: "undo", of: "1" });
    const itself = journal("3", { kind: "undo", of: "3" });
    const all = [itself, other, one];
    expect(all.map((each) => listedJournal(each, all).title)).toEqual([
      "Undo of 1 value",
      "1 value made again",
      "Undo of 1 value",
    ]);
  });
});

test("the journal to be ended first is the newest that was interrupted or is stuck", () => {
  const open = journal("2", { state: "open" });
  expect(interruptedIn([journal("3"), open, journal("1", { state: "stuck" })])).toBe(open);
  expect(interruptedIn([journal("1"), journal("2", { state: "damaged" })])).toBeNull();
});

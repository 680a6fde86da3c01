import { describe, expect, test } from "vitest";
import type { CloudRow } from "../../../electron/contract/cloud.ts";
import { outcomeSentence, unfitWords } from "../../../renderer/cloud/outcome-labels.ts";

const row = (status: CloudRow["status"], title: string, text: string): CloudRow => ({
  ...{ id: "signIn", status, title, text },
  ...{ code: null, cure: [], details: [] },
});

describe("how a check of the cloud ended", () => {
  test("counts what is done when nothing is left to do", () => {
    const rows = [row("done", "Sign-in", "A token was given"), row("done", "Mailbox", "It answered")];
    expect(outcomeSentence([...rows, row("notApplicable", "Windows", "Tried on a live server only")])).toBe(
      "Microsoft’s cloud was asked: 2 checks done, nothing to change.",
    );
    expect(outcomeSentence(rows.slice(1))).toContain("1 check done");
  });

  test("names what is to be mended first, as one sentence", () => {
    const rows = [
      row("done", "Sign-in", "A token was given"),
      row("attention", "Clock", "It is wrong."),
      row("action", "Mailbox", "EWS refused it."),
    ];
    expect(outcomeSentence(rows)).toBe("Mailbox, to change: EWS refused it.");
    expect(outcomeSentence(rows.slice(0, 2))).toBe("Clock, attention: It is wrong.");
  });

  test("says so when nothing applied", () => {
    expect(outcomeSentence([])).toContain("nothing applied");
  });
});

describe("a check that was kept", () => {
  test("says in what it is another, and what of it counts all the same", () => {
    expect(unfitWords(["tenant", "mailbox"])).toBe(
      "It was made with another tenant and another mailbox than wanted now, so it says nothing of this. Ask again.",
    );
    expect(unfitWords(["mailbox"])).toBe(
      "It was made with another mailbox than wanted now: its sign-in counts, what the mailbox answered does not. Ask again.",
    );
  });
});

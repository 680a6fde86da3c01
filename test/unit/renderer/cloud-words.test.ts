import { describe, expect, test } from "vitest";
import type { CloudRow, CloudState } from "../../../electron/contract/cloud.ts";
import { outcomeSentence, partsThatDiffer, unfitWords } from "../../../renderer/cloud/outcome-words.ts";

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
  const question = {
    cloud: "Office 365",
    applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4",
    tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18",
    mailbox: "mim@contoso.com",
  };
  const kept = (last: Partial<NonNullable<CloudState["last"]>>): Pick<CloudState, "last" | "question"> => ({
    last: { at: "2026-11-20T10:00:00Z", ...question, ...last },
    question,
  });

  test("differs in nothing when it asked the same, however it is written", () => {
    expect(partsThatDiffer(kept({ applicationId: question.applicationId.toUpperCase() }))).toEqual([]);
  });

  test("names each part that is another", () => {
    expect(partsThatDiffer(kept({ tenantId: question.applicationId, mailbox: null }))).toEqual(["tenant", "mailbox"]);
    expect(unfitWords(kept({ tenantId: question.applicationId, mailbox: null }))).toContain(
      "another tenant and another mailbox than",
    );
  });

  test("says nothing of parts it does not hold", () => {
    expect(partsThatDiffer({ last: { at: "2026-11-20T10:00:00Z" }, question })).toEqual([]);
    expect(partsThatDiffer({ last: null, question })).toEqual([]);
    expect(unfitWords({ last: { at: "2026-11-20T10:00:00Z" }, question })).toContain("something else than");
  });
});

import { describe, expect, test } from "vitest";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { dialogNames, followPages, pagesItMayBeOn, pagesOfDialogs } from "../../../electron/installer/page-follower.ts";
import { wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";
import { practiceLines, readLines } from "./logs.ts";

const pages = wizardPages(wizardCaseOf(defaultTarget));
const dialogs = (...names: readonly string[]) =>
  names.map((name, index) => ({ name, time: "10:00:00", line: index + 1 }));
const numbers = (...names: readonly string[]) =>
  pagesOfDialogs(dialogs(...names), pages).map((page) => page?.page ?? null);

test("a page that is only guessed may be one of those near it", () => {
  const mayBe = (page: number, known: "name" | "order" | "person") =>
    pagesItMayBeOn({ page, known }, pages).map(({ number }) => number);
  expect(mayBe(6, "order")).toEqual([4, 5, 6, 7, 8]);
  expect(mayBe(1, "order")).toEqual([1, 2, 3]);
  expect(mayBe(6, "name")).toEqual([6]);
  expect(mayBe(6, "person")).toEqual([6]);
  expect(pagesItMayBeOn(null, pages)).toEqual([]);
});

describe("the page the wizard is on", () => {
  test("is not known before the first dialog", () => {
    expect(followPages([], pages)).toBeNull();
  });

  test("is the next that always appears, for a dialog whose name says nothing", () => {
    expect(numbers("DlgA", "DlgB", "DlgC", "DlgD", "DlgE")).toEqual([1, 2, 4, 5, 7]);
    expect(followPages(dialogs("DlgA"), pages)).toEqual({ page: 1, known: "order" });
  });

  test("is the same as before when a dialog is shown again", () => {
    expect(numbers("DlgA", "DlgB", "DlgC", "DlgB", "DlgC", "DlgD")).toEqual([1, 2, 4, 2, 4, 5]);
  });

  test("leaves out dialogs that are no page", () => {
    expect(numbers("PrepareDlg", "DlgA", "CancelDlg", "DlgB", "ProgressDlg")).toEqual([null, 1, null, 2, null]);
  });

  test("is told by a customary name", () => {
    expect(numbers("DlgA", "CustomizeDlg", "DlgB", "VerifyReadyDlg")).toEqual([1, 4, 5, 18]);
  });

  test("stays on the last page when more come", () => {
    expect(numbers("VerifyReadyDlg", "DlgA", "DlgB")).toEqual([18, 18, 18]);
  });

  test("leaves out the mailbox for a choice without one", () => {
    const smtp = wizardPages(wizardCaseOf({ ...defaultTarget, mailServer: "smtp", authentication: "integrated" }));
    const names = dialogs("A", "B", "C", "D", "E", "F");
    expect(pagesOfDialogs(names, smtp).map((page) => page?.page)).toEqual([1, 2, 4, 5, 7, 9]);
  });

  test("is what the person says, and goes on from there", () => {
    const moves = [{ afterDialogs: 2, page: 5 }];
    expect(followPages(dialogs("DlgA", "DlgB"), pages, moves)).toEqual({ page: 5, known: "person" });
    expect(followPages(dialogs("DlgA", "DlgB", "DlgC"), pages, moves)).toEqual({ page: 7, known: "order" });
    expect(followPages(dialogs("DlgA", "DlgB", "DlgC", "DlgB"), pages, moves)).toEqual({ page: 5, known: "person" });
  });

  test("does not move to a page that there is not", () => {
    expect(followPages(dialogs("DlgA"), pages, [{ afterDialogs: 1, page: 19 }])).toEqual({ page: 1, known: "order" });
  });

  test("is every one that appears in a rehearsed run", async () => {
    const { dialogs } = readLines(await practiceLines("success"));
    const followed = pagesOfDialogs(dialogs, pages).flatMap((page) => page ?? []);
    expect(followed.map(({ page }) => page)).toEqual(
      pages.filter(({ appears }) => appears === "always").map(({ number }) => number),
    );
    expect(new Set(followed.map(({ known }) => known))).toEqual(new Set(["name"]));
  });

  test("no name in the table is said to be one of MIM's package", () => {
    expect(new Set(dialogNames.map(({ origin }) => origin))).toEqual(new Set(["customary"]));
    expect(new Set(dialogNames.map(({ name }) => name)).size).toBe(dialogNames.length);
  });
});

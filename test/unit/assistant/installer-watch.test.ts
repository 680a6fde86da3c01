import { describe, expect, test } from "vitest";
import { type PersonsHand, watchOf } from "../../../electron/assistant/installer-watch.ts";
import { type InstallerStep, installerWatchSchema } from "../../../electron/contract/change-mode.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";

const pages = wizardPages(wizardCaseOf(defaultTarget));
const step: InstallerStep = {
  phase: "pages",
  startedAt: "2026-11-23T10:00:00Z",
  endedAt: null,
  log: "C:\\logs\\change-mode.log",
  action: null,
  actionsEnded: 0,
  fraction: null,
  exitCode: null,
  restart: "none",
  firstFailure: null,
  explanations: [],
  secretsInLog: 0,
  notice: null,
  dialogs: [],
  signInErrors: [],
};
const watched = (more: Partial<InstallerStep>, hand?: PersonsHand) =>
  installerWatchSchema.parse(
    watchOf({ ...step, ...more }, { pages, practice: false, ...(hand === undefined ? {} : { hand }) }),
  );

describe("a run as it is shown", () => {
  test("takes dialogs whose names say nothing for the next pages, and a guess for what it is", () => {
    expect(watched({ dialogs: ["WelcomeDlg", "MaintenanceTypeDlg"] }).page).toEqual({ page: 2, known: "name" });
    expect(watched({ dialogs: ["WelcomeDlg", "One", "Two", "Three"] })).toMatchObject({
      page: { page: 5, known: "order" },
      ticked: [1, 2, 4],
    });
  });

  test("goes on from where the person said the wizard is", () => {
    const hand = { moves: [{ afterDialogs: 2, page: 7 }], ticks: new Map() };
    expect(watched({ dialogs: ["WelcomeDlg", "One"] }, hand).page).toEqual({ page: 7, known: "person" });
    expect(watched({ dialogs: ["WelcomeDlg", "One", "Two"] }, hand).page).toEqual({ page: 8, known: "order" });
  });

  test("shows no page once the pages are left, and all that appeared as done", () => {
    for (const more of [{ phase: "installing" }, { phase: "ended", exitCode: 0 }] as const) {
      const { page, ticked } = watched({ ...more, dialogs: ["WelcomeDlg"] });
      expect(page).toBeNull();
      expect(ticked).toEqual([1, 2, 4, 5, 7, 8, 9, 10, 12, 13, 14, 16, 17, 18]);
    }
  });

  test("leaves the page unticked on which it was cancelled", () => {
    const { page, ticked } = watched({ phase: "ended", exitCode: 1602, dialogs: ["WelcomeDlg", "One"] });
    expect({ page, ticked }).toEqual({ page: null, ticked: [1] });
  });

  test("lets the person's ticks count before the log's", () => {
    const ticks = new Map([
      [1, false],
      [12, true],
    ]);
    expect(watched({ dialogs: ["WelcomeDlg", "One"] }, { moves: [], ticks }).ticked).toEqual([12]);
  });

  test("says what a refused sign-in means, and that an unknown one is not known", () => {
    const { signInErrors } = watched({ signInErrors: ["7000222", "1234567"] });
    expect(signInErrors).toMatchObject([
      { code: "AADSTS7000222", meaning: "the client secret has expired" },
      { code: "AADSTS1234567", meaning: "the sign-in failed" },
    ]);
  });
});

import { describe, expect, test } from "vitest";
import type { InstallerWatch } from "../../../electron/contract/change-mode.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";
import { pagePlace } from "../../../renderer/change-mode/wizard/page-place.ts";
import { countedNumber, pageOf, pagesCounted } from "../../../renderer/store/page-count.ts";
import {
  currentPage,
  hasSucceeded,
  isRunning,
  watchEnd,
  watchNews,
  watchTitle,
} from "../../../renderer/store/watch-labels.ts";

const pages = wizardPages(wizardCaseOf(defaultTarget));

const watch = (more: Partial<InstallerWatch> = {}): InstallerWatch => ({
  phase: "pages",
  practice: true,
  startedAt: "2026-11-23T10:00:00Z",
  endedAt: null,
  log: "C:\\log.txt",
  page: { page: 7, known: "name" },
  ticked: [1, 2, 4, 5],
  action: null,
  actionsEnded: 0,
  fraction: null,
  exitCode: null,
  restart: "none",
  firstFailure: null,
  explanations: [],
  signInErrors: [],
  secretsInLog: 0,
  notice: null,
  ...more,
});

const placeOf = (number: number, run: InstallerWatch | null, among = pages): string => {
  const page = among.find((one) => one.number === number);
  if (page === undefined) throw new Error(`no page ${number}`);
  return pagePlace(page, run, among).words;
};

describe("a page in the run", () => {
  test("is not yet shown before there is one", () => {
    expect(placeOf(7, null)).toBe("Not yet shown");
    expect(placeOf(7, watch({ phase: "begun", page: null, ticked: [] }))).toBe("Not yet shown");
  });

  test("is behind, there, next or still to come while the pages are gone through", () => {
    expect([5, 6, 7, 8, 9].map((number) => placeOf(number, watch()))).toEqual([
      "Completed",
      "Completed",
      "The installer is on this page now",
      "Next: not yet shown",
      "Not yet shown",
    ]);
  });

  test("is only thought to be there when the order of the pages told it", () => {
    expect(placeOf(7, watch({ page: { page: 7, known: "order" } }))).toBe("The installer should be on this page now");
    expect(placeOf(7, watch({ page: { page: 7, known: "person" } }))).toBe("The installer is on this page now");
  });

  test("ticked by hand is behind though the installer has not come to it", () => {
    expect(placeOf(9, watch({ ticked: [9] }))).toBe("Completed");
  });

  test("that is not asked for is never next", () => {
    const smtp = wizardPages(wizardCaseOf({ ...defaultTarget, mailServer: "smtp", authentication: "integrated" }));
    expect(placeOf(8, watch(), smtp)).toBe("Not asked for");
    expect(placeOf(9, watch(), smtp)).toBe("Next: not yet shown");
    expect(placeOf(8, null, smtp)).toBe("Not asked for");
  });

  test("is behind or was not shown once the pages are left", () => {
    expect(placeOf(9, watch({ phase: "installing", page: null }))).toBe("Completed");
    const ended = watch({ phase: "ended", page: null, exitCode: 1602 });
    expect([placeOf(5, ended), placeOf(9, ended)]).toEqual(["Completed", "Not shown in the last run"]);
  });
});

describe("the end of a run", () => {
  test.each([
    [0, "success", true],
    [3010, "success", true],
    [1602, "info", false],
    [1603, "error", false],
    [1618, "error", false],
    [null, "warning", false],
  ] as const)("with exit code %s is told as %s", (exitCode, intent, succeeded) => {
    expect(watchEnd({ exitCode, restart: "none" }).intent).toBe(intent);
    expect(hasSucceeded({ exitCode })).toBe(succeeded);
  });

  test("that needs a restart says so, whatever its code", () => {
    expect(watchEnd({ exitCode: 3010, restart: "needed" })).toMatchObject({
      intent: "warning",
      lines: ["Windows must restart before all of it is in force.", expect.any(String)],
    });
    expect(watchEnd({ exitCode: 1603, restart: "begun" }).lines).toEqual([
      "The installer has begun to restart Windows.",
    ]);
  });

  test("with an unknown code names it", () => {
    const reason = {
      code: 1920,
      origin: "message",
      cause: "a",
      cure: "",
      line: 1,
      source: "",
      text: null,
      around: [],
    } as const;
    expect(watchEnd({ exitCode: 0, restart: "none", explanations: [{ ...reason, around: [] }] })).toMatchObject({
      intent: "warning",
      title: "Change mode has succeeded, but not without errors",
    });
    expect(watchEnd({ exitCode: 1722, restart: "none" }).title).toBe("The installer failed (exit code 1722)");
  });
});

describe("what is read out while the installer runs", () => {
  test("is each new page, and nothing while the same page stays", () => {
    const first = watch({ page: { page: 2, known: "name" } });
    expect(watchNews(null, first, pages)).toBe("Page 2 of 14: Change, repair, or remove installation.");
    expect(watchNews(first, { ...first, actionsEnded: 1 }, pages)).toBe("");
    expect(watchNews(first, watch(), pages)).toBe("Page 5 of 14: Configure mail server connection.");
  });

  test("is a refused sign-in once, and the end with what it means", () => {
    const refused = watch({
      page: { page: 8, known: "name" },
      signInErrors: [{ code: "AADSTS7000215", meaning: "the client secret is wrong", cure: "Type its Value." }],
    });
    const before = watch({ page: { page: 8, known: "name" } });
    expect(watchNews(before, refused, pages)).toBe("Sign-in refused, AADSTS7000215: the client secret is wrong.");
    expect(watchNews(refused, { ...refused, actionsEnded: 1 }, pages)).toBe("");
    const ended = watch({ phase: "ended", page: null, exitCode: 0 });
    expect(watchNews(watch({ phase: "installing", page: null }), ended, pages)).toBe(
      "Change mode has succeeded. The step Verify shows whether mail works now.",
    );
  });
});

test("a run is under way until it has ended", () => {
  expect(isRunning(null)).toBe(false);
  expect(isRunning(watch({ phase: "preparing" }))).toBe(true);
  expect(isRunning(watch({ phase: "ended" }))).toBe(false);
});

test("the page on show is none before the first and after the last", () => {
  expect(currentPage(null, pages)).toBeUndefined();
  expect(currentPage(watch({ page: null }), pages)).toBeUndefined();
  expect(currentPage(watch(), pages)?.id).toBe("mailServer");
  expect(watchTitle(watch({ page: null }), pages)).toBe("The installer shows its pages");
});

test("a page that comes only sometimes counts once it is there, and the last page is n of n", () => {
  const [last] = pagesCounted(pages, null).slice(-1);
  const count = pagesCounted(pages, null).length;
  if (last === undefined) throw new Error("no page");
  expect(count).toBeLessThan(pages.length);
  expect(pageOf(last, pages, null)).toBe(`Page ${count} of ${count}`);
  const seldom = pages.find(({ appears }) => appears === "sometimes");
  if (seldom === undefined) throw new Error("every page always comes");
  expect(countedNumber(seldom, pages, null)).toBeNull();
  const there = watch({ page: { page: seldom.number, known: "name" }, ticked: [] });
  expect(countedNumber(seldom, pages, there)).not.toBeNull();
  expect(pageOf(last, pages, there)).toBe(`Page ${count + 1} of ${count + 1}`);
});

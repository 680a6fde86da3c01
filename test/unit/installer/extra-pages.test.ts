import { describe, expect, test } from "vitest";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { extraPageIds, extraPageSchema } from "../../../electron/contract/wizard.ts";
import { extraPageNamed, extraPages } from "../../../electron/installer/extra-pages.ts";
import {
  dialogNames,
  extrasItMayBeOn,
  followPages,
  pagesItMayBeOn,
} from "../../../electron/installer/page-follower.ts";
import { wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";

const pages = wizardPages(wizardCaseOf(defaultTarget));
const followed = (...names: readonly string[]) =>
  followPages(
    names.map((name) => ({ name })),
    pages,
  );

describe("the pages of other features", () => {
  test("each say when they come, after which page, and what to do", () => {
    expect(extraPages.map(({ id }) => id)).toEqual(extraPageIds);
    for (const page of extraPages) {
      expect(extraPageSchema.parse(page)).toEqual(page);
      expect(page).toMatchObject({ appears: "sometimes", when: expect.stringMatching(/^Only where .* is installed/) });
      expect(page.instructions.at(-1)).toBe("Choose Next.");
    }
    expect(extraPages.filter(({ showsSecret }) => showsSecret)).toHaveLength(5);
  });

  test.each([
    ["ConfigurePAMRestApiDlg", "pamRestApi"],
    ["PamMonitoringServiceDlg", "pamMonitoring"],
    ["PamComponentDlg", "pamComponent"],
    ["SSPRRegistrationPortalDlg", "passwordRegistration"],
    ["PasswordResetPortalDlg", "passwordReset"],
    ["ScsmServerDlg", "serviceManager"],
  ] as const)("%s is told by its words", (name, extra) => {
    expect(extraPageNamed(name)).toBe(extra);
  });

  test.each(["RegistrationPortalUrlDlg", "DlgA", "MailServerDlg", "x".repeat(100)])("%s is none", (name) => {
    expect(extraPageNamed(name)).toBeNull();
  });

  test("no customary dialog is taken for one", () => {
    for (const { name } of dialogNames) expect(extraPageNamed(name), name).toBeNull();
  });

  test("do not lead the companion astray: the page after one is the page it would have been without it", () => {
    expect(followed("A", "B", "C", "D", "E")).toEqual({ page: 7, known: "order" });
    expect(followed("A", "B", "C", "D", "E", "ScsmServerDlg")).toEqual({
      page: 7,
      known: "name",
      extra: "serviceManager",
    });
    expect(followed("A", "B", "C", "D", "E", "ScsmServerDlg", "F")).toEqual({ page: 8, known: "order" });
    const long = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M"];
    const last = followed(...long);
    expect(followed(...long, "PamComponentDlg")).toEqual({ page: last?.page, known: "name", extra: "pamComponent" });
    expect(followed(...long, "PamComponentDlg", "PasswordResetDlg", "VerifyReadyDlg")).toEqual({
      page: 18,
      known: "name",
    });
  });

  test("may be shown where the page is only guessed, and no picture is to be taken of their passwords", () => {
    expect(extrasItMayBeOn({ page: 18, known: "order" }, pages)).toContain("passwordReset");
    expect(extrasItMayBeOn({ page: 18, known: "name" }, pages)).toEqual([]);
    expect(extrasItMayBeOn({ page: 17, known: "name", extra: "pamRestApi" }, pages)).toEqual(["pamRestApi"]);
    expect(extrasItMayBeOn({ page: 3, known: "order" }, pages)).toEqual([]);
    expect(extrasItMayBeOn(null, pages)).toEqual([]);
    // One that may have come before makes the guess run ahead by one more.
    expect(pagesItMayBeOn({ page: 12, known: "order" }, pages).map(({ number }) => number)).toEqual([
      9, 10, 11, 12, 13, 14,
    ]);
  });
});

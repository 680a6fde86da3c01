import { describe, expect, test } from "vitest";
import { allowedAuthentications, type MailServer, mailServers } from "../../../electron/contract/mail-server.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import type { WizardPage } from "../../../electron/contract/wizard.ts";
import { type Standing, wizardCaseOf, wizardPages } from "../../../electron/installer/pages.ts";
import { pageEntries } from "../../../renderer/change-mode/wizard/page-entries.ts";
import { pageDescription, unknownLook } from "../../../renderer/change-mode/wizard/page-labels.ts";
import {
  boxHeight,
  cutTo,
  fieldRight,
  headHeight,
  layoutOf,
  linesOf,
  type PageItem,
  pageWidth,
} from "../../../renderer/change-mode/wizard/page-layout.ts";
import { pageMarks } from "../../../renderer/change-mode/wizard/page-marks.ts";

const accounts = ["CONTOSO\\svcMIM", "CONTOSO\\gmsaMIM$"];

/** Every target the installer takes, with an account of either kind. */
const targets: readonly Target[] = mailServers.flatMap((mailServer: MailServer) =>
  allowedAuthentications[mailServer].flatMap((authentication) =>
    accounts.map((serviceAccount) => ({ ...defaultTarget, mailServer, authentication, serviceAccount })),
  ),
);

const pagesFor = (target: Partial<Target>): readonly WizardPage[] =>
  wizardPages(wizardCaseOf({ ...defaultTarget, ...target }));

function pageOf(id: WizardPage["id"], target: Partial<Target> = {}): WizardPage {
  const page = pagesFor(target).find((one) => one.id === id);
  if (page === undefined) throw new Error(`no page ${id}`);
  return page;
}

/** How low an item reaches. */
function bottomOf(item: PageItem): number {
  switch (item.kind) {
    case "area":
      return item.y + item.height;
    case "options":
      return (item.options.at(-1)?.y ?? item.y) + (item.look === "rows" ? 32 : boxHeight);
    case "box":
      return item.y + boxHeight + (item.note === null ? 0 : 16);
    default:
      return item.y + boxHeight;
  }
}

describe("a drawn page", () => {
  test("has every control in its body, none over another, for every target and account", () => {
    for (const target of targets) {
      for (const page of pagesFor(target)) {
        const { items, bodyHeight } = layoutOf(page, pageMarks(page));
        expect(items.length).toBeGreaterThan(0);
        let above = headHeight;
        for (const item of items) {
          expect({ page: page.id, item, over: item.y < above }).toEqual({ page: page.id, item, over: false });
          if (item.kind === "box") expect(fieldRight - item.left).toBeGreaterThan(150);
          above = bottomOf(item);
        }
        expect(above).toBeLessThanOrEqual(headHeight + bodyHeight);
      }
    }
  });

  test("numbers what is to be done in its order, and the button last", () => {
    expect(pageMarks(pageOf("mailServer"))).toEqual({ controls: [null, 1, null, 2, null], button: 3 });
    expect(pageMarks(pageOf("mailServer", { serviceAccount: "CONTOSO\\gmsaMIM$" }))).toEqual({
      controls: [null, 1, null, 2, 3],
      button: 4,
    });
    expect(pageMarks(pageOf("welcome"))).toEqual({ controls: [], button: 1 });
  });

  test("keeps the number of the one control a step is about", () => {
    const smtp = pageOf("mailServer", { mailServer: "smtp", authentication: "integrated" });
    expect(pageMarks(smtp, "Mail Server:").controls, "the host is typed, so it is marked as well").toEqual([
      null,
      1,
      2,
      null,
      null,
    ]);
    expect(pageMarks(pageOf("mailServer"), "Authentication:")).toEqual({
      controls: [null, null, null, 2, null],
      button: null,
    });
  });

  test("says in words what is greyed, empty, or typed by the person alone", () => {
    const page = pageOf("serviceAccount", { serviceAccount: "CONTOSO\\gmsaMIM$" });
    const said = pageDescription(page, pageMarks(page));
    expect(said).toContain("Service Account Password: greyed, stays empty.");
    expect(said).toContain("Service Email Account: not entered yet, marked 3.");
    expect(said).toMatch(/Then Next, marked 4\.$/);
    const mailbox = pageOf("mailbox");
    expect(pageDescription(mailbox, pageMarks(mailbox))).toContain(
      "Client Secret: typed in the installer alone, marked 3.",
    );
  });

  test("owns up to what no source shows, and only there", () => {
    expect(unknownLook(pageOf("welcome"))).toContain("Title and hatched area are ours");
    expect(unknownLook(pageOf("customSetup"))).toContain("The hatched area is ours");
    expect(unknownLook(pageOf("mailServer"))).toBeNull();
    const page = pageOf("azureCloud");
    expect(pageDescription(page, pageMarks(page))).toContain("a title in our words");
  });
});

describe("what is to be done on a page", () => {
  test("never holds a value for a secret, whatever is wanted", () => {
    for (const target of targets) {
      for (const page of pagesFor(target)) {
        const secrets = page.controls.filter(({ kind }) => kind === "secret").length;
        const entries = pageEntries(page).filter(({ kind }) => kind === "secret");
        expect(entries.length).toBe(secrets);
        for (const entry of entries) expect(entry.value).toBeNull();
      }
    }
  });

  test("gives what is typed and what is chosen, each by its number", () => {
    const [application, tenant] = ["6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4", "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18"];
    expect(pageEntries(pageOf("mailbox", { applicationId: application, tenantId: tenant }))).toEqual([
      { mark: 1, name: "Application ID", value: application, kind: "typed", note: "Not entered yet" },
      { mark: 2, name: "Tenant ID", value: tenant, kind: "typed", note: "Not entered yet" },
      { mark: 3, name: "Client Secret", value: null, kind: "secret", note: "Typed in the installer alone" },
    ]);
    expect(pageEntries(pageOf("maintenance"))).toEqual([
      { mark: 1, name: "Choose", value: "Change", kind: "chosen", note: "" },
    ]);
  });
});

describe("where the target says nothing", () => {
  const shown = (target: Partial<Target>, found: Partial<Standing>): WizardPage[] => {
    const whole = { ...defaultTarget, ...target };
    const standing = { mailServer: null, mailHost: null, serviceAccount: null, serviceEmail: null, ...found };
    return [...wizardPages(wizardCaseOf(whole, standing))];
  };
  const values = (pages: readonly WizardPage[], id: WizardPage["id"]) =>
    pages.find((page) => page.id === id)?.controls.flatMap((one) => (one.kind === "field" ? [one.value] : []));

  test("the account that runs the service is typed again", () => {
    expect(values(shown({}, { serviceAccount: "CONTOSO\\svcMIM" }), "serviceAccount")).toEqual([
      "svcMIM",
      "CONTOSO",
      null,
    ]);
  });

  test("another account than the server's keeps its own domain, known or not", () => {
    const pages = shown({ serviceAccount: "svcOther" }, { serviceAccount: "CONTOSO\\svcMIM" });
    expect(values(pages, "serviceAccount")).toEqual(["svcOther", null, null]);
  });

  test("the mail host stays when its kind of mail server does, and only then", () => {
    const found = { mailServer: "smtp" as const, mailHost: "smtp.contoso.com" };
    expect(values(shown({ mailServer: "smtp", authentication: "integrated" }, found), "mailServer")).toEqual([
      "smtp.contoso.com",
    ]);
    expect(values(shown({ mailServer: "exchange", authentication: "integrated" }, found), "mailServer")).toEqual([
      null,
    ]);
    expect(values(shown({}, found), "mailServer")).toEqual(["outlook.office365.com"]);
  });
});

test("lines break between words and never lose one", () => {
  expect(linesOf("one two three four", 9)).toEqual(["one two", "three", "four"]);
  expect(linesOf("longerthanaline", 4)).toEqual(["longerthanaline"]);
  expect(linesOf("a b", pageWidth).join(" ")).toBe("a b");
});

test("a value too long for its field is cut with a sign that it goes on", () => {
  expect(cutTo("short", 200)).toBe("short");
  expect(cutTo("x".repeat(60), 200)).toMatch(/^x{29}…$/);
});

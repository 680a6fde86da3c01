import { describe, expect, test } from "vitest";
import { emptyGuid } from "../../../electron/contract/guid.ts";
import {
  allowedAuthentications,
  authenticationCaptions,
  mailServerCaptions,
  mailServers,
} from "../../../electron/contract/mail-server.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import type { PageId, WizardControl, WizardPage } from "../../../electron/contract/wizard.ts";
import { wizardOption } from "../../../electron/contract/wizard-options.ts";
import { wizardCaseOf, wizardPages, wizardRefusals } from "../../../electron/installer/pages.ts";

const pagesFor = (changed: Partial<Target> = {}) => wizardPages(wizardCaseOf({ ...defaultTarget, ...changed }));

function pageOf(pages: readonly WizardPage[], id: PageId): WizardPage {
  const page = pages.find((one) => one.id === id);
  if (page === undefined) throw new Error(`no page ${id}`);
  return page;
}

const chosen = (page: WizardPage, caption: string | null) =>
  page.controls.flatMap((control) =>
    control.kind === "choice" && control.caption === caption ? [control.choose] : [],
  )[0];

const named = (page: WizardPage, caption: string): WizardControl | undefined =>
  page.controls.find((control) => "caption" in control && control.caption === caption);

describe("the wizard's pages", () => {
  test("are eighteen, numbered in their order", () => {
    expect(pagesFor().map(({ number }) => number)).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
  });

  test.each(mailServers)("choose the mail server %s by its caption", (mailServer) => {
    const authentication = allowedAuthentications[mailServer][0] ?? "integrated";
    const page = pageOf(pagesFor({ mailServer, authentication }), "mailServer");
    expect(page.number).toBe(7);
    expect(chosen(page, "Mail Server:")).toBe(mailServerCaptions[mailServer]);
    expect(chosen(page, "Authentication:")).toBe(mailServer === "none" ? null : authenticationCaptions[authentication]);
  });

  test("list the authentications as the wizard does", () => {
    expect(named(pageOf(pagesFor(), "mailServer"), "Authentication:")).toMatchObject({
      options: ["Basic Authentication", "Application Context Authentication", "Integrated Windows Authentication"],
    });
  });

  test.each([
    ["office365", "applicationContext", "always"],
    ["office365China", "applicationContext", "always"],
    ["office365Government", "applicationContext", "always"],
    ["office365", "basic", "never"],
    ["exchange", "integrated", "never"],
    ["smtp", "integrated", "never"],
    ["none", "applicationContext", "never"],
  ] as const)("%s with %s: the mailbox page appears %s", (mailServer, authentication, appears) => {
    expect(pageOf(pagesFor({ mailServer, authentication }), "mailbox").appears).toBe(appears);
  });

  test("show the host of Office 365 alone, which alone a source shows", () => {
    const host = (mailServer: Target["mailServer"]) =>
      pageOf(pagesFor({ mailServer }), "mailServer").controls.find(({ kind }) => kind === "field");
    expect(host("office365")).toMatchObject({ value: "outlook.office365.com", state: "greyed" });
    expect(host("office365China")).toMatchObject({ value: null, state: "greyed" });
    expect(host("smtp")).toMatchObject({ value: null, state: "enabled" });
  });

  test("give the IDs to copy, and the client secret never", () => {
    const [application, tenant] = ["6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4", "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18"];
    const page = pageOf(pagesFor({ applicationId: application, tenantId: ` {${tenant.toUpperCase()}} ` }), "mailbox");
    expect(named(page, "Application ID")).toMatchObject({ kind: "field", value: application });
    expect(named(page, "Tenant ID")).toMatchObject({ kind: "field", value: tenant });
    const none = pageOf(pagesFor({ applicationId: "hello", tenantId: emptyGuid }), "mailbox");
    expect([named(none, "Application ID"), named(none, "Tenant ID")]).toMatchObject([{ value: null }, { value: null }]);
    expect(named(page, "Client Secret")).toEqual({
      kind: "secret",
      caption: "Client Secret",
      leaveEmpty: false,
      state: "enabled",
    });
    expect(page.showsSecret).toBe(true);
  });

  test("ask a regular service account's password and leave the e-mail's empty", () => {
    const pages = pagesFor({ serviceAccount: "CONTOSO\\svcMIM", serviceEmail: "mim@contoso.com" });
    const page = pageOf(pages, "serviceAccount");
    expect(named(page, "Service Account Name")).toMatchObject({ value: "svcMIM" });
    expect(named(page, "Service Account Domain")).toMatchObject({ value: "CONTOSO" });
    expect(named(page, "Service Email Account")).toMatchObject({ value: "mim@contoso.com" });
    expect(named(page, "Service Account Password")).toMatchObject({ leaveEmpty: false, state: "enabled" });
    expect(named(page, "Service Email Account Password")).toMatchObject({ leaveEmpty: true, state: "greyed" });
    expect(page.showsSecret).toBe(true);
    expect(named(pageOf(pages, "mailServer"), "Use Group Managed Service Account")).toMatchObject({ checked: false });
  });

  // Source: the options A to I of "Install the MIM Service and Portal with Microsoft Entra ID P1 or P2", looked at on
  // 2026-11-26: what the mail server's page, the mailbox's page and the account's page want of each.
  test.each([
    ["A", false, "exchange", "integrated", { host: true, ids: false, account: true, email: true, mailbox: false }],
    ["B", false, "office365", "basic", { host: false, ids: false, account: true, email: true, mailbox: true }],
    [
      "C",
      false,
      "office365",
      "applicationContext",
      { host: false, ids: true, account: true, email: true, mailbox: false },
    ],
    ["D", false, "smtp", "integrated", { host: true, ids: false, account: true, email: true, mailbox: false }],
    ["E", false, "none", "integrated", { host: false, ids: false, account: true, email: false, mailbox: false }],
    ["F", true, "exchange", "integrated", { host: true, ids: false, account: false, email: true, mailbox: true }],
    ["G", true, "office365", "basic", { host: false, ids: false, account: false, email: true, mailbox: true }],
    [
      "H",
      true,
      "office365",
      "applicationContext",
      { host: false, ids: true, account: false, email: true, mailbox: false },
    ],
    [
      "I",
      true,
      "none",
      "applicationContext",
      { host: false, ids: false, account: false, email: false, mailbox: false },
    ],
  ] as const)("want what option %s says", (letter, managed, mailServer, authentication, wants) => {
    const serviceAccount = managed ? "CONTOSO\\gmsaMIM$" : "CONTOSO\\svcMIM";
    expect(wizardOption({ mailServer, authentication, managed })?.option).toBe(letter);
    const pages = pagesFor({ mailServer, authentication, serviceAccount });
    const mail = pageOf(pages, "mailServer");
    const account = pageOf(pages, "serviceAccount");
    const typed = (caption: string) => {
      const control = named(account, caption);
      return control?.kind === "secret" ? !control.leaveEmpty && control.state === "enabled" : null;
    };
    expect({
      host: mail.controls.some(({ kind, ...rest }) => kind === "field" && "state" in rest && rest.state === "enabled"),
      ids: pageOf(pages, "mailbox").appears === "always",
      account: typed("Service Account Password"),
      email: account.instructions.some((one) => one.includes("e-mail address")),
      mailbox: typed("Service Email Account Password"),
    }).toEqual(wants);
    expect(named(mail, "Use Group Managed Service Account")).toMatchObject({ checked: managed });
    expect(account.instructions.join(" ").includes("Type the password of that mailbox.")).toBe(wants.mailbox);
    expect(account.instructions.join(" ").includes("Leave the e-mail account's password empty.")).toBe(!wants.mailbox);
    expect(account.showsSecret).toBe(wants.account || wants.mailbox);
  });

  test.each(["office365China", "office365Government"] as const)("want the same for %s", (mailServer) => {
    expect(wizardOption({ mailServer, authentication: "basic", managed: true })?.option).toBe("G");
  });

  test.each([
    ["smtp", "integrated", true],
    ["exchange", "basic", false],
    ["office365", "integrated", false],
  ] as const)(
    "have no option for %s with %s, managed %s, which the wizard refuses",
    (mailServer, authentication, managed) => {
      expect(wizardOption({ mailServer, authentication, managed })).toBeNull();
    },
  );

  test("take over what stands on the server, where the target says nothing", () => {
    const standing = { mailServer: "smtp", mailHost: "old.contoso.com", serviceAccount: null } as const;
    const found = { ...standing, serviceEmail: "mim@contoso.com" };
    const target: Target = { ...defaultTarget, mailServer: "smtp", authentication: "integrated" };
    expect(wizardCaseOf(target, found)).toMatchObject({ mailHost: "old.contoso.com", serviceEmail: "mim@contoso.com" });
    const wanted = { ...target, mailHost: " relay.contoso.com ", serviceEmail: "new@contoso.com" };
    expect(wizardCaseOf(wanted, found)).toMatchObject({
      mailHost: "relay.contoso.com",
      serviceEmail: "new@contoso.com",
    });
  });

  test("ask a group Managed Service Account for no password at all", () => {
    const pages = pagesFor({ serviceAccount: "CONTOSO\\gmsaMIM$" });
    const page = pageOf(pages, "serviceAccount");
    expect(named(page, "Service Account Name")).toMatchObject({ value: "gmsaMIM$" });
    for (const caption of ["Service Account Password", "Service Email Account Password"]) {
      expect(named(page, caption)).toMatchObject({ leaveEmpty: true, state: "greyed" });
    }
    expect(page.showsSecret).toBe(false);
    expect(named(pageOf(pages, "mailServer"), "Use Group Managed Service Account")).toMatchObject({ checked: true });
  });

  test("re-use the database", () => {
    expect(chosen(pageOf(pagesFor(), "database"), null)).toBe("Re-use the existing database.");
  });

  test("warn of a self-issued certificate where TLS 1.2 is alone", () => {
    expect(pageOf(pagesFor({ tlsProfile: "guide" }), "certificate").traps.join()).toContain("TLS 1.2 alone");
    expect(pageOf(pagesFor({ tlsProfile: "minimum" }), "certificate").traps.join()).not.toContain("TLS 1.2 alone");
  });

  test("say each what to do, in whole sentences", () => {
    for (const page of pagesFor()) {
      expect(page.instructions.length, page.id).toBeGreaterThan(0);
      for (const text of [...page.instructions, ...page.traps]) expect(text, page.id).toMatch(/^["A-Z][^!]*[."]$/);
    }
  });

  test("never hold a value that could be a secret", () => {
    const kinds = pagesFor().flatMap(({ controls }) => controls.filter(({ kind }) => kind === "secret"));
    expect(kinds).toHaveLength(3);
    for (const control of kinds)
      expect(Object.keys(control).sort()).toEqual(["caption", "kind", "leaveEmpty", "state"]);
  });
});

describe("what the wizard refuses", () => {
  test("is nothing for an allowed pair", () => {
    expect(wizardRefusals(wizardCaseOf(defaultTarget))).toEqual([]);
  });

  test("is a pair that does not go together, with those that do", () => {
    const [refusal] = wizardRefusals(wizardCaseOf({ ...defaultTarget, mailServer: "smtp" }));
    expect(refusal).toContain('"Invalid Mail Authentication"');
    expect(refusal).toContain("SMTP with Integrated Windows Authentication");
  });

  test("is SMTP with a group Managed Service Account", () => {
    const target: Target = {
      ...defaultTarget,
      mailServer: "smtp",
      authentication: "integrated",
      serviceAccount: "CONTOSO\\gmsaMIM$",
    };
    expect(wizardRefusals(wizardCaseOf(target))).toEqual([
      "SMTP does not work with a group Managed Service Account. Use a regular service account.",
    ]);
    expect(
      named(pageOf(wizardPages(wizardCaseOf(target)), "mailServer"), "Use Group Managed Service Account"),
    ).toMatchObject({
      checked: false,
    });
  });
});

import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { cancelRun, companionPage, mimMail, pressNext, startInstaller, walkTo } from "./change-mode-walk.ts";
import { practiceRegistry } from "./practice-home.ts";
import { eventually, findingStatus, goTo, prepareWindows, stepStatus } from "./window.ts";

const openWindow = prepareWindows();

const applicationId = "6e0c9a1f-2f44-4b7d-9c1e-5a0d8f3b2c11";
const tenantId = "0f8f7d9e-1b2c-4d3e-8f4a-5b6c7d8e9f00";

/** The log of the last run, by the path the screen shows for it. */
function logOf(text: string): string {
  return readFileSync(text.trim()).subarray(2).toString("utf16le");
}

const ended = (page: Page, exitCode: number) => page.locator(`main [data-run-ended="${exitCode}"]`);

/** Opens the folded lists, so that findings which ask for nothing are there too. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>("main button[aria-expanded=false]")) button.click();
  });
}

async function openChangeMode(failure: string | null = null) {
  const opened = await openWindow({ at: "changeMode", viewport: { width: 1440, height: 900 } });
  if (failure !== null) mimMail(opened.home, "practice", "fail", failure);
  return opened;
}

describe("a rehearsal of Change mode", () => {
  test("goes from the start through every page to a server that shows what is wanted", async () => {
    const { page, home, close } = await openChangeMode();
    await goTo(page, "azureIds");
    await page.locator("[data-target=applicationId]").fill(applicationId);
    await page.locator("[data-target=tenantId]").fill(tenantId);
    await goTo(page, "serviceAccount");
    await page.locator("[data-target=serviceEmail]").fill("mim@contoso.com");
    expect(await page.locator("[data-step-page=serviceAccount] [data-place]").innerText()).toBe("Not yet shown");
    await goTo(page, "changeMode");
    await eventually(() => page.locator("[data-readiness=media]").getAttribute("data-status")).toBe("done");

    // What will be run is shown, and nothing is until it is agreed to.
    const before = practiceRegistry(home);
    await page.getByRole("button", { name: "Start the installer…" }).click();
    const question = page.locator("[data-start-installer]");
    expect(await question.locator("pre").innerText()).toMatch(
      /^msiexec\.exe \/I\{[0-9A-F-]{36}\} \/lvxi\*! ".*\.log"$/,
    );
    // What could be settled before is named: TLS is not, the IDs are entered.
    expect(await question.innerText()).toContain("Still to change: TLS and strong cryptography.");
    expect(await question.innerText()).not.toContain("Not entered yet");
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await page.getByRole("region", { name: "Before you start" }).innerText()).toMatch(/Azure IDs\s+1 to enter/);
    expect(await page.locator("[data-companion]").count()).toBe(0);
    await startInstaller(page);

    expect(await walkTo(page, "mailServer")).toEqual([
      "welcome",
      "maintenance",
      "customSetup",
      "database",
      "mailServer",
    ]);
    expect(await page.locator("[data-companion] svg[data-page]").getAttribute("aria-label")).toContain(
      "Mail Server: Office 365, marked 1",
    );
    await pressNext(page);
    await eventually(() => companionPage(page)).toBe("mailbox");
    const companion = page.locator("[data-companion]");
    expect(await companion.innerText()).toContain(applicationId);
    expect(await companion.innerText()).toContain(tenantId);
    expect(await companion.getByRole("button", { name: "Copy Client Secret" }).count()).toBe(0);
    await goTo(page, "azureIds");
    expect(await page.locator("[data-step-page=mailbox] [data-place]").innerText()).toBe(
      "The installer is on this page now",
    );
    await goTo(page, "mailServer");
    expect(await page.locator("[data-step-page=mailServer] [data-place]").innerText()).toBe("Completed");
    await goTo(page, "changeMode");
    expect(await walkTo(page, "install")).toEqual([
      "mailbox",
      "certificate",
      "serviceAccount",
      "synchronization",
      "serviceAddress",
      "sharePoint",
      "registrationPortal",
      "firewall",
      "install",
    ]);
    // Up to its last page the installer has changed nothing.
    expect(practiceRegistry(home)).toBe(before);
    expect(await page.locator("[data-press=next]").innerText()).toBe("Install");
    await pressNext(page);
    await page.locator("[data-companion=installing]").waitFor();
    await ended(page, 0).waitFor();
    await eventually(() => stepStatus(page, "mailServer")).toBe("done");
    expect(await stepStatus(page, "authentication")).toBe("done");
    expect(await findingStatus(page, "change.run")).toBe("done");
    expect(await page.locator("[data-run='0']").count()).toBe(1);
    expect(await page.getByRole("button", { name: /14 of 14 pages completed/ }).count()).toBe(1);
    await goTo(page, "verify");
    await unfold(page);
    expect(await findingStatus(page, "verify.registry")).toBe("done");
    await goTo(page, "azureIds");
    await unfold(page);
    expect(await findingStatus(page, "azure.applicationId")).toBe("done");
    await close();
  });

  test("goes on after the window was loaded anew, and shows its end", async () => {
    const { page, close } = await openChangeMode();
    await startInstaller(page);
    await walkTo(page, "database");
    await page.reload();
    await page.locator("[data-run-phase=pages]").waitFor();
    await page.getByRole("button", { name: "Open companion" }).click();
    await eventually(() => companionPage(page)).toBe("database");
    await walkTo(page, "install");
    await pressNext(page);
    await ended(page, 0).waitFor();
    await page.locator("[data-run='0']").waitFor();
    await close();
  });
});

test("an installer that is open is told on every other screen, with the way to it", async () => {
  const { page, close } = await openChangeMode();
  await startInstaller(page);
  await walkTo(page, "welcome");
  const told = page.locator("[data-open-installer]");
  expect(await told.count()).toBe(0);
  for (const screen of ["overview", "tls", "report"] as const) {
    await goTo(page, screen);
    expect(await told.innerText()).toMatch(/^The installer is open\.\s*Page \d+ of \d+/);
  }
  await told.getByRole("button", { name: "Go to Change mode" }).click();
  await page.locator("[data-step=changeMode][aria-current=step]").waitFor();
  await cancelRun(page);
  await goTo(page, "overview");
  expect(await told.count()).toBe(0);
  await close();
});

describe("a rehearsed failure", () => {
  test("on the mailbox page says what Microsoft Entra refused, and stays on the page", async () => {
    const { page, close } = await openChangeMode("wrongSecret");
    await startInstaller(page);
    await walkTo(page, "mailbox");
    await pressNext(page);
    const refusal = page.locator("[data-companion] [data-sign-in-error]");
    await refusal.waitFor();
    expect(await refusal.getAttribute("data-sign-in-error")).toBe("AADSTS7000215");
    expect(await companionPage(page)).toBe("mailbox");
    await page.locator("[data-press=cancel]:not([aria-disabled=true])").click();
    await ended(page, 1602).waitFor();
    expect(await ended(page, 1602).innerText()).toContain("AADSTS7000215");
    await close();
  });

  test.each([
    { failure: "missingMedia", told: /media/ },
    { failure: "customActionFails", told: /custom action/i },
  ])("of $failure gives the cause, the cure and the first action that failed", async ({ failure, told }) => {
    const { page, home, close } = await openChangeMode(failure);
    const before = practiceRegistry(home);
    await startInstaller(page);
    await walkTo(page, "install");
    await pressNext(page);
    const end = page.locator("main [data-run-ended]");
    await end.waitFor();
    expect(await end.getAttribute("data-run-ended")).toBe("1603");
    expect(await end.innerText()).toMatch(told);
    expect(await end.innerText()).toMatch(/line \d+ of the log/i);
    await end.locator("[data-first-failure]").waitFor();
    // The lines around a cause are read on demand, with their numbers.
    await end.getByRole("button", { name: "The lines around it" }).first().click();
    const lines = end.getByRole("region", { name: "The lines around it" }).first();
    await lines.waitFor();
    expect(await lines.innerText()).toMatch(/^\s*\d+\s+\S/);
    expect(await lines.innerText()).toMatch(/Error 17\d\d\. /);
    expect(await end.getByRole("button", { name: /^Copy the lines up to \d+$/ }).count()).toBe(1);
    await eventually(() => findingStatus(page, "change.run")).toBe("action");
    expect(practiceRegistry(home)).toBe(before);
    await close();
  });

  test("by Cancel leaves the server as it was and says that it can be started again", async () => {
    const { page, home, close } = await openChangeMode();
    const before = practiceRegistry(home);
    await startInstaller(page);
    await walkTo(page, "database");
    await page.locator("[data-press=cancel]:not([aria-disabled=true])").click();
    await ended(page, 1602).waitFor();
    expect(await ended(page, 1602).innerText()).toContain("It can be started again.");
    expect(practiceRegistry(home)).toBe(before);
    await eventually(() => page.locator("[data-run='1602']").count()).toBe(1);
    await goTo(page, "mailServer");
    expect(await page.locator("[data-place]").innerText()).toBe("Not shown in the last run");
    await close();
  });

  test("by another installation starts nothing and says what to do", async () => {
    const { page, close } = await openChangeMode("another");
    await startInstaller(page);
    const problem = page.locator("[data-problem]");
    await problem.waitFor();
    expect(await problem.innerText()).toMatch(/another installation/i);
    await eventually(() => page.locator("[data-companion]").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Start the installer…" }).isEnabled()).toBe(true);
    await close();
  });

  test("of the log's own secrecy is mended by cleaning the log", async () => {
    const { page, close } = await openChangeMode("passwordInLog");
    await startInstaller(page);
    await walkTo(page, "install");
    await pressNext(page);
    await ended(page, 0).waitFor();
    const panel = page.getByRole("region", { name: "Secrets in the log" });
    await panel.waitFor();
    const path = await panel.locator("code").innerText();
    const lines = logOf(path);
    expect(lines).toContain("Practice-only-1");
    await panel.getByRole("button", { name: "Clean the log…" }).click();
    const question = page.locator("[data-clean-log]");
    expect(await question.innerText()).toContain(path);
    await question.getByRole("button", { name: "Clean the log" }).click();
    await question.waitFor({ state: "detached" });
    await panel.waitFor({ state: "detached" });
    expect(logOf(path)).not.toContain("Practice-only-1");
    expect(logOf(path).split("\n").length).toBe(lines.split("\n").length);
    await eventually(() => findingStatus(page, "change.log")).toBe("done");
    await close();
  });
});

test("a recorded server is not started from here: why is said, and the command can be copied", async () => {
  const { page, close } = await openWindow({ at: "changeMode" });
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Fully configured" }).click();
  await page.locator("[data-server=recorded]").waitFor();
  await page.locator("[data-refusal]").waitFor();
  expect(await page.getByRole("button", { name: "Start the installer…" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Copy Change mode command" }).count()).toBe(1);
  await close();
});

test("the list of pages shows those that decide something, and on demand all eighteen with their drawings", async () => {
  const { page, close } = await openWindow({ at: "changeMode" });
  expect(await page.locator("[data-page-row]").count()).toBe(7);
  await page.getByRole("button", { name: "All 18 pages" }).click();
  expect(await page.locator("[data-page-row]").count()).toBe(18);
  await page.locator("[data-page-row=database] button").click();
  const label = await page.locator("[data-page-row=database] svg[data-page]").getAttribute("aria-label");
  expect(label).toContain("Re-use the existing database: chosen, marked 1");
  expect(label).toContain("Create a new database: not chosen");
  await close();
});

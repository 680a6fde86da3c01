import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { cancelRun, companionPage, mimMail, pressNext, startInstaller, walkTo } from "./change-mode-walk.ts";
import { eventually, type OpenWindow, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

async function openRun(options: WindowOptions = {}): Promise<OpenWindow> {
  const opened = await openWindow({ at: "changeMode", viewport: { width: 1440, height: 900 }, ...options });
  await startInstaller(opened.page);
  await eventually(() => companionPage(opened.page)).toBe("welcome");
  return opened;
}

const announced = (page: Page): Promise<string> => page.locator("[data-announcer]").innerText();

describe("the companion at the side of the window", () => {
  test("has a column of its own in a wide window, lies over the step in a narrow one, and can be closed", async () => {
    const { page, close } = await openRun();
    const places = (): Promise<readonly number[]> =>
      page.evaluate(() => {
        const side = document.querySelector("aside[aria-label=Companion]")?.getBoundingClientRect();
        const step = document.querySelector("main")?.getBoundingClientRect();
        return [Math.round(side?.width ?? 0), Math.round((side?.left ?? 0) - (step?.right ?? 0))];
      });
    expect(await places()).toEqual([380, 0]);
    await page.setViewportSize({ width: 1024, height: 700 });
    const [width = 0, apart = 0] = await places();
    expect(width).toBe(380);
    expect(apart).toBeLessThan(0);
    await page.getByRole("button", { name: "Close the companion" }).click();
    await page.locator("[data-companion]").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("screen-title");
    await page.getByRole("button", { name: "Open companion" }).click();
    await eventually(() => companionPage(page)).toBe("welcome");
    await cancelRun(page);
    await close();
  });

  test("tells a screen reader each page it comes to", async () => {
    const { page, close } = await openRun();
    await pressNext(page);
    await eventually(() => announced(page)).toBe("Page 2 of 14: Change, repair, or remove installation.");
    await cancelRun(page);
    await close();
  });

  test("is moved by hand when the installer is on another page, and says that the person said so", async () => {
    const { page, close } = await openRun();
    await page.getByRole("button", { name: "Page after" }).click();
    await eventually(() => companionPage(page)).toBe("maintenance");
    await page.getByRole("button", { name: "Page before" }).click();
    await eventually(() => companionPage(page)).toBe("welcome");
    await page
      .getByLabel("The installer is on another page")
      .selectOption({ label: "7. Configure service certificate" });
    await eventually(() => companionPage(page)).toBe("certificate");
    await cancelRun(page);
    await close();
  });

  test("keeps a tick for each of the eighteen pages, set by the log or by hand", async () => {
    const { page, close } = await openRun();
    await walkTo(page, "customSetup");
    await page.getByRole("button", { name: "2 of 14 pages completed" }).click();
    expect(await page.locator("[data-companion] li input[type=checkbox]").count()).toBe(18);
    const tick = page.getByRole("checkbox", { name: /Database Backup Warning/ });
    expect(await tick.isChecked()).toBe(false);
    await tick.click();
    await page.getByRole("button", { name: "3 of 15 pages completed" }).waitFor();
    await page.getByRole("checkbox", { name: "1. Welcome" }).click();
    await page.getByRole("button", { name: "2 of 15 pages completed" }).waitFor();
    expect(await page.getByRole("checkbox", { name: "1. Welcome" }).isChecked()).toBe(false);
    await cancelRun(page);
    await close();
  });

  test("is gone through with the keyboard alone", async () => {
    const { page, close } = await openRun();
    const next = page.locator("[data-press=next]");
    for (const shown of ["maintenance", "customSetup"]) {
      await page.locator("[data-press=next]:not([aria-disabled=true])").waitFor();
      await next.focus();
      await page.keyboard.press("Enter");
      await eventually(() => companionPage(page)).toBe(shown);
      expect(await next.evaluate((button) => button === document.activeElement)).toBe(true);
    }
    await cancelRun(page);
    await close();
  });
});

test("the companion's own address shows the companion and nothing else", async () => {
  const { page, close } = await openRun();
  const beside = await page.context().newPage();
  await beside.setViewportSize({ width: 400, height: 900 });
  await beside.goto(page.url().replace(/#.*/, "#companion"));
  await eventually(() => companionPage(beside)).toBe("welcome");
  expect(await beside.locator("header, nav, [data-step]").count()).toBe(0);
  expect(await beside.title()).toContain("Companion");
  expect(await beside.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  // It follows what is pressed in the other window.
  await pressNext(page);
  await eventually(() => companionPage(beside)).toBe("maintenance");
  await cancelRun(page);
  await close();
});

test("without a run the companion says where to start one", async () => {
  const { page, close } = await openWindow({ at: "changeMode" });
  const beside = await page.context().newPage();
  await beside.goto(page.url().replace(/#.*/, "#companion"));
  await beside.locator("[data-companion=none]").waitFor();
  expect(await beside.locator("[data-companion]").innerText()).toContain("The installer is not open.");
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`no question, page or end of a run breaks a rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, home, close } = await openWindow({
      at: "changeMode",
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1440, height: 900 },
    });
    await bringAxe(page);
    mimMail(home, "practice", "fail", "passwordInLog");
    await page.getByRole("button", { name: "Start the installer…" }).click();
    await page.locator("[data-start-installer]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("[data-start-installer]").waitFor({ state: "detached" });
    await startInstaller(page);
    await walkTo(page, "mailbox");
    await page.getByRole("button", { name: /pages completed/ }).click();
    expect(await faults(page)).toEqual([]);
    await walkTo(page, "install");
    expect(await faults(page)).toEqual([]);
    await pressNext(page);
    await page.locator("main [data-run-ended]").waitFor();
    await page.getByRole("button", { name: "Clean the log…" }).waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.getByRole("button", { name: "Clean the log…" }).click();
    await page.locator("[data-clean-log]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

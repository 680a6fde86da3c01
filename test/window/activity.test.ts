import { userInfo } from "node:os";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { bringAxe, faults } from "./axe.ts";
import { practiceRegistry } from "./practice-home.ts";
import { eventually, goTo, type OpenWindow, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

/** A window on Activity, with the TLS changes of the guide made on the practice server just before. */
async function openAfterChange(options: WindowOptions = {}): Promise<OpenWindow & { readonly before: string }> {
  const opened = await openWindow({ ...options, at: "tls" });
  const { page, home } = opened;
  const before = practiceRegistry(home);
  await page.locator("[data-review]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("I have checked these").check();
  await dialog.getByRole("button", { name: /^Set \d+ values$/ }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await dialog.waitFor({ state: "detached" });
  await goToActivity(page);
  return { ...opened, before };
}

async function goToActivity(page: Page): Promise<void> {
  await page.locator("[data-step=activity]").click();
  await page.locator("main [data-filter=day]").waitFor();
}

test("lists all that happened with who did it, and a change opens its values and the way back", async () => {
  const { page, home, before, close } = await openAfterChange();
  expect(await page.locator("h1").innerText()).toBe("Activity");
  const change = page.locator("[data-timeline=change]");
  expect(await change.innerText()).toContain(`16 values of the registry changed, by ${userInfo().username}`);
  await change.getByRole("button").first().click();
  expect(await change.innerText()).toMatch(/SCHANNEL\\Protocols\\TLS 1\.0\\Client[\s\S]*Enabled[\s\S]*becomes/);
  await change.getByRole("button", { name: /^Undo: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Put back 16 values" }).click();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  expect(practiceRegistry(home)).toBe(before);
  // The change stays in the list with its true outcome.
  await eventually(() => page.locator("[data-timeline=undo]").count()).toBe(1);
  expect(await change.innerText()).toContain("Put back since.");
  // What is on the page of the whole is the end of it on the overview.
  await goTo(page, "overview");
  await page.getByRole("link", { name: "All activity" }).click();
  await page.locator("[data-step=activity][aria-current=step]").waitFor();
  await close();
});

test("is asked by day and by kind, and what was confirmed stands there without a time", async () => {
  const { page, close } = await openAfterChange();
  const days = () => page.locator("main h3").allInnerTexts();
  const all = await days();
  expect(all.length).toBeGreaterThan(1);
  await page.locator("[data-filter=day]").selectOption({ index: 2 });
  expect(await days()).toEqual([all[1]]);
  await page.locator("[data-filter=day]").selectOption("");
  await page.locator("[data-filter=kind]").selectOption("checks");
  const confirmed = page.locator("[data-timeline=confirmation]");
  expect(await confirmed.innerText()).toContain("weighed what TLS 1.2 alone breaks");
  expect(await confirmed.locator("time").innerText()).toBe("");
  expect(await page.locator("[data-timeline=change]").count()).toBe(0);
  await page.locator("[data-filter=kind]").selectOption("server");
  const event = page.locator("[data-timeline=event]").first();
  await event.getByRole("button").first().click();
  expect(await event.innerText()).toContain("Exchange Web Service");
  await event.getByRole("link", { name: "Open Verify" }).click();
  await page.locator("[data-step=verify][aria-current=step]").waitFor();
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`breaks no rule of WCAG 2.2 AA in ${colorScheme}, and does not scroll sideways`, async () => {
    const { page, close } = await openWindow({ at: "overview", colorScheme, bypassCSP: true });
    await goToActivity(page);
    await bringAxe(page);
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>("[data-timeline] button[aria-expanded=false]"))
        button.click();
    });
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 640, height: 400 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await close();
  });
}

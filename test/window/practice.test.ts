import { expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, findingStatus, prepareWindows, tabTo } from "./window.ts";

const openWindow = prepareWindows();

test("what shall go wrong is chosen from a list, and leads to where it is found", async () => {
  const { page, close } = await openWindow({ at: "overview", bypassCSP: true });
  await tabTo(page, "[data-practice]");
  await page.keyboard.press("Enter");
  const dialog = page.locator("[data-practice-dialog]");
  await dialog.waitFor();
  expect(await dialog.locator("[data-fault]").count()).toBeGreaterThanOrEqual(12);
  await bringAxe(page);
  expect(await faults(page, focusKeepers)).toEqual([]);
  const fault = dialog.locator("[data-fault=fips]");
  await fault.getByRole("switch").check();
  await fault.getByRole("button", { name: "Go to Server" }).click();
  await dialog.waitFor({ state: "detached" });
  await eventually(() => findingStatus(page, "server.fips")).toBe("attention");
  await close();
});

test("the simulated Microsoft is asked in the cloud's panel, and what it misses is put right beside it", async () => {
  const { page, close } = await openWindow({ at: "azureIds", viewport: { width: 1440, height: 900 }, bypassCSP: true });
  await page.locator("[data-made-up]").click();
  await page.locator("[data-practice]").click();
  await page.locator("[data-fault=noConsent]").getByRole("switch").check();
  await page.locator("[data-practice-dialog]").getByRole("button", { name: "Close" }).click();
  await page.locator("[data-practice-dialog]").waitFor({ state: "detached" });
  const missing = page.locator("[data-microsoft=noConsent][data-missing=true]");
  await missing.waitFor();
  const ask = async (): Promise<void> => {
    await page.locator("input[type=password]").fill("Anything-at-all-1234567890-abcdefghij");
    await page.locator("[data-ask]").click();
  };
  await ask();
  await page.locator("[data-answer=full]").waitFor();
  await eventually(() => findingStatus(page, "azure.role")).toBe("action");
  expect(await page.locator("[data-simulated]").innerText()).toContain("Nothing leaves this computer");
  await bringAxe(page);
  expect(await faults(page, focusKeepers)).toEqual([]);
  await missing.getByRole("button").click();
  await missing.waitFor({ state: "detached" });
  await ask();
  await eventually(() => page.locator("[data-answer=full]").innerText()).not.toContain("Not granted");
  await eventually(() => page.locator("[data-finding='azure.role'][data-status=action]").count()).toBe(0);
  await close();
});

test("starting over clears what is wanted, where no other server shares it", async () => {
  const { page, close } = await openWindow({ at: "azureIds" });
  await page.locator("[data-made-up]").click();
  await eventually(() => page.locator("[data-target=tenantId]").inputValue()).not.toBe("");
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Start practice over…" }).click();
  await page.getByRole("button", { name: "Start over" }).click();
  await eventually(() => page.locator("[data-target=tenantId]").inputValue()).toBe("");
  await close();
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults } from "./axe.ts";
import { goTo, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

const steps = (page: Page) => page.getByRole("list", { name: "Steps of the renewal" });
const step = (page: Page, id: string) => page.locator(`[data-renewal=${id}]`);

/** A renewal that was begun, for an application that is entered. */
async function begun(options: WindowOptions = {}) {
  const opened = await openWindow({ ...options, at: "azureIds" });
  const { page } = opened;
  await page.locator('[data-target="applicationId"]').fill("1a2b3c4d-1111-2222-3333-444455556666");
  await page.getByRole("button", { name: "Begin a renewal" }).click();
  await steps(page).waitFor();
  return opened;
}

describe("renewing the client secret in the window", () => {
  test("leads from step to step, and goes on where it was left", async () => {
    const { page, home, close } = await begun();
    expect(await step(page, "made").innerText()).toContain("--append");
    expect(await step(page, "made").innerText()).toContain("1a2b3c4d-1111-2222-3333-444455556666");
    await page.getByLabel("The new secret expires on").fill("2029-11-01");
    await page.getByRole("button", { name: "It is made" }).click();
    await page.locator("[data-renewal=checked][data-state=next]").waitFor();
    expect(await step(page, "made").innerText()).toContain("Made; it expires on 2029-11-01.");
    await goTo(page, "tls");
    await goTo(page, "azureIds");
    await page.getByRole("button", { name: "It was checked elsewhere" }).click();
    await page.locator("[data-renewal=changeMode][data-state=next]").waitFor();
    expect(await step(page, "removed").getByRole("button").count()).toBe(0);
    await close();
    const saved = JSON.parse(readFileSync(join(home, "renewals.json"), "utf8"));
    expect(saved.renewals.practice).toMatchObject({ newExpires: "2029-11-01", removedAt: null });
  });

  test("is forgotten when it is abandoned", async () => {
    const { page, close } = await begun();
    await page.getByRole("button", { name: "Abandon the renewal" }).click();
    await page.getByRole("button", { name: "Begin a renewal" }).waitFor();
    expect(await steps(page).count()).toBe(0);
    await close();
  });

  test.each(["light", "dark"] as const)("breaks no rule of WCAG 2.2 AA in %s", async (colorScheme) => {
    const { page, close } = await begun({ bypassCSP: true, colorScheme, viewport: { width: 1024, height: 700 } });
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    if (process.env["MIM_MAIL_PICTURES"]) {
      await steps(page).screenshot({ path: join(process.env["MIM_MAIL_PICTURES"], `renewal-${colorScheme}.png`) });
    }
    await close();
  });
});

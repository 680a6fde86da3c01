import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

const palette = (page: Page) => page.locator("[data-palette]");

/** Opens the palette with its key, types, and chooses what stands first. */
async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await palette(page).waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await palette(page).waitFor({ state: "detached" });
}

test("steps, findings and commands are found with the keyboard alone", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  await find(page, "verify");
  await page.locator("[data-step=verify][aria-current=step]").waitFor();
  await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe("screen-title");

  // A finding is gone to where it stands, and has the focus.
  await find(page, "backup");
  await page.locator("[data-step=server][aria-current=step]").waitFor();
  await eventually(() =>
    page.evaluate(() => document.activeElement?.closest("[data-finding]")?.getAttribute("data-finding")),
  ).toBe("server.backup");

  await find(page, "review");
  await page.getByRole("dialog").getByText("Review 16 values").waitFor();
  // While a dialog is open, the key is that dialog's.
  await page.keyboard.press("Control+k");
  expect(await palette(page).count()).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  // Down and Up go round, and Escape gives the focus back.
  await page.locator("[data-find]").focus();
  await page.keyboard.press("Enter");
  const selected = () => palette(page).locator("[aria-selected=true]").innerText();
  expect(await selected()).toContain("Overview");
  await page.keyboard.press("ArrowUp");
  expect(await selected()).toContain("Colours");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  expect(await selected()).toContain("Server");
  await page.keyboard.press("Escape");
  await eventually(() => page.evaluate(() => document.activeElement?.hasAttribute("data-find"))).toBe(true);
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`breaks no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({ at: "overview", colorScheme, bypassCSP: true });
    await bringAxe(page);
    await page.keyboard.press("Control+k");
    await palette(page).waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.keyboard.type("no such thing");
    await palette(page).getByText("Nothing has these words.").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

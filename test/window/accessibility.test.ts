import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { goTo, prepareWindows, screens } from "./window.ts";

const openWindow = prepareWindows();

async function unfold(page: Page): Promise<void> {
  // The folded lists first: what is in them can be opened only then.
  for (let round = 0; round < 2; round += 1) {
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>("main button[aria-expanded=false]")) button.click();
    });
  }
  expect(await page.locator("main button[aria-expanded=false]").count()).toBe(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  describe(`in ${colorScheme}`, () => {
    test("no screen breaks a rule of WCAG 2.2 AA, folded or unfolded", async () => {
      const { page, close } = await openWindow({ colorScheme, bypassCSP: true });
      await bringAxe(page);
      expect(await page.locator("[data-theme]").getAttribute("data-theme")).toBe(colorScheme);
      for (const screen of screens) {
        await goTo(page, screen);
        expect({ screen, faults: await faults(page, focusKeepers) }).toEqual({
          screen,
          faults: [],
        });
        await unfold(page);
        expect({ screen, faults: await faults(page, focusKeepers) }).toEqual({
          screen,
          faults: [],
        });
      }
      await close();
    });

    test("menus, the dialog of acceptance and an error break no rule of WCAG 2.2 AA", async () => {
      const { page, close } = await openWindow({ colorScheme, bypassCSP: true, at: "exchange" });
      await bringAxe(page);
      await page.locator("[data-server]").click();
      await page.getByRole("menuitem").first().waitFor();
      expect(await faults(page, focusKeepers)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitemradio").first().waitFor();
      expect(await faults(page, focusKeepers)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.locator("[data-finding='exchange.ewsEnd'] button").first().click();
      await page.getByRole("button", { name: "Accept as it is" }).click();
      await page.getByRole("dialog").waitFor();
      await page.getByRole("button", { name: "Accept", exact: true }).click();
      expect(await page.getByText("Say why it may stay as it is.").isVisible()).toBe(true);
      expect(await faults(page, focusKeepers)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.locator("[data-file=recording]").setInputFiles({
        name: "broken.json",
        mimeType: "application/json",
        buffer: Buffer.from("{"),
      });
      await page.locator("[data-problem]").waitFor();
      expect(await faults(page, focusKeepers)).toEqual([]);
      await close();
    });
  });
}

test("the list of steps says each step's status in words and not by its sign alone", async () => {
  const { page, close } = await openWindow();
  for (const screen of screens) {
    const words = await page.locator(`[data-step=${screen}]`).innerText();
    expect(words.split("\n").filter((part) => part.trim() !== "").length).toBeGreaterThan(1);
  }
  await close();
});

test.each([
  { width: 1024, height: 700 },
  { width: 1440, height: 900 },
  { width: 640, height: 400 },
  { width: 512, height: 350 },
])("no screen scrolls sideways at $width × $height", async (viewport) => {
  const { page, close } = await openWindow({ viewport });
  for (const screen of screens) {
    await goTo(page, screen);
    const wide = await page.evaluate(() => {
      const main = document.querySelector("main");
      const over = (element: Element | null): number =>
        element === null ? Number.NaN : element.scrollWidth - element.clientWidth;
      return [over(document.documentElement), over(main)];
    });
    expect({ screen, wide }).toEqual({ screen, wide: [0, 0] });
  }
  await close();
});

test("in a window as low as 200 % makes it, the way on stays in sight and covers nothing that has the focus", async () => {
  const { page, close } = await openWindow({ at: "tls", viewport: { width: 720, height: 450 } });
  const next = await page.locator("footer [data-next]").boundingBox();
  expect(next?.y).toBeLessThan(450 - (next?.height ?? 0));
  for (let count = 0; count < 30; count += 1) {
    await page.keyboard.press("Tab");
    const covered = await page.evaluate(() => {
      const focused = document.activeElement;
      const footer = document.querySelector("footer");
      if (focused === null || footer === null || !document.querySelector("main")?.contains(focused)) return false;
      return focused.getBoundingClientRect().bottom > footer.getBoundingClientRect().top + 1;
    });
    expect(covered).toBe(false);
  }
  await close();
});

test("the drawn pages of the installer take no press and say all they show", async () => {
  const { page, close } = await openWindow({ at: "mailServer" });
  const drawing = page.locator("[data-page='7']");
  expect(await drawing.getAttribute("role")).toBe("img");
  expect(await drawing.getAttribute("aria-label")).toContain("Mail Server: Office 365, marked 1");
  expect(await drawing.locator("button, a, input, [tabindex]").count()).toBe(0);
  expect(await drawing.evaluate((element) => getComputedStyle(element).pointerEvents)).toBe("none");
  await close();
});

test("less motion is kept to where the system asks for it", async () => {
  const { page, close } = await openWindow({ reducedMotion: "reduce" });
  const longest = await page.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll("*")].map((element) =>
        Math.max(...getComputedStyle(element).transitionDuration.split(",").map(Number.parseFloat)),
      ),
    ),
  );
  expect(longest).toBeLessThan(0.05);
  await close();
});

import { expect, test } from "vitest";
import { eventually, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

test("the colours follow the system until they are chosen, and the choice is kept", async () => {
  const { page, close } = await openWindow({ colorScheme: "light" });
  const theme = page.locator("[data-theme]");
  expect(await theme.getAttribute("data-theme")).toBe("light");
  await page.emulateMedia({ colorScheme: "dark" });
  await eventually(() => theme.getAttribute("data-theme")).toBe("dark");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitemradio", { name: "High contrast" }).click();
  await eventually(() => theme.getAttribute("data-theme")).toBe("highContrast");
  await page.reload();
  await eventually(() => theme.getAttribute("data-theme")).toBe("highContrast");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitemradio", { name: "As Windows" }).click();
  await eventually(() => theme.getAttribute("data-theme")).toBe("dark");
  await close();
});

test("Windows' own high contrast is followed", async () => {
  const { page, close } = await openWindow({ forcedColors: "active" });
  expect(await page.locator("[data-theme]").getAttribute("data-theme")).toBe("highContrast");
  await close();
});

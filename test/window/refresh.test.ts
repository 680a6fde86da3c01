import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { eventually, findingStatus, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

/** Remembers what has the focus, so that it can be told from another element that looks the same. */
async function hold(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { held: document.activeElement }));
}

async function isHeld(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { held } = window as unknown as { held: Element };
    return held === document.activeElement && held.isConnected && held !== document.body;
  });
}

/** Looks again by key and waits until its end was told. */
async function lookAgain(page: Page, key: string): Promise<void> {
  const told = await page.locator("[data-announcer] > span").elementHandle();
  await page.keyboard.press(key);
  // Each announcement is a new element, also when its words are the same.
  await eventually(() => told?.evaluate((element) => element.isConnected)).toBe(false);
  expect(await page.locator("[data-announcer]").textContent()).toContain("Looked at");
}

test("a new look keeps the focus on a finding that is open, and leaves it open", async () => {
  const { page, close } = await openWindow({ at: "verify" });
  const finding = page.locator("[data-finding='verify.token'] button").first();
  await finding.focus();
  await page.keyboard.press("Enter");
  await page.getByText("What should it be and why").waitFor();
  await hold(page);
  await lookAgain(page, "F5");
  expect(await isHeld(page)).toBe(true);
  expect(await finding.getAttribute("aria-expanded")).toBe("true");
  await close();
});

test("a new look keeps the focus and the caret in a field, and what was typed", async () => {
  const { page, close } = await openWindow({ at: "azureIds" });
  const field = page.locator("[data-target=applicationId]");
  await field.focus();
  await page.keyboard.type("6e0c9a1f");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  // What was typed is judged and announced first; the look's own announcement comes after it.
  await eventually(() => findingStatus(page, "azure.applicationId")).toBe("action");
  await hold(page);
  await lookAgain(page, "Control+r");
  expect(await isHeld(page)).toBe(true);
  expect(await field.evaluate((input: HTMLInputElement) => [input.value, input.selectionStart])).toEqual([
    "6e0c9a1f",
    6,
  ]);
  await close();
});

test("a status that changes while its row has the focus does not move the row from under it", async () => {
  const { page, close } = await openWindow({ at: "server" });
  const row = page.locator("[data-finding='server.backup'] button").first();
  await page.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await row.focus();
  await hold(page);
  await eventually(() => findingStatus(page, "server.backup")).toBe("done");
  expect(await isHeld(page)).toBe(true);
  await page.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await eventually(() => findingStatus(page, "server.backup")).toBe("pending");
  await close();
});

test("what is typed while an answer is on its way is not overwritten by it", async () => {
  const { page, close } = await openWindow({ at: "serviceAccount" });
  const field = page.locator("[data-target=serviceEmail]");
  await page.clock.install();
  await page.reload();
  await field.focus();
  await page.keyboard.type("mimservice@con");
  for (const letter of "toso.com") {
    // Past the rest that sends: the answer comes while the next letters are typed.
    await page.clock.fastForward(340);
    await page.keyboard.type(letter);
  }
  expect(await field.inputValue()).toBe("mimservice@contoso.com");
  await eventually(() => findingStatus(page, "account.email")).toBe("done");
  await page.reload();
  await eventually(() => field.inputValue()).toBe("mimservice@contoso.com");
  await field.fill("");
  await eventually(() => findingStatus(page, "account.email")).toBe("pending");
  await close();
});

test("accepting a finding keeps the focus, stays on show, and can be withdrawn", async () => {
  const { page, close } = await openWindow({ at: "tls" });
  const row = page.locator("[data-finding='tls.dotnet.v2.32']");
  await row.getByRole("button").click();
  await page.getByRole("button", { name: "Accept as it is" }).click();
  await page.getByLabel("Reason").fill("No 32-bit program sends mail here");
  await page.getByLabel("Accepted by").fill("A. Example");
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await eventually(() => row.innerText()).toContain("Accepted");
  const withdraw = page.getByRole("button", { name: "Withdraw acceptance" });
  await eventually(() => withdraw.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press("Enter");
  await eventually(() => row.innerText()).toContain("To change");
  await close();
});

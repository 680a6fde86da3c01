import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { pressNext, startInstaller, walkTo } from "./change-mode-walk.ts";
import { eventually, findingStatus, goTo, prepareWindows, stepStatus } from "./window.ts";

const openWindow = prepareWindows();

const act = async (page: Page, what: string): Promise<void> => {
  await page.locator(`main [data-act=${what}]:not([aria-disabled=true])`).click();
  await page.locator(`main [data-act=${what}]:not([aria-disabled=true])`).waitFor();
};

/** Makes every change of the profile, costs confirmed. */
async function makeChanges(page: Page): Promise<void> {
  await goTo(page, "tls");
  await page.locator("footer [data-review]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "I have checked these" }).check();
  await dialog.getByRole("button", { name: /^Set \d+ values$/ }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

async function enterWishes(page: Page): Promise<void> {
  await goTo(page, "azureIds");
  await page.locator("[data-made-up]").click();
  await page.getByLabel("Client secret expires on").fill("2028-11-20");
  await goTo(page, "serviceAccount");
  await page.locator("[data-target=serviceEmail]").fill("mimservice@contoso.com");
}

async function askMicrosoft(page: Page): Promise<void> {
  await goTo(page, "azureIds");
  await page.locator("input[type=password]").fill("Anything-at-all-1234567890-abcdefghij");
  await page.locator("[data-ask]").click();
  await page.locator("[data-asking]").waitFor({ state: "detached" });
  await page.locator("[data-answer=full]").waitFor();
}

async function install(page: Page): Promise<void> {
  await goTo(page, "changeMode");
  await startInstaller(page);
  await walkTo(page, "install");
  await pressNext(page);
  await page.locator("main [data-run-ended='0']").waitFor();
}

test("a first-time user comes from the cold start to the end of the job by the documented clicks", async () => {
  const { page, close } = await openWindow({ at: "overview", viewport: { width: 1440, height: 900 } });
  await goTo(page, "server");
  await page.getByRole("checkbox", { name: "The databases and this server are backed up" }).check();
  await makeChanges(page);
  await enterWishes(page);
  await askMicrosoft(page);
  await install(page);
  await page.locator("[data-companion] [data-to-verify]").click();
  await page.locator("[data-step=verify][aria-current=step]").waitFor();
  expect(await page.locator("[data-companion]").count()).toBe(0);
  await act(page, "restartWindows");
  await act(page, "letTimePass");
  await act(page, "sendNotification");
  expect(await page.locator("[data-notification]").getAttribute("data-notification")).toBe("arrived");
  await page.getByRole("button", { name: "It arrived just now" }).click();
  await eventually(() => findingStatus(page, "verify.mail")).toBe("done");
  await goTo(page, "overview");
  await eventually(() => page.locator("h1").innerText()).toMatch(/^MIM on MIM01 sends its mail through Office 365$/);
  expect(await page.locator("[data-step=overview]").innerText()).toMatch(/(\d+) of \1$/);
  expect(await stepStatus(page, "verify")).toBe("done");
  await page.getByRole("region", { name: "What was done" }).waitFor();
  await close();
});

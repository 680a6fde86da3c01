import type { Page } from "playwright-core";
import type { PracticeAct } from "../../electron/contract/practice.ts";
import { pressNext, startInstaller, walkTo } from "./change-mode-walk.ts";
import { eventually, findingStatus, goTo } from "./window.ts";

/** Does on the practice server what a person does on a real one, by the buttons of the screen on show. */
export async function act(page: Page, what: PracticeAct): Promise<void> {
  await page.locator(`main [data-act=${what}]:not([aria-disabled=true])`).click();
  await page.locator(`main [data-act=${what}]:not([aria-disabled=true])`).waitFor();
}

/** Makes every change of the profile, costs confirmed, up to how it is to end. */
export async function makeChanges(page: Page, outcome: "applied" | "undone" | "stuck" = "applied"): Promise<void> {
  await goTo(page, "tls");
  await page.locator("footer [data-review]").click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("[data-change=review]").waitFor();
  const costs = dialog.getByRole("checkbox", { name: "I have checked these" });
  if ((await costs.count()) > 0) await costs.check();
  await dialog.getByRole("button", { name: /^Set \d+ values$/ }).click();
  await dialog.locator(`[data-change=${outcome}]`).waitFor();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Enters what is wanted: made-up IDs, the secret's last day, the service's address. */
export async function enterWishes(page: Page): Promise<void> {
  await goTo(page, "azureIds");
  await page.locator("[data-made-up]").click();
  await page.getByLabel("Client secret expires on").fill("2028-11-20");
  await goTo(page, "serviceAccount");
  await page.locator("[data-target=serviceEmail]").fill("mimservice@contoso.com");
}

/** Asks the simulated Microsoft, and waits for its answer. */
export async function askMicrosoft(page: Page): Promise<void> {
  await goTo(page, "azureIds");
  await page.locator("input[type=password]").fill("Anything-at-all-1234567890-abcdefghij");
  await page.locator("[data-ask]").click();
  await page.locator("[data-asking]").waitFor({ state: "detached" });
  await page.locator("[data-answer=full]").waitFor();
}

/** Goes through the practice installer to its successful end. */
export async function install(page: Page): Promise<void> {
  await goTo(page, "changeMode");
  await startInstaller(page);
  await walkTo(page, "install");
  await pressNext(page);
  await page.locator("main [data-run-ended='0']").waitFor();
}

/** Proves that mail works: Windows restarts, a quarter of an hour passes, a notification arrives. */
export async function prove(page: Page): Promise<void> {
  await goTo(page, "verify");
  await act(page, "restartWindows");
  await act(page, "letTimePass");
  await act(page, "sendNotification");
  await page.locator("[data-notification=arrived]").waitFor();
  await page.getByRole("button", { name: "It arrived just now" }).click();
  await eventually(() => findingStatus(page, "verify.mail")).toBe("done");
}

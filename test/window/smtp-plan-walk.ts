import type { Page } from "playwright-core";

/** A question of the plan, by its id. */
export const question = (page: Page, id: string) => page.locator(`[data-question=${id}]`);

/** Opens the plan from the overview, where SMTP is decided for the time after. */
export async function openPlan(page: Page): Promise<void> {
  await page
    .getByRole("region", { name: /^EWS ends in/ })
    .getByRole("radio", { name: "Plan SMTP now" })
    .check();
  await page.getByRole("link", { name: "Plan the way from EWS to SMTP" }).click();
  await page.getByRole("heading", { level: 1, name: "From EWS to SMTP" }).waitFor();
  await question(page, "approvals").waitFor();
}

/** Answers that lead to a connector by address. */
export async function answerAll(page: Page): Promise<void> {
  await question(page, "approvals").getByRole("radio", { name: "No" }).check();
  await question(page, "exchangeServer").getByRole("radio", { name: "No" }).check();
  await question(page, "ownRelay").getByRole("radio", { name: "No" }).check();
  await question(page, "recipients")
    .getByRole("radio", { name: /outside/ })
    .check();
  await question(page, "identity")
    .getByRole("radio", { name: /static public address/ })
    .check();
  await page.locator("[data-way=connectorAddress]").waitFor();
}

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { act, askMicrosoft, enterWishes, install, makeChanges, prove } from "./rehearsal-walk.ts";
import { eventually, goTo, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

/** Waits until a step of the renewal is next. */
async function next(page: Page, id: string): Promise<void> {
  await goTo(page, "azureIds");
  await page.locator(`[data-renewal=${id}][data-state=next]`).waitFor();
}

/** The pages that are listed on the screen Change mode. */
const pagesListed = (page: Page): Promise<(string | null)[]> =>
  page.locator("main [data-page-row]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-page-row")));

test("a renewal of the secret is rehearsed from its start to the old secret's end, after a job that was done", async () => {
  const { page, close } = await openWindow({ at: "overview", viewport: { width: 1440, height: 900 } });
  await makeChanges(page);
  await enterWishes(page);
  await askMicrosoft(page);
  await install(page);
  await prove(page);

  await goTo(page, "azureIds");
  await page.getByRole("button", { name: "Begin a renewal" }).click();
  await page.getByLabel("The new secret expires on").fill("2029-11-01");
  await page.getByRole("button", { name: "It is made" }).click();
  // What Microsoft took before is the old one.
  await next(page, "checked");
  await askMicrosoft(page);
  await next(page, "changeMode");
  expect(await page.locator("[data-renewal=removed]").getByRole("button").count()).toBe(0);

  await goTo(page, "changeMode");
  await page.locator("[data-renewal-pages]").waitFor();
  expect(await pagesListed(page)).toEqual(["mailbox", "serviceAccount"]);
  await install(page);
  await next(page, "verified");
  await goTo(page, "verify");
  await act(page, "letTimePass");
  await next(page, "removed");
  await page.getByRole("button", { name: "It is removed" }).click();
  await page.getByText("The renewal is finished: the old secret is removed.").waitFor();
  await eventually(() => page.getByLabel("Client secret expires on").inputValue()).toBe("2029-11-01");
  await goTo(page, "changeMode");
  await eventually(async () => (await pagesListed(page)).length).toBeGreaterThan(2);
  await close();
});

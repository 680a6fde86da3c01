import { expect, test } from "vitest";
import { install, makeChanges, prove } from "./rehearsal-walk.ts";
import { answerAll, openPlan } from "./smtp-plan-walk.ts";
import { eventually, goTo, prepareWindows, stepStatus } from "./window.ts";

const openWindow = prepareWindows();

test("the way to SMTP is rehearsed from its plan to the notification, with nothing of Office 365 asked", async () => {
  const { page, close } = await openWindow({ at: "overview", viewport: { width: 1440, height: 900 } });
  await openPlan(page);
  await answerAll(page);
  await goTo(page, "server");
  await page.getByRole("checkbox", { name: "The databases and this server are backed up" }).check();
  await makeChanges(page);
  await goTo(page, "mailServer");
  await page.getByLabel("Wanted").selectOption({ label: "SMTP" });
  await page.getByRole("button", { name: "Choose SMTP" }).click();
  await page.locator("[data-target=mailHost]").fill("contoso-com.mail.protection.outlook.com");
  await goTo(page, "serviceAccount");
  await page.locator("[data-target=serviceEmail]").fill("mimservice@contoso.com");
  await goTo(page, "overview");
  await page.getByRole("button", { name: /^Ask the relay: SMTP relay/ }).click();
  await page.locator("[data-relay=outside][data-status=done]").waitFor();
  for (const step of ["azureIds", "exchange"] as const) {
    await eventually(() => stepStatus(page, step)).toBe("notApplicable");
  }
  await install(page);
  await prove(page);
  for (const step of ["mailServer", "authentication", "serviceAccount", "changeMode", "verify"] as const) {
    await eventually(() => stepStatus(page, step)).toBe("done");
  }
  await goTo(page, "overview");
  await eventually(() => page.locator("h1").innerText()).toBe("MIM on MIM01 sends its mail through SMTP");
  expect(await page.locator("[data-step=overview]").innerText()).toMatch(/(\d+) of \1$/);
  await close();
});

import { expect, test } from "vitest";
import { act, askMicrosoft, enterWishes, install, makeChanges } from "./rehearsal-walk.ts";
import { eventually, findingStatus, goTo, prepareWindows, stepStatus } from "./window.ts";

const openWindow = prepareWindows();

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

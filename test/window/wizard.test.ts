import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { pageIds } from "../../electron/contract/wizard.ts";
import { eventually, goTo, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

const drawing = (page: Page, id: string) => page.locator(`svg[data-page-id="${id}"]`);
const label = (page: Page, id: string): Promise<string | null> => drawing(page, id).getAttribute("aria-label");

test("every page of the installer is drawn, takes no press and says all it shows", async () => {
  const { page, close } = await openWindow({ at: "changeMode" });
  await page.getByRole("button", { name: "All 18 pages" }).click();
  await page.evaluate(() => {
    for (const button of document.querySelectorAll<HTMLElement>("[data-page-row] button")) button.click();
  });
  for (const [index, id] of pageIds.entries()) {
    const one = drawing(page, id);
    expect(await one.getAttribute("data-page")).toBe(String(index + 1));
    expect(await one.getAttribute("role")).toBe("img");
    expect(await one.locator("button, a, input, [tabindex]").count()).toBe(0);
    const said = (await label(page, id)) ?? "";
    const drawn = await one.locator("text").allTextContents();
    expect(drawn[0]).toBe("Microsoft Identity Manager 2016 - Service and Portal");
    expect(drawn).toEqual(expect.arrayContaining(["Back", id === "install" ? "Install" : "Next", "Cancel"]));
    expect(said).toContain(id === "install" ? "Then Install, marked" : "Then Next, marked");
    // What is drawn is also said, word for word; the title bar and the two other buttons are on every page.
    const words = drawn
      .slice(1)
      .filter((text) => text !== "Back" && text !== "Cancel")
      .flatMap((text) => text.split(/[\s.:;,]+/));
    expect({ id, unsaid: words.filter((word) => !said.includes(word)) }).toEqual({ id, unsaid: [] });
    const box = await one.boundingBox();
    for (const text of await one.locator("text").all()) {
      const place = await text.boundingBox();
      if (box === null || place === null) throw new Error(`page ${id} is not shown`);
      expect({ id, words: await text.textContent(), beyond: place.x + place.width > box.x + box.width }).toEqual({
        id,
        words: await text.textContent(),
        beyond: false,
      });
    }
  }
  await close();
});

test("the drawing follows what is wanted, and a secret is never in it", async () => {
  const { page, close } = await openWindow({ at: "mailServer" });
  await page.getByLabel("Wanted").selectOption({ label: "Office 365 operated by 21Vianet" });
  await eventually(() => label(page, "mailServer")).toContain("Mail Server: Office 365 operated by 21Vianet, marked 1");
  await page.getByLabel("Wanted").selectOption({ label: "SMTP" });
  // What is lost is said before it is chosen.
  expect(await page.locator("[data-smtp-warning]").innerText()).toMatch(
    /Approvals by mail[\s\S]*Managed Service Account/,
  );
  expect(await label(page, "mailServer")).toContain("21Vianet");
  await page.getByRole("button", { name: "Choose SMTP" }).click();
  await eventually(() => label(page, "mailServer")).toContain("Mail Server: SMTP, marked 1");
  // The host that stands on the server is typed again.
  expect(await page.locator("[data-step-page=mailServer]").innerText()).toContain("smtp.contoso.com");
  await page.getByLabel("Wanted").selectOption({ label: "Office 365", exact: true } as { label: string });
  await goTo(page, "authentication");
  await page.getByRole("radio", { name: /^Application Context/ }).check();
  await eventually(() => label(page, "mailServer")).toContain("Application Context Authentication, marked 2");
  await goTo(page, "serviceAccount");
  const account = page.locator("[data-target=serviceAccount]");
  await account.fill("CONTOSO\\gmsaMIM$");
  await eventually(() => label(page, "serviceAccount")).toContain("Service Account Name: gmsaMIM$, marked 1");
  expect(await label(page, "serviceAccount")).toContain("Service Account Password: greyed, stays empty");
  await account.fill("CONTOSO\\svcMIM");
  await eventually(() => label(page, "serviceAccount")).toContain(
    "Service Account Password: typed in the installer alone, marked 2",
  );
  const values = page.locator("[data-step-page=serviceAccount]");
  expect(await values.getByRole("button", { name: "Copy Service Account Name" }).count()).toBe(1);
  expect(await values.getByRole("button", { name: /^Copy .*Password/ }).count()).toBe(0);
  await close();
});

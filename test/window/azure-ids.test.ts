import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { eventually, findingStatus, goTo, type OpenWindow, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

/** A server whose IDs are known: the recording of a fully configured one, with nothing typed yet. */
async function openConfigured(): Promise<OpenWindow & { application: Locator; tenant: Locator; ids: string[] }> {
  const opened = await openWindow({ at: "server" });
  const { page } = opened;
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Fully configured" }).click();
  await page.locator("[data-server=recorded]").waitFor();
  await goTo(page, "azureIds");
  const application = page.locator("[data-target=applicationId]");
  const tenant = page.locator("[data-target=tenantId]");
  const ids = [await application.inputValue(), await tenant.inputValue()];
  await application.fill("");
  await tenant.fill("");
  await eventually(() => findingStatus(page, "azure.tenantId")).toBe("pending");
  return { ...opened, application, tenant, ids };
}

const said = async (page: Page, text: string): Promise<boolean> => page.getByText(text).first().isVisible();
const malformed = "This is not a GUID.";

test("what is no ID is not drawn into the page, and an account written as an address is told", async () => {
  const { page, close } = await openWindow({ at: "azureIds" });
  const drawn = () => page.locator("[data-step-page=mailbox]").innerText();
  await page.locator("[data-target=applicationId]").fill("hello");
  await page.locator("[data-target=tenantId]").fill("{0B2D7E63-91C5-4F0E-8A37-C4D1F6A95E18}");
  await eventually(drawn).toContain("0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18");
  expect(await drawn()).not.toContain("hello");
  expect(await page.getByRole("button", { name: "Copy Application ID" }).count()).toBe(0);
  await goTo(page, "serviceAccount");
  await page.locator("[data-target=serviceAccount]").fill("svcMIM@contoso.com");
  expect(await said(page, "This is an address.")).toBe(true);
  await page.locator("[data-target=serviceAccount]").fill("CONTOSO\\svcMIM");
  expect(await said(page, "This is an address.")).toBe(false);
  await close();
});

describe("an ID", () => {
  test("that can never be a GUID is called malformed at the letter that makes it so", async () => {
    const { page, application, close } = await openConfigured();
    await application.focus();
    await page.keyboard.type("6e0c9a1f-2f4");
    expect(await said(page, malformed)).toBe(false);
    expect(await said(page, "24 more characters")).toBe(true);
    await page.keyboard.type("x");
    await eventually(() => said(page, malformed)).toBe(true);
    expect(await application.evaluate((input) => input === document.activeElement)).toBe(true);
    await page.keyboard.press("Backspace");
    await eventually(() => said(page, malformed)).toBe(false);
    await close();
  });

  test("that is left half typed is called malformed", async () => {
    const { page, application, close } = await openConfigured();
    await application.focus();
    await page.keyboard.type("6e0c9a1f");
    await page.keyboard.press("Tab");
    await eventually(() => said(page, malformed)).toBe(true);
    await close();
  });

  test("of zeros is said at once to belong to nothing", async () => {
    const { page, tenant, close } = await openConfigured();
    await tenant.focus();
    await page.keyboard.type("00000000-0000-0000-0000-000000000000");
    await eventually(() => said(page, "belongs to no application and no tenant")).toBe(true);
    await eventually(() => findingStatus(page, "azure.tenantId")).toBe("action");
    await close();
  });

  test("in the other's field is said to be swapped while it is typed, and the two can be put right", async () => {
    const { page, application, tenant, ids, close } = await openConfigured();
    const [applicationId = "", tenantId = ""] = ids;
    await application.focus();
    await page.keyboard.type(tenantId);
    await eventually(() => said(page, "This is the server’s Tenant ID. The two IDs are swapped")).toBe(true);
    expect(await application.evaluate((input) => input === document.activeElement)).toBe(true);
    await tenant.focus();
    await page.keyboard.type(applicationId);
    await page.getByRole("button", { name: "Swap the two" }).click();
    expect([await application.inputValue(), await tenant.inputValue()]).toEqual([applicationId, tenantId]);
    await eventually(() => findingStatus(page, "azure.applicationId")).toBe("done");
    await eventually(() => findingStatus(page, "azure.tenantId")).toBe("done");
    await close();
  });

  test("in braces, upper case and blanks is taken, and tidied when the field is left", async () => {
    const { page, application, ids, close } = await openConfigured();
    const [applicationId = ""] = ids;
    await application.focus();
    await page.keyboard.insertText(`  {${applicationId.toUpperCase()}} `);
    expect(await said(page, malformed)).toBe(false);
    await page.keyboard.press("Tab");
    await eventually(() => application.inputValue()).toBe(applicationId);
    await eventually(() => findingStatus(page, "azure.applicationId")).toBe("done");
    await close();
  });

  test("of the server is taken over by its button, and the focus stays in the field", async () => {
    const { page, application, ids, close } = await openConfigured();
    const button = page.getByRole("button", { name: "Use the server’s value for Application ID" });
    await button.focus();
    await page.keyboard.press("Enter");
    await eventually(() => application.inputValue()).toBe(ids[0]);
    expect(await application.evaluate((input) => input === document.activeElement)).toBe(true);
    expect(await button.count()).toBe(0);
    await close();
  });
});

test("a recording has no field for the client secret, and the form has none at all", async () => {
  const { page, close } = await openConfigured();
  expect(await page.locator("input[type=password]").count()).toBe(0);
  const labels = await page.locator("main label").allTextContents();
  expect(labels).toEqual(["Application ID", "Tenant ID", "Client secret expires on"]);
  await close();
});

test("what is to be typed on the installer's page is copied by its button", async () => {
  const { page, application, ids, close } = await openConfigured();
  await application.fill(ids[0] ?? "");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy Application ID" }).click();
  await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe(ids[0]);
  await close();
});

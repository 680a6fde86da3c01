import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { AskRelay } from "../../electron/assistant/relay.ts";
import { bringAxe, faults } from "./axe.ts";
import { eventually, findingStatus, goTo, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

const rowStatus = (page: Page, id: string): Promise<string | null> =>
  page.locator(`[data-relay=${id}]`).getAttribute("data-status");
const announced = (page: Page): Promise<string | null> => page.locator("[data-announcer]").textContent();

/** A window in which SMTP was chosen, with the relay's name. */
async function smtpChosen(options: WindowOptions = {}) {
  const opened = await openWindow({ ...options, at: "mailServer" });
  const { page } = opened;
  await page.getByLabel("Wanted").selectOption({ label: "SMTP" });
  await page.getByRole("button", { name: "Choose SMTP" }).click();
  await page.locator("[data-target=mailHost]").fill("contoso-com.mail.protection.outlook.com");
  return opened;
}

/** The same, with the service's address: all that is needed to ask. */
async function readyToAsk(options: WindowOptions = {}) {
  const opened = await smtpChosen(options);
  await goTo(opened.page, "serviceAccount");
  await opened.page.locator("[data-target=serviceEmail]").fill("mim@contoso.com");
  await goTo(opened.page, "mailServer");
  await opened.page.locator("[data-ask]").waitFor();
  return opened;
}

describe("asking the SMTP relay in the window", () => {
  test("says what SMTP loses before it is chosen, and leaves what was wanted when it is not", async () => {
    const { page, close } = await openWindow({ at: "mailServer" });
    const wanted = page.getByLabel("Wanted");
    await wanted.selectOption({ label: "SMTP" });
    await page.getByRole("button", { name: "Keep what was wanted" }).click();
    expect(await wanted.inputValue()).toBe("office365");
    expect(await page.locator("[data-smtp-warning]").count()).toBe(0);
    expect(await page.locator("[data-target=mailHost]").count()).toBe(0);
    await close();
  });

  test("goes through its steps, and a test mail goes by its own button to the recipient it names", async () => {
    const { page, home, close } = await readyToAsk();
    expect(await findingStatus(page, "smtp.relay")).toBe("pending");
    expect(await page.locator("[data-send-test]").count()).toBe(0);
    await page.locator("[data-ask]").click();
    for (const id of ["name", "connection", "greeting", "tls", "sender", "inside", "outside"]) {
      await eventually(() => rowStatus(page, id)).toBe("done");
    }
    expect(await announced(page)).toBe("The relay takes MIM’s mail.");
    expect(await page.locator("[data-relay=testMail]").count()).toBe(0);
    expect(await findingStatus(page, "smtp.relay")).toBe("done");
    expect(await page.locator("[data-relay-answer]").innerText()).toContain("SPF of the domain");
    const recipient = page.locator("[data-target=mailTestRecipient]");
    await recipient.fill("ada@");
    await recipient.press("Enter");
    expect(await page.getByText("This is not an SMTP address such as admin@contoso.com.").isVisible()).toBe(true);
    await recipient.fill("ada@contoso.com");
    await recipient.press("Enter");
    await page.getByRole("checkbox", { name: /^Use SSL/ }).check();
    await page.getByRole("button", { name: "Send one test mail to ada@contoso.com" }).click();
    await eventually(() => rowStatus(page, "testMail")).toBe("done");
    expect(await page.locator("[data-relay=tls]").innerText()).toContain("TLSv1.2");
    await close();
    expect(JSON.parse(readFileSync(join(home, "target.json"), "utf8"))).toMatchObject({
      mailServer: "smtp",
      mailUseSsl: true,
      mailTestRecipient: "ada@contoso.com",
    });
  });

  test("is asked from the overview and beside the finding, and a refusal stands at its step with its cure", async () => {
    const { page, close } = await readyToAsk();
    await goTo(page, "server");
    await page.locator("[data-practice]").click();
    await page.locator("[data-fault=relayNoConnector]").getByRole("switch").check();
    await page.locator("[data-practice-dialog]").getByRole("button", { name: "Close" }).click();
    await goTo(page, "overview");
    await page.getByRole("button", { name: /^Ask the relay: SMTP relay/ }).click();
    await page.locator("[data-step=mailServer][aria-current=step]").waitFor();
    await eventually(() => rowStatus(page, "outside")).toBe("action");
    expect(await page.locator("[data-relay=outside]").innerText()).toMatch(
      /TenantAttribution[\s\S]*Get-InboundConnector/,
    );
    expect(await announced(page)).toMatch(/^Recipient outside, to change: /);
    expect(await findingStatus(page, "smtp.relay")).toBe("action");
    await page.locator('[data-ask-relay="smtp.relay"]').click();
    await eventually(() => announced(page)).toMatch(/^Recipient outside, to change: /);
    await close();
  });

  test("says how far it is, and keeps nothing of one that is cancelled", async () => {
    const askRelay: AskRelay = (_question, { signal, progress }) => {
      progress?.("Talking to the relay, port 25", 0.3);
      return new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    };
    const { page, close } = await readyToAsk({ askRelay });
    await page.locator("[data-ask]").click();
    await page.getByText("Talking to the relay, port 25").waitFor();
    await page.locator("[data-asking]").getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Stopped. Nothing was kept of it.", { exact: true }).first().waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.matches("[data-ask]"))).toBe(true);
    expect(await findingStatus(page, "smtp.relay")).toBe("pending");
    await close();
  });

  test.each(["light", "dark"] as const)("breaks no rule of WCAG 2.2 AA in %s", async (colorScheme) => {
    const { page, close } = await readyToAsk({ bypassCSP: true, colorScheme, viewport: { width: 1024, height: 700 } });
    await page.locator("[data-ask]").click();
    await eventually(() => rowStatus(page, "outside")).toBe("done");
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    if (process.env["MIM_MAIL_PICTURES"]) {
      await page.setViewportSize({ width: colorScheme === "light" ? 1440 : 1024, height: 1500 });
      await page.screenshot({ path: join(process.env["MIM_MAIL_PICTURES"], `relay-${colorScheme}.png`) });
    }
    await close();
  });
});

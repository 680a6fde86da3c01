import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults } from "./axe.ts";
import { answerAll, openPlan, question } from "./smtp-plan-walk.ts";
import { eventually, goTo, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

const step = (page: Page, id: string) => page.locator(`[data-plan-step=${id}]`);

async function planOpen(options: WindowOptions = {}) {
  const opened = await openWindow({ ...options, at: "overview" });
  await openPlan(opened.page);
  return opened;
}

describe("the plan from EWS to SMTP in the window", () => {
  test("asks five questions, names the way with its reasons, and keeps answers and ticks", async () => {
    const { page, home, close } = await planOpen();
    expect(await page.locator("[data-way]").count()).toBe(0);
    await answerAll(page);
    await page.getByRole("heading", { name: "Five questions, 5 answered" }).waitFor();
    expect(await step(page, "connector").innerText()).toMatch(/Get-InboundConnector[\s\S]*New-InboundConnector/);
    expect(await page.locator("[data-record=TXT]").innerText()).toContain("Resolve-DnsName -Type TXT");
    expect(await page.locator("[data-users]").innerText()).toContain("Open the MIM Portal and approve there");
    expect(await page.getByRole("button", { name: "Copy the text for people" }).count()).toBe(1);
    await step(page, "connector").getByRole("checkbox", { name: "Done: Make the connector" }).check();
    await eventually(() => step(page, "connector").getAttribute("data-done")).toBe("true");
    await page.getByRole("heading", { name: /^Steps, 1 of \d done$/ }).waitFor();
    await goTo(page, "exchange");
    const ended = page.locator('[data-finding="exchange.ewsEnd"]');
    expect(await ended.innerText()).toMatch(/the plan: Connector that knows the public address, 1 of \d steps done/);
    await close();
    const kept = JSON.parse(readFileSync(join(home, "target.json"), "utf8")).smtpPlan;
    expect(kept.answers).toMatchObject({ approvals: "no", identity: "address" });
    expect(kept.done.connector).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test("a tick is taken back, and another answer leads to another way", async () => {
    const { page, close } = await planOpen();
    await answerAll(page);
    const users = step(page, "users").getByRole("checkbox");
    await users.check();
    await eventually(() => step(page, "users").getAttribute("data-done")).toBe("true");
    await users.uncheck();
    await eventually(() => step(page, "users").getAttribute("data-done")).toBe("false");
    await question(page, "ownRelay").getByRole("radio", { name: "Yes" }).check();
    await page.locator("[data-way=ownRelay]").waitFor();
    expect(await step(page, "connector").count()).toBe(0);
    await page.getByRole("button", { name: "Back: Exchange Online" }).click();
    await page.locator("[data-step=exchange][aria-current=step]").waitFor();
    await close();
  });

  test.each([
    ["light", 1440, 900],
    ["dark", 1024, 700],
  ] as const)("breaks no rule of WCAG 2.2 AA in %s", async (colorScheme, width, height) => {
    const { page, close } = await planOpen({ bypassCSP: true, colorScheme, viewport: { width, height } });
    await answerAll(page);
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    if (process.env["MIM_MAIL_PICTURES"]) {
      await page.setViewportSize({ width, height: 2400 });
      await page.screenshot({ path: join(process.env["MIM_MAIL_PICTURES"], `smtp-plan-${colorScheme}.png`) });
    }
    await close();
  });
});

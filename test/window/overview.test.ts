import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { alterState } from "./alter-state.ts";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

test("says how far the job is and what comes next, and leads there with one primary button", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  expect(await page.locator("h1").innerText()).toMatch(/^\d+ things left before Change mode$/);
  expect(
    await page
      .locator("main")
      .getByRole("button")
      .filter({ hasText: /^Review 16 values$/ })
      .count(),
  ).toBe(1);
  expect(await page.locator("[data-stage=prepare]").innerText()).toMatch(/Prepare · \d+ done, \d+ ready, \d+ open/);
  expect(await page.locator("[data-stage=prove]").innerText()).toMatch(/Prove · \d+ waiting/);
  await page.getByRole("button", { name: "Review 16 values" }).click();
  await page.getByRole("dialog").getByText("Review 16 values").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await close();
});

test("gives every open finding its own control, and what is done or entered leaves the list", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  const row = (id: string) => page.locator(`[data-to-do="${id}"]`);
  await row("tls.dotnet.v2.64").getByRole("button").click();
  // The review of just this: the other values can be ticked beside it.
  await page.getByRole("dialog").getByRole("button", { name: "Set 2 values" }).waitFor();
  expect(await page.getByRole("dialog").getByRole("heading", { level: 2 }).first().innerText()).toBe(
    "Review 2 of 16 values",
  );
  await page.getByRole("button", { name: "Cancel" }).click();
  // What is one text is entered in its row, and handed on with Enter.
  await page.locator("[data-enter=applicationId]").fill("1a2b3c4d-1111-4222-8333-444455556666");
  await page.keyboard.press("Enter");
  await eventually(() => row("azure.applicationId").getAttribute("data-standing")).toBe("ready");
  // What only a person can know is confirmed there, with what to look at.
  await row("server.backup")
    .getByRole("button", { name: /^Confirm:/ })
    .click();
  expect(await page.locator("[data-confirming=backupConfirmed]").innerText()).toMatch(/Looked at today, \d+ \w+ \d{4}/);
  await page.getByRole("dialog").getByRole("button", { name: "Confirm" }).click();
  await row("server.backup").waitFor({ state: "detached" });
  await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe("to-do-title");
  expect(await row("azure.applicationId").getAttribute("data-standing")).toBe("ready");
  await page.getByRole("tab", { name: "All" }).click();
  expect(await row("server.windows").getAttribute("data-standing")).toBe("settled");
  await page.getByRole("tab", { name: "Waiting" }).click();
  expect(await row("server.windows").count()).toBe(0);
  expect(await row("verify.token").getAttribute("data-standing")).toBe("waiting");
  await close();
});

/** Turns to the recording of a server on which the job is done. */
async function openConfigured(page: Page): Promise<void> {
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Fully configured server" }).click();
  await page.locator("[data-server=recorded]").waitFor();
}

test("ends a job that is done: what was done and when, what remains dated, the report and the calendar", async () => {
  const { page, close } = await openWindow({ at: "overview", acceptDownloads: true });
  await openConfigured(page);
  expect(await page.locator("h1").innerText()).toBe("MIM on MIM01 sends its mail through Office 365");
  expect(await page.locator("[data-step=overview]").innerText()).toMatch(/(\d+) of \1$/);
  const done = page.getByRole("region", { name: "What was done" });
  for (const row of ["change", "installer", "serviceStart", "cloudCheck", "mail"]) {
    expect(await done.locator(`[data-row=${row}]`).innerText()).toMatch(/2\d Nov 2026/);
  }
  const dates = page.getByRole("region", { name: "Dates ahead" });
  expect(await dates.locator("[data-row=secret]").innerText()).toMatch(/20 Nov 2028[\s\S]*Client secret expires/);
  const calendar = page.waitForEvent("download");
  await dates.getByRole("button", { name: "Add to calendar (.ics)" }).click();
  expect((await calendar).suggestedFilename()).toMatch(/^mim-mail-dates-.*\.ics$/);
  expect(await page.locator("main").getByRole("button", { name: "Save report" }).count()).toBe(1);
  const report = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save report" }).click();
  expect((await report).suggestedFilename()).toMatch(/\.html$/);
  await page.getByRole("heading", { name: "The report is saved" }).waitFor();
  await dates.getByRole("button", { name: /^Plan:/ }).click();
  await page.locator("[data-step=exchange][aria-current=step]").waitFor();
  await close();
});

test("says of a job whose notification was only accepted that it is done, and not that mail goes out", async () => {
  const { page, close } = await openWindow({ at: "overview" });
  await openConfigured(page);
  await alterState(
    page,
    ({ checklist }) => {
      for (const finding of checklist.steps.flatMap(({ findings }) => findings)) {
        if (finding.status === "done") continue;
        finding.accepted = { reason: "known", by: "Ada", until: "2027-01-01" };
      }
      const mail = checklist.steps.flatMap(({ findings }) => findings).find(({ id }) => id === "verify.mail");
      if (mail === undefined) throw new Error("verify.mail is missing");
      mail.status = "pending";
      mail.accepted = { reason: "nobody to notify", by: "Ada", until: "2027-01-01" };
    },
    null,
  );
  expect(await page.locator("h1").innerText()).toMatch(/^Everything is done or accepted on /);
  await close();
});

test("keeps what is decided about the end of Exchange Web Services, over a new start as well", async () => {
  const { page, home, close } = await openWindow({ at: "overview" });
  const panel = page.getByRole("region", { name: /^EWS ends in/ });
  expect(await panel.getByRole("radio", { checked: true }).count()).toBe(0);
  await panel.getByRole("radio", { name: "Plan SMTP now" }).check();
  await eventually(() => readFileSync(join(home, "target.json"), "utf8")).toContain('"ewsDecision": "smtp"');
  await page.reload();
  await eventually(() => panel.getByRole("radio", { name: "Plan SMTP now" }).isChecked()).toBe(true);
  await close();
});

test("breaks no rule of WCAG 2.2 AA when the job is done", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const { page, close } = await openWindow({ at: "overview", colorScheme, bypassCSP: true });
    await openConfigured(page);
    await bringAxe(page);
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`breaks no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({
      at: "overview",
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1024, height: 700 },
    });
    await bringAxe(page);
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.getByRole("tab", { name: "All" }).click();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

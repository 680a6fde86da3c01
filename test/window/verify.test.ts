import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { alterState } from "./alter-state.ts";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, findingStatus, goTo, type OpenWindow, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

/** A window on the Verify screen, with the TLS changes of the guide made on the practice server just before. */
async function openAfterChange(options: WindowOptions = {}): Promise<OpenWindow> {
  const opened = await openWindow({ ...options, at: "tls" });
  const { page } = opened;
  await page.locator("[data-review]").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("I have checked these").check();
  await dialog.getByRole("button", { name: /^Set \d+ values$/ }).click();
  await page.locator("[data-change=applied]").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await goTo(page, "verify");
  return opened;
}

const kinds = (page: Page): Promise<(string | null)[]> =>
  page.locator("[data-timeline]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-timeline")));

describe("the line of time", () => {
  test("holds the change, the start of the service and the events, newest first under their days", async () => {
    const { page, close } = await openAfterChange();
    const seen = await kinds(page);
    for (const kind of ["change", "event", "serviceStart", "windowsStart"]) expect(seen).toContain(kind);
    expect(seen.indexOf("change")).toBeLessThan(seen.indexOf("windowsStart"));
    const times = await page
      .locator("[data-timeline] time")
      .evaluateAll((marks) => marks.map((mark) => Date.parse(mark.getAttribute("datetime") ?? "")));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    // Each day is a list of its own, named by its heading.
    const lists = page.getByRole("list", { name: /\d{4}$/ });
    expect(await lists.count()).toBeGreaterThan(1);
    expect(await lists.first().getAttribute("aria-labelledby")).not.toBeNull();
    // What came before the change is history: the row says that it is an event and what it means, and asks for nothing.
    const event = page.locator("[data-timeline=event]").first();
    expect(await event.getAttribute("data-status")).toBe("notApplicable");
    expect(await event.innerText()).toMatch(/Event 12[\s\S]*Event/);
    await close();
  });

  test("says by sign and word that an event since the last start asks for a change", async () => {
    const { page, close } = await openWindow({ at: "verify" });
    const event = page.locator("[data-timeline=event][data-status=action]").first();
    expect(await event.innerText()).toMatch(/Event 12[\s\S]*To change[\s\S]*Event/);
    await close();
  });

  test("unfolds what to know and where it was read, and copies the address", async () => {
    const { page, close } = await openAfterChange({ permissions: ["clipboard-read", "clipboard-write"] });
    const change = page.locator("[data-timeline=change]").first();
    const head = change.getByRole("button").first();
    expect(await head.getAttribute("aria-expanded")).toBe("false");
    await head.focus();
    await page.keyboard.press("Enter");
    expect(await head.getAttribute("aria-expanded")).toBe("true");
    const address = await change.locator("code").innerText();
    expect(address).toMatch(/\d{4}-\d{2}-\d{2}T/);
    await change.getByRole("button", { name: /^Copy address/ }).click();
    await eventually(() => page.evaluate(() => navigator.clipboard.readText())).toBe(address);
    await close();
  });
});

describe("the restart of the service", () => {
  test("is the one primary button after a change, asks first, and is told on the line of time", async () => {
    const { page, close } = await openAfterChange();
    expect(await findingStatus(page, "verify.service")).toBe("action");
    const restarts = await page.locator("[data-timeline=serviceStart]").count();
    const restart = page.getByRole("button", { name: "Restart the service…" });
    expect(await restart.count()).toBe(1);
    await restart.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    expect(await dialog.innerText()).toMatch(
      /stopped and started again[\s\S]*sends no mail[\s\S]*No setting is changed/,
    );
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await findingStatus(page, "verify.service")).toBe("action");
    await eventually(() => restart.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Restart the service" }).press("Enter");
    await eventually(() => dialog.innerText()).toContain("The MIM Service was restarted");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await eventually(() => findingStatus(page, "verify.service")).toBe("done");
    expect(await page.locator("[data-timeline=serviceStart]").count()).toBeGreaterThanOrEqual(restarts);
    // Nothing waits for it any more: it stands aside, and the way on is the primary button again.
    expect(await page.locator("footer").getByRole("button", { name: "Restart the service…" }).count()).toBe(0);
    expect(await page.locator("main").getByRole("button", { name: "Restart the service…" }).count()).toBe(1);
    await close();
  });

  test("is refused with the reason on a recording", async () => {
    const { page, close } = await openWindow();
    await page.locator("[data-server]").click();
    await page
      .getByRole("menuitemradio")
      .or(page.getByRole("menuitem"))
      .filter({ hasText: /configured/i })
      .first()
      .click();
    await page.locator("[data-server=recorded]").waitFor();
    await goTo(page, "verify");
    expect(await page.getByRole("button", { name: "Restart the service…" }).count()).toBe(0);
    expect(await page.getByRole("region", { name: "Restart the service" }).innerText()).toMatch(/recording/i);
    await close();
  });
});

describe("the wait", () => {
  test("shows the time left, looks again by itself every minute, and stops when the page is left", async () => {
    const { page, close } = await openAfterChange();
    const wait = page.locator("[data-wait]");
    expect(await wait.getByRole("img").getAttribute("aria-label")).toMatch(/^1[45] minutes left, until \d\d:\d\d$/);
    expect(await page.locator("[data-look]").count()).toBe(1);
    expect(await page.locator("[data-look]").innerText()).toMatch(/no error event · no token yet/);
    await page.clock.install();
    // Drawn anew with the clock in hand: a start of the program goes on with the wait.
    await page.reload();
    await wait.waitFor();
    const first = await page.locator("[data-look]").getAttribute("data-look");
    await page.clock.fastForward(61_000);
    await eventually(() => page.locator("[data-look]").count()).toBe(2);
    expect(await page.locator("[data-look]").nth(1).getAttribute("data-look")).toBe(first);
    expect(await wait.innerText()).toMatch(/Next look in \d+ seconds?/);
    // Away from the page nothing is looked at: on return it stands where it was left.
    const last = await page.locator("[data-look]").first().getAttribute("data-look");
    await goTo(page, "report");
    await page.clock.fastForward(200_000);
    await goTo(page, "verify");
    expect(await page.locator("[data-look]").first().getAttribute("data-look")).toBe(last);
    await close();
  });

  test("is not shown for a recording, which does not go on", async () => {
    const { page, close } = await openWindow({ at: "verify" });
    await page.locator("[data-server]").click();
    await page.getByRole("menuitem", { name: "Fully configured server" }).click();
    await page.locator("[data-server=recorded]").waitFor();
    expect(await page.locator("[data-wait]").count()).toBe(0);
    await close();
  });
});

test("one press says that a notification arrived today, and one takes it back", async () => {
  const { page, close } = await openWindow({ at: "verify" });
  const button = page.getByRole("button", { name: "It arrived just now" });
  await button.click();
  await page.locator("[data-arrived]").waitFor();
  expect(await button.getAttribute("aria-disabled")).toBe("true");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.locator("[data-arrived]").waitFor({ state: "detached" });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  await close();
});

test("the trace switch is told with its word and its reason, and offers no change", async () => {
  const { page, close } = await openWindow({ at: "verify" });
  const panel = page.getByRole("region", { name: "Trace switch" });
  const state = await page.locator("[data-trace]").getAttribute("data-trace");
  expect(state).toBe("off");
  expect(await panel.innerText()).toMatch(/Off[\s\S]*dynamicLogging/);
  expect(await panel.getByRole("button", { name: /^(?!Copy)/ }).count()).toBe(0);
  await close();
});

test("a text that a log holds is shown as text, whatever it is, and what was left out is counted", async () => {
  const { page, close } = await openWindow({ at: "server" });
  const hostile = "<img src=x onerror=\"document.title='hit'\"><b>bold</b> =cmd|'/c calc'!A1 \u202Egnp.exe";
  await alterState(
    page,
    (state, text) => {
      state.verification.timeline = Array.from({ length: 20 }, (_, index) => ({
        at: new Date(Date.UTC(2026, 10, 23, 10, 59 - index)).toISOString(),
        kind: "event" as const,
        status: "action" as const,
        title: `${index} ${text}`,
        detail: `${text} `.repeat(2000),
        address: text,
        journal: null,
      }));
      state.verification.leftOut = 7;
    },
    hostile,
  );
  await goTo(page, "verify");
  const rows = page.locator("[data-timeline]");
  await eventually(() => rows.count()).toBe(12);
  await page.getByRole("button", { name: "Show all 20" }).click();
  expect(await rows.count()).toBe(20);
  // The focus goes on to the first entry that came.
  await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain("12 <img");
  await page.keyboard.press("Enter");
  expect(await rows.nth(12).innerText()).toContain("<b>bold</b>");
  expect(await rows.locator("img, b").count()).toBe(0);
  expect(await page.title()).not.toBe("hit");
  expect(await page.getByText("7 older entries left out.").isVisible()).toBe(true);
  const wide = await page.evaluate(() => {
    const main = document.querySelector("main");
    return (main?.scrollWidth ?? 1) - (main?.clientWidth ?? 0);
  });
  expect(wide).toBe(0);
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the screen after a change, unfolded, and its question break no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openAfterChange({
      colorScheme,
      bypassCSP: true,
      viewport: { width: 1024, height: 700 },
    });
    await bringAxe(page);
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>("[data-timeline] button[aria-expanded=false]")) {
        button.click();
      }
    });
    // A dialog was open before: its focus keepers stay in the page.
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.getByRole("button", { name: "Restart the service…" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

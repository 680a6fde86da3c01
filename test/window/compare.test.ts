import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, goTo, type OpenWindow, practiceRecordings, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

const recording = (name: string): string => join(practiceRecordings, `${name}.json`);
const tab = (page: Page, name: string) => page.getByRole("tab", { name });

/** The report's screen, at one of its parts. */
async function openPart(part: string, options: WindowOptions = {}): Promise<OpenWindow> {
  const opened = await openWindow({ ...options, at: "report" });
  await tab(opened.page, part).click();
  return opened;
}

/** Chooses files through a button, as a person does. */
async function choose(page: Page, button: string, files: string | string[]): Promise<void> {
  const picker = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await picker).setFiles(files);
}

describe("before and now", () => {
  test("says how to get a comparison while there is one look only", async () => {
    const { page, close } = await openPart("Before and now");
    expect(await page.getByRole("tabpanel").innerText()).toMatch(/one look only\. Check again after a change/);
    expect(await page.getByRole("button", { name: "Compare with a file…" }).isVisible()).toBe(true);
    await close();
  });

  test("compares the session's first look with now: what a change fixed, what is new and what is still open", async () => {
    const { page, close } = await openWindow({ at: "tls" });
    await page.locator("[data-review]").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("I have checked these").check();
    await dialog.getByRole("button", { name: /^Set \d+ values$/ }).click();
    await page.locator("[data-change=applied]").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await goTo(page, "report");
    await tab(page, "Before and now").click();
    await page.getByText("The first look of this session").waitFor();
    const fixed = page.getByRole("table", { name: /^Fixed: \d+$/ });
    const row = fixed.locator("[data-compared='tls.1.0.client']");
    expect(await row.innerText()).toMatch(/TLS 1\.0 client[\s\S]*To change[\s\S]*Done/);
    const count = Number(/\d+/.exec((await fixed.getAttribute("aria-label")) ?? "")?.[0]);
    expect(count).toBeGreaterThan(5);
    expect(await fixed.locator("[data-compared]").count()).toBe(5);
    await page.getByRole("button", { name: `Show all ${count}` }).click();
    expect(await fixed.locator("[data-compared]").count()).toBe(count);
    expect(await page.locator("[data-compared='verify.service']").getAttribute("data-became")).toBe("new");
    expect(await page.getByRole("heading", { name: /^Still open: \d+$/ }).count()).toBe(1);
    // What differs in detail is folded until it is asked for.
    const differences = page.locator("[data-differences]");
    expect(await differences.getAttribute("aria-expanded")).toBe("false");
    await differences.press("Enter");
    expect(await page.getByRole("tabpanel").innerText()).toMatch(/\+ Added|≠ Changed/);
    await close();
  });

  test("compares with a recording that was chosen, and goes back to the first look", async () => {
    const { page, close } = await openPart("Before and now");
    await choose(page, "Compare with a file…", recording("old-build"));
    await page.getByRole("tabpanel").getByText("old-build.json").waitFor();
    expect(await page.locator("[data-compared='server.build']").getAttribute("data-became")).toBe("fixed");
    await page.getByRole("button", { name: "Back to this session’s first look" }).click();
    await eventually(() => page.getByRole("tabpanel").innerText()).not.toContain("old-build.json");
    // The button that was pressed is gone; the focus is on its neighbour.
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-choose-before"))).toBe(true);
    await close();
  });

  test("compares with a JSON report that was saved before", async () => {
    const { page, close } = await openWindow({ at: "report", acceptDownloads: true });
    const forms = page.getByRole("group", { name: "Forms" });
    await forms.getByLabel("HTML").uncheck();
    await forms.getByLabel("JSON").check();
    const download = page.waitForEvent("download");
    await page.locator("footer [data-save]").click();
    const saved = await download;
    const text = readFileSync(await saved.path());
    await tab(page, "Before and now").click();
    await page.locator("[data-file=before]").setInputFiles({
      name: saved.suggestedFilename(),
      mimeType: "application/json",
      buffer: text,
    });
    await page.getByRole("tabpanel").getByText(saved.suggestedFilename()).waitFor();
    expect(await page.getByRole("heading", { name: "Fixed: 0" }).count()).toBe(1);
    expect(await page.getByText("Nothing was fixed since.").isVisible()).toBe(true);
    await close();
  });

  test("refuses a file that is none, by its name, and keeps what was on show", async () => {
    const { page, close } = await openPart("Before and now");
    await page.locator("[data-file=before]").setInputFiles({
      name: "notes.json",
      mimeType: "application/json",
      buffer: Buffer.from('{"notes": []}'),
    });
    await page.locator("[data-problem]").waitFor();
    expect(await page.locator("[data-problem]").innerText()).toContain("notes.json");
    expect(await page.getByRole("tabpanel").innerText()).toContain("one look only");
    await close();
  });
});

describe("servers side by side", () => {
  const files = ["configured", "old-build", "stuck-on-dotnet-2"].map(recording);

  test("stand as columns, with what differs marked by sign and word, and only that on demand", async () => {
    const { page, close } = await openPart("Servers side by side");
    await choose(page, "Choose recordings…", files);
    const table = page.getByRole("table", { name: "Findings of each server" });
    await table.waitFor();
    const columns = table.locator("[data-server-column]");
    expect(await columns.count()).toBe(4);
    expect(await columns.first().innerText()).toContain("MIM01");
    expect(await columns.nth(2).innerText()).toMatch(/old-build\.json[\s\S]*To change/);
    const build = table.locator("[data-farm='server.build']");
    expect(await build.getAttribute("data-differs")).toBe("true");
    expect(await build.getByRole("rowheader").innerText()).toContain("≠ Differs");
    const all = await table.locator("[data-farm]").count();
    const differing = await table.locator("[data-differs=true]").count();
    expect(differing).toBeLessThan(all);
    await page.getByLabel("Only differences").press("Space");
    await eventually(() => table.locator("[data-farm]").count()).toBe(differing);
    expect(await table.locator("[data-differs=false]").count()).toBe(0);
    await page.getByRole("tabpanel").getByRole("button", { name: "Close" }).click();
    await table.waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-choose-servers"))).toBe(true);
    await close();
  });

  test("scroll in their own panel with the finding in sight, and never the screen", async () => {
    const { page, close } = await openPart("Servers side by side", { viewport: { width: 1024, height: 700 } });
    await choose(page, "Choose recordings…", files);
    const scroller = page.getByRole("region", { name: "Servers side by side, the table" });
    await scroller.waitFor();
    await scroller.focus();
    const left = (): Promise<number | undefined> =>
      page
        .locator("[data-farm='server.build'] th")
        .boundingBox()
        .then((box) => box?.x);
    const before = await left();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await eventually(() => scroller.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
    expect(await left()).toBe(before);
    const wide = await page.evaluate(() => {
      const main = document.querySelector("main");
      return [document.documentElement.scrollWidth - innerWidth, (main?.scrollWidth ?? 1) - (main?.clientWidth ?? 0)];
    });
    expect(wide).toEqual([0, 0]);
    await close();
  });

  test("are refused whole when one of the files is no recording", async () => {
    const { page, close } = await openPart("Servers side by side");
    await choose(page, "Choose recordings…", [...files, recording("configured.target")]);
    await page.locator("[data-problem]").waitFor();
    expect(await page.locator("[data-problem]").innerText()).toContain("configured.target.json");
    expect(await page.locator("[data-farm]").count()).toBe(0);
    await close();
  });
});

test("the parts of the report are tabs that the arrows go through", async () => {
  const { page, close } = await openWindow({ at: "report" });
  await tab(page, "Report").focus();
  await page.keyboard.press("ArrowRight");
  expect(await tab(page, "Before and now").getAttribute("aria-selected")).toBe("true");
  expect(await page.getByRole("tabpanel", { name: "Before and now" }).count()).toBe(1);
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`comparison and servers break no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openPart("Before and now", { colorScheme, bypassCSP: true });
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    await page.locator("[data-file=before]").setInputFiles(recording("old-build"));
    await page.locator("[data-differences]").click();
    expect(await faults(page)).toEqual([]);
    await tab(page, "Servers side by side").click();
    expect(await faults(page)).toEqual([]);
    await page.locator("[data-file=servers]").setInputFiles(["configured", "stuck-on-dotnet-2"].map(recording));
    await page.locator("[data-farm]").first().waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.setViewportSize({ width: 512, height: 600 });
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

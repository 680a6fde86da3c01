import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Download, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { createAssistant } from "../../electron/assistant/assistant.ts";
import { dispatch } from "../../electron/assistant/dispatch.ts";
import { bareShell } from "../../electron/assistant/window-shell.ts";
import { alterState } from "./alter-state.ts";
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, goTo, practiceRecordings, prepareWindows, stepStatus, tabTo } from "./window.ts";

const openWindow = prepareWindows();

/** Collects what the window saves from now on. */
function downloads(page: Page): readonly Download[] {
  const saved: Download[] = [];
  page.on("download", (download) => saved.push(download));
  return saved;
}

const form = (page: Page, name: string) =>
  page.getByRole("group", { name: "Forms" }).getByRole("checkbox", { name: new RegExp(`^${name}`) });

describe("the forms of the report", () => {
  test("are chosen, saved one after the other with one button, told each, and remembered", async () => {
    const { page, home, close } = await openWindow({ at: "report", acceptDownloads: true });
    const saved = downloads(page);
    const save = page.locator("footer [data-save]");
    expect(await save.innerText()).toBe("Save report as HTML");
    for (const name of ["JSON", "CSV", "Action plan"]) await form(page, name).check();
    expect(await save.innerText()).toBe("Save report in 4 forms");
    await save.click();
    await eventually(() => page.locator("[data-saved]").count()).toBe(4);
    await eventually(() => saved.length).toBe(4);
    expect(await page.locator("[data-saved=failed]").count()).toBe(0);
    const names = saved.map((download) => download.suggestedFilename());
    expect(new Set(names).size).toBe(4);
    expect(names.map((name) => name.replace(/^.*\./, "")).sort()).toEqual(["csv", "csv", "html", "json"]);
    const listed = await page.locator("[data-saved]").allInnerTexts();
    for (const [index, name] of names.entries()) expect(listed[index]).toContain(name);
    expect(await page.locator("[data-announcer]").textContent()).toBe("4 of 4 forms handed to the browser.");
    expect(await stepStatus(page, "report")).toBe("done");
    // A browser has no folder to show.
    expect(await page.getByRole("button", { name: "Show in folder" }).count()).toBe(0);
    await eventually(() => JSON.parse(readFileSync(join(home, "settings.json"), "utf8")).report?.formats).toEqual([
      "html",
      "json",
      "csv",
      "plan",
    ]);
    await page.reload();
    await eventually(() => save.innerText()).toBe("Save report in 4 forms");
    await close();
  });

  test("as PDF is a PDF", async () => {
    const { page, close } = await openWindow({ at: "report", acceptDownloads: true });
    await form(page, "HTML").uncheck();
    await form(page, "PDF").check();
    const download = page.waitForEvent("download");
    await page.locator("footer [data-save]").click();
    const path = await (await download).path();
    expect(readFileSync(path).subarray(0, 5).toString("latin1")).toBe("%PDF-");
    await close();
  });

  test("are at least one: without any the button says so and saves nothing", async () => {
    const { page, close } = await openWindow({ at: "report", acceptDownloads: true });
    const saved = downloads(page);
    await form(page, "HTML").uncheck();
    expect(await page.getByText("Choose at least one form.").isVisible()).toBe(true);
    const save = page.locator("footer [data-save]");
    expect(await save.getAttribute("aria-disabled")).toBe("true");
    await save.click({ force: true });
    // Files are handed over in their order: one of that click would come before this one.
    await form(page, "CSV").check();
    const next = page.waitForEvent("download");
    await save.click();
    await next;
    expect(saved.map((download) => download.suggestedFilename())).toEqual([expect.stringMatching(/\.csv$/)]);
    await close();
  });

  test("keep the chosen colours, as the colours keep the chosen forms", async () => {
    const { page, home, close } = await openWindow({ at: "report" });
    await form(page, "CSV").check();
    await page.locator("[data-more]").click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    const settings = (): unknown => JSON.parse(readFileSync(join(home, "settings.json"), "utf8"));
    await eventually(settings).toMatchObject({ theme: "dark", report: { formats: ["html", "csv"] } });
    await close();
  });
});

/**
 * The report's screen as the program shows it: the bridge is there before the page loads, and its other side tells what
 * became of each file and can show a folder.
 */
async function openInProgram(ended: "saved" | "cancelled" | "failed") {
  const { page, home, close } = await openWindow({ at: "report", acceptDownloads: true });
  let shown = 0;
  const handlers = createAssistant({
    home: join(home, "program"),
    assets: join(practiceRecordings, ".."),
    version: "0.0.0",
    emit: () => undefined,
    servers: { live: false },
    shell: {
      ...bareShell,
      showSaved: () => {
        shown += 1;
        return true;
      },
    },
  });
  await page.exposeFunction("callAssistant", (name: string, input: unknown) => dispatch(handlers, name, input));
  await page.addInitScript((ended) => {
    const listeners: ((end: { address: string; ended: string }) => void)[] = [];
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      const address = create(blob);
      setTimeout(() => {
        for (const listener of listeners) listener({ address, ended });
      }, 100);
      return address;
    };
    const call = (name: string) => (input: unknown) =>
      (window as unknown as { callAssistant: (name: string, input: unknown) => unknown }).callAssistant(name, input);
    const on = (name: string, listener: (typeof listeners)[number]) => {
      if (name === "handedOut") listeners.push(listener);
      return () => undefined;
    };
    const bridge = new Proxy({}, { get: (_bridge, name) => (name === "on" ? on : call(String(name))) });
    Object.assign(window, { assistant: bridge });
  }, ended);
  await page.reload();
  return { page, close, shown: () => shown };
}

test("in the program, what was saved is shown in its folder on request", async () => {
  const { page, close, shown } = await openInProgram("saved");
  const folder = page.getByRole("button", { name: "Show in folder" });
  await page.locator("footer [data-save]").click();
  await folder.click();
  await eventually(shown).toBe(1);
  expect(await page.locator("[data-saved=html]").innerText()).toContain("HTML: saved");
  expect(await stepStatus(page, "report")).toBe("done");
  await close();
});

test.each([
  ["cancelled", /HTML: not saved: cancelled/],
  ["failed", /HTML: not saved/],
] as const)("in the program, a report whose saving %s is not called saved", async (ended, words) => {
  const { page, close } = await openInProgram(ended);
  await page.locator("footer [data-save]").click();
  await eventually(() => page.locator("[data-saved=failed]").innerText()).toMatch(words);
  expect(await stepStatus(page, "report")).toBe("ready");
  expect(await page.getByRole("button", { name: "Show in folder" }).count()).toBe(0);
  expect(await page.locator("[data-problem]").count()).toBe(ended === "failed" ? 1 : 0);
  await close();
});

test("names are masked where that was chosen, in what is saved and in the preview", async () => {
  const { page, close } = await openWindow({ at: "report", acceptDownloads: true });
  const shownIn = async (): Promise<string> => {
    await page.locator("footer [data-preview]").click();
    const text = await page.frameLocator("iframe[title='The report']").locator("body").innerText();
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Close");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    return text;
  };
  expect(await shownIn()).toContain("svcMIMService");
  await page.getByLabel("Mask names").check();
  expect(await shownIn()).not.toContain("svcMIMService");
  await close();
});

describe("the preview", () => {
  test("shows the report in a frame that runs nothing, is scrolled with the keys, and gives the focus back", async () => {
    const { page, close } = await openWindow({ at: "report" });
    await tabTo(page, "footer [data-preview]");
    await page.keyboard.press("Enter");
    const frame = page.locator("iframe[title='The report']");
    await frame.waitFor();
    expect(await frame.getAttribute("sandbox")).toBe("");
    const report = page.frameLocator("iframe[title='The report']");
    expect(await report.locator("h1").innerText()).toMatch(/report/i);
    expect(await report.locator("script").count()).toBe(0);
    await frame.focus();
    await page.keyboard.press("PageDown");
    await eventually(() => report.locator("html").evaluate((page) => page.scrollTop)).toBeGreaterThan(0);
    const box = await frame.boundingBox();
    expect(box?.height).toBeGreaterThan(500);
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await eventually(() => page.locator("[data-preview]").evaluate((button) => button === document.activeElement)).toBe(
      true,
    );
    await close();
  });
});

test("accepted findings stand with reason, name and day", async () => {
  const { page, close } = await openWindow({ at: "server" });
  await alterState(
    page,
    (state, accepted) => {
      const finding = state.checklist.steps[0]?.findings[0];
      if (finding !== undefined) finding.accepted = accepted;
    },
    { reason: "Replaced in spring <b>soon</b>", by: "A. Example", until: "2027-03-31" },
  );
  await goTo(page, "report");
  const accepted = page.locator("[data-accepted]");
  expect(await accepted.count()).toBe(1);
  expect(await accepted.innerText()).toMatch(/Replaced in spring <b>soon<\/b>[\s\S]*A\. Example, until 31 Mar 2027/);
  await close();
});

test("the TLS changes are offered as a DSC configuration and as an Ansible playbook", async () => {
  const { page, close } = await openWindow({ at: "tls", acceptDownloads: true });
  for (const [entry, holds] of [
    ["PowerShell DSC configuration", "SchUseStrongCrypto"],
    ["Ansible playbook", "ansible.windows.win_regedit"],
  ] as const) {
    await page.getByRole("button", { name: "Other files" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: entry }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toContain(holds);
  }
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the report, what was saved and the preview break no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({
      at: "report",
      colorScheme,
      bypassCSP: true,
      acceptDownloads: true,
      viewport: { width: 1024, height: 700 },
    });
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    await page.locator("footer [data-save]").click();
    await page.locator("[data-saved=html]").waitFor();
    await form(page, "HTML").uncheck();
    expect(await faults(page)).toEqual([]);
    await page.locator("footer [data-preview]").click();
    await page.locator("iframe[title='The report']").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

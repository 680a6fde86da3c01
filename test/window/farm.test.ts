import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputProblem } from "../../electron/recording/input-problem.ts";
import { readRecordingText } from "../../electron/recording/read-recording.ts";
import type { Server } from "../../electron/server/server.ts";
import { bringAxe, faults } from "./axe.ts";
import { eventually, practiceRecordings, prepareWindows, type WindowOptions } from "./window.ts";

const openWindow = prepareWindows();

/** Other computers: one answers with a recording, one does not. */
async function remote(computer: string): Promise<Server> {
  const label = `\\\\${computer}`;
  return {
    kind: "remote",
    label,
    elevated: null,
    look: async () => {
      if (computer === "OFF") throw new InputProblem("remote-unreachable", "no answer", label, "Switch it on.");
      const text = readFileSync(join(practiceRecordings, "old-build.json"), "utf8");
      return { ...readRecordingText(text, label), computer };
    },
  };
}

async function withServers(options: WindowOptions = {}) {
  const opened = await openWindow({ ...options, at: "report", remote });
  const { page } = opened;
  await page.getByRole("tab", { name: "Servers side by side" }).click();
  await page.getByLabel("Add servers by name").fill("MIM02, OFF");
  await page.getByRole("button", { name: "Add servers" }).click();
  await page.getByRole("table", { name: "Findings of each server" }).waitFor();
  return opened;
}

describe("servers added by name", () => {
  test("stand beside the one on show; one that does not answer is told with what to do", async () => {
    const { page, close } = await withServers();
    expect(await page.locator("[data-server-column]").count()).toBe(2);
    const failed = page.getByRole("list", { name: "Servers that could not be looked at" });
    expect(await failed.innerText()).toMatch(/\\\\OFF could not be looked at: no answer\. Switch it on\./);
    expect(await page.locator("[data-setting=build]").innerText()).toMatch(/MIM01[\s\S]*MIM02: 4\.6\.34\.0/);
    await close();
  });

  test("are saved as a table, and the window says so", async () => {
    const { page, close } = await withServers();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV…" }).click();
    expect((await download).suggestedFilename()).toMatch(/^mim-mail-servers-MIM01-MIM02-\d{4}-\d\d-\d\d\.csv$/);
    await page
      .getByText(/mim-mail-servers-MIM01-MIM02-.*\.csv handed to the browser/)
      .first()
      .waitFor();
    await close();
  });

  test("are ticked off one node after the other, and the tick stays", async () => {
    const { page, close } = await withServers();
    const box = page.getByRole("checkbox", { name: /^Take it out of the load balancer/ }).first();
    await box.click();
    await eventually(() =>
      page.getByRole("checkbox", { name: /load balancer, and wait.*, \d{4}-\d\d-\d\d$/ }).count(),
    ).toBe(1);
    await page.getByRole("tab", { name: "Before and now" }).click();
    await page.getByRole("tab", { name: "Servers side by side" }).click();
    expect(await page.getByRole("checkbox", { name: /load balancer, and wait.*, \d{4}/ }).isChecked()).toBe(true);
    await close();
  });

  test.each(["light", "dark"] as const)("break no rule of WCAG 2.2 AA in %s", async (colorScheme) => {
    const { page, close } = await withServers({ bypassCSP: true, colorScheme, viewport: { width: 1024, height: 700 } });
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    if (process.env["MIM_MAIL_PICTURES"]) {
      await page.screenshot({
        path: join(process.env["MIM_MAIL_PICTURES"], `farm-${colorScheme}.png`),
        fullPage: true,
      });
    }
    await close();
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bringAxe, faults } from "./axe.ts";
import { eventually, goTo, practiceRecordings, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();
const recording = join(practiceRecordings, "old-build.json");

test("asks on the first start what to begin with, and looks at nothing before", async () => {
  const { page, close } = await openWindow({ at: "start" });
  for (const card of ["live", "practice", "recording"]) await page.locator(`[data-start=${card}]`).waitFor();
  expect(await page.locator("[data-step]").count()).toBe(0);
  // This computer cannot be looked at from here: its button says why and does nothing.
  const live = page.locator("[data-start=live]");
  expect(await live.innerText()).toContain("start the installed program");
  expect(await live.getByRole("button").getAttribute("aria-disabled")).toBe("true");
  await page.getByRole("button", { name: "Rehearse" }).click();
  await page.locator("[data-server=practice]").waitFor();
  expect(await page.locator("[data-step=overview]").getAttribute("aria-current")).toBe("step");
  await page.goBack();
  await page.locator("[data-start=practice]").waitFor();
  await close();
});

test("begins the next time where it was left: the same server and the same screen", async () => {
  const first = await openWindow({ at: "start" });
  await first.page.getByRole("button", { name: "Open an example" }).click();
  await first.page.locator("[data-server=recorded]").waitFor();
  await goTo(first.page, "tls");
  await eventually(() => readFileSync(join(first.home, "place.json"), "utf8")).toContain('"screen": "tls"');
  await first.close();
  const next = await openWindow({ at: "", home: first.home });
  await next.page.locator("[data-step=tls][aria-current=step]").waitFor();
  expect(await next.page.locator("[data-server=recorded]").innerText()).toContain("Fully configured server");
  await next.close();
});

test("opens a recording again from the list, after its file is gone, and takes it off the list", async () => {
  const { page, close } = await openWindow({ at: "start" });
  await page.locator("[data-file=recording]").setInputFiles({
    name: "MIM03.json",
    mimeType: "application/json",
    buffer: readFileSync(recording),
  });
  await page.locator("[data-server=recorded]").waitFor();
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Practice server", exact: true }).click();
  await page.locator("[data-server=practice]").waitFor();
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Start page" }).click();
  const recent = page.getByRole("region", { name: "Recent" });
  expect(await recent.innerText()).toMatch(/MIM03\.json · recorded .* · \d+ checks? open/);
  await recent.getByRole("button", { name: "Open MIM03.json" }).click();
  await eventually(() => page.locator("[data-server=recorded]").innerText()).toContain("MIM03.json");
  await page.locator("[data-server]").click();
  await page.getByRole("menuitem", { name: "Start page" }).click();
  await recent.getByRole("button", { name: "Remove MIM03.json from the list" }).click();
  await recent.waitFor({ state: "detached" });
  await close();
});

test("a file that is no recording is refused, and the message stays in sight", async () => {
  const { page, close } = await openWindow({ at: "start" });
  await page
    .locator("[data-file=recording]")
    .setInputFiles({ name: "broken.json", mimeType: "application/json", buffer: Buffer.from("{") });
  await page.locator("[data-problem]").waitFor();
  await close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the start page breaks no rule of WCAG 2.2 AA in ${colorScheme}, and does not scroll sideways`, async () => {
    const { page, close } = await openWindow({
      at: "start",
      colorScheme,
      bypassCSP: true,
      viewport: { width: 512, height: 350 },
    });
    await page.locator("[data-start=practice]").waitFor();
    await bringAxe(page);
    expect(await faults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
    await close();
  });
}

import { describe, expect, test } from "vitest";
import { version } from "../../package.json" with { type: "json" };
import { bringAxe, faults, focusKeepers } from "./axe.ts";
import { eventually, goTo, prepareWindows } from "./window.ts";

const openWindow = prepareWindows();

describe("the user guide", () => {
  test("opens with F1 at the section of the step, in a frame without scripts, and closes with Escape", async () => {
    const { page, close } = await openWindow({ at: "verify" });
    await page.keyboard.press("F1");
    const dialog = page.locator("[data-help=shown]");
    await dialog.waitFor();
    const frame = page.locator("iframe[title='The user guide']");
    expect(await frame.getAttribute("sandbox")).not.toContain("allow-scripts");
    expect(await frame.evaluate((element: HTMLIFrameElement) => element.contentWindow?.location.hash)).toBe("#verify");
    const guide = page.frameLocator("iframe[title='The user guide']");
    expect(await guide.locator("#verify").innerText()).toBe("Verify");
    const top = (): Promise<number> =>
      frame.evaluate((element: HTMLIFrameElement) => {
        const heading = element.contentDocument?.getElementById("verify");
        return heading?.getBoundingClientRect().top ?? Number.NaN;
      });
    await eventually(async () => Math.abs(await top()) < 600).toBe(true);
    // The guide has the focus, so that the keys scroll it; Escape closes it from there too.
    await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe("IFRAME");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await goTo(page, "tls");
    await page.locator("[data-more]").click();
    await page.getByRole("menuitem", { name: "User guide" }).click();
    await dialog.waitFor();
    expect(await frame.evaluate((element: HTMLIFrameElement) => element.contentWindow?.location.hash)).toBe("#tls");
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).press("Escape");
    await eventually(() => page.evaluate(() => document.activeElement?.hasAttribute("data-more"))).toBe(true);
    await close();
  });

  test("has the window's colours, whatever Windows has", async () => {
    const { page, close } = await openWindow({ colorScheme: "light" });
    await page.locator("[data-more]").click();
    await page.getByRole("menuitemradio", { name: "Dark" }).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("F1");
    await page.locator("[data-help=shown]").waitFor();
    const ground = await page
      .frameLocator("iframe[title='The user guide']")
      .locator("body")
      .evaluate((body) => getComputedStyle(body).backgroundColor);
    expect(ground).toMatch(/^rgb\((\d\d?), (\d\d?), (\d\d?)\)$/);
    await close();
  });

  test("that is missing in the build is said to be", async () => {
    const { page, giveUp } = await openWindow();
    await page.route(/\/help\.html/, (route) =>
      route.fulfill({ status: 404, contentType: "text/plain; charset=utf-8", body: "There is no such file.\n" }),
    );
    await page.keyboard.press("F1");
    await page.locator("[data-help=absent]").waitFor();
    expect(await page.getByRole("dialog").innerText()).toContain("The user guide is not part of this build");
    await page.keyboard.press("Escape");
    await page.locator("[data-help]").waitFor({ state: "detached" });
    await giveUp();
  });
});

describe("About", () => {
  test("says what the program is, and copies diagnostics that hold nothing of the server", async () => {
    const { page, close } = await openWindow({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("[data-more]").click();
    await page.getByRole("menuitem", { name: "About…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Version", { exact: true }).waitFor();
    const said = await dialog.innerText();
    expect(said).toContain(version);
    expect(said).toContain(process.versions.node);
    await dialog.getByRole("button", { name: "Copy diagnostics" }).click();
    await page.locator("[data-diagnostics]").waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(version);
    expect(await page.locator("[data-diagnostics]").textContent()).toBe(copied);
    expect(copied).not.toMatch(/MIM01|CONTOSO|svcMIM/i);
    expect(await dialog.getByRole("status").first().innerText()).toContain("Copied");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await eventually(() => page.evaluate(() => document.activeElement?.hasAttribute("data-more"))).toBe(true);
    await close();
  });

  test("lists the packages with their licences, to be searched and unfolded", async () => {
    const { page, close } = await openWindow();
    await page.locator("[data-more]").click();
    await page.getByRole("menuitem", { name: "About…" }).click();
    const rows = page.locator("[data-licence]");
    await rows.first().waitFor();
    const all = await rows.count();
    expect(all).toBeGreaterThan(20);
    await page.getByLabel("Search packages and licences").fill("fluent react-dialog");
    await eventually(() => rows.count()).toBeLessThan(all);
    const row = page.locator("[data-licence='@fluentui/react-dialog']");
    await row.getByRole("button").press("Enter");
    expect(await row.locator("pre").innerText()).toMatch(/MIT|Permission is hereby granted/);
    await page.getByLabel("Search packages and licences").fill("no such package");
    await eventually(() => rows.count()).toBe(0);
    expect(await page.getByRole("dialog").innerText()).toMatch(/0 of \d+ packages/);
    await close();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`guide and About break no rule of WCAG 2.2 AA in ${colorScheme}`, async () => {
    const { page, close } = await openWindow({ colorScheme, bypassCSP: true, viewport: { width: 1024, height: 700 } });
    await bringAxe(page);
    await page.keyboard.press("F1");
    await page.locator("[data-help=shown]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("[data-help]").waitFor({ state: "detached" });
    await page.locator("[data-more]").click();
    await page.getByRole("menuitem", { name: "About…" }).click();
    await page.locator("[data-licence] button").first().click();
    await page.getByRole("button", { name: "Copy diagnostics" }).click();
    await page.locator("[data-diagnostics]").waitFor();
    expect(await faults(page, focusKeepers)).toEqual([]);
    await close();
  });
}

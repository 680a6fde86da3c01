import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../electron/report/html.ts";
import type { ReportDocument } from "../../electron/report/report-document.ts";
import { contentsOf, picture, png, reported, sample } from "../unit/report/report-case.ts";
import { bringAxe, faults } from "./axe.ts";

const configured = await sample("configured");
const stuck = await sample("stuck-on-dotnet-2");
const old = await sample("old-build");

const bytes = png(400, 300);
const pictures = {
  pictures: [picture({ width: 400, height: 300, base64: Buffer.from(bytes).toString("base64") })],
  leftOut: 0,
};

/** A report with everything a report can hold. */
function fullReport(): ReportDocument {
  const accepted = [{ finding: "tls.dotnet.v2.32" as const, reason: "None here", by: "Kim", until: "2027-01-01" }];
  const recording = {
    ...stuck.recording,
    services: { FIMService: { state: "unreadable", reason: "denied" } },
  } as const;
  return contentsOf([
    reported(
      "stuck.json",
      { recording, target: { ...stuck.target, accepted } },
      {
        before: { label: "before.json", origin: "file", ...configured },
        journals: [
          {
            id: "2026-11-23T10-00-00Z-001",
            kind: "apply",
            of: null,
            at: "2026-11-23T10:00:00Z",
            state: "applied",
            reason: null,
            changes: [{ address: "HKLM\\X\\Enabled", from: "absent", to: { type: "REG_DWORD", data: 1 } }],
          },
        ],
        pictures,
      },
    ),
    reported("old.json", old),
  ]);
}

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mim-mail-report-"));
  browser = await chromium.launch({
    executablePath: process.env["MIM_MAIL_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface OpenedFile {
  readonly page: Page;
  /** What the page asked for beside itself, said, or opened. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

/** Opens a report as a person does: a file, by its name. */
async function opened(document: ReportDocument, options: BrowserContextOptions = {}): Promise<OpenedFile> {
  const file = join(folder, "report.html");
  writeFileSync(file, htmlReport(document));
  const address = pathToFileURL(file).href;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:image/")) asked.push(request.url());
  });
  page.on("console", (message) => asked.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => asked.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    asked.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address);
  await page.waitForLoadState("networkidle");
  return { page, asked, close: () => context.close() };
}

describe.each(["light", "dark"] as const)("the HTML report in %s", (colorScheme) => {
  test("breaks no rule of WCAG 2.2 AA", async () => {
    const { page, close } = await opened(fullReport(), { colorScheme, bypassCSP: true });
    await bringAxe(page);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground === "rgb(245, 245, 245)").toBe(colorScheme === "light");
    expect(await faults(page)).toEqual([]);
    await close();
  });
});

test("asks for nothing, says nothing and shows its pictures", async () => {
  const { page, asked, close } = await opened(fullReport());
  expect(await page.locator("h1").innerText()).toBe("MIM mail configuration report");
  expect(await page.locator("img").evaluate((image: HTMLImageElement) => [image.naturalWidth, image.alt])).toEqual([
    400,
    "The installer's page: Configure mail server connection",
  ]);
  expect(asked).toEqual([]);
  await close();
});

test("its policy keeps from running and from loading whatever should come into it", async () => {
  const document = fullReport();
  const { page, asked, close } = await opened(document);
  const refused: string[] = [];
  page.on("requestfailed", (request) => refused.push(`${request.url()} ${request.failure()?.errorText}`));
  await page.evaluate(() => {
    const part = window.document.createElement("div");
    part.innerHTML = `<img src="https://contoso.invalid/a.png" onerror="alert(1)"><form action="https://contoso.invalid"></form>`;
    const script = window.document.createElement("script");
    script.textContent = "alert(2)";
    part.append(script);
    window.document.body.append(part);
  });
  await expect.poll(() => refused.length, { timeout: 10_000 }).toBe(1);
  // The browser tells of what it refused as of a request that failed: nothing left it.
  expect(asked.filter((one) => !one.startsWith("console: "))).toEqual(["https://contoso.invalid/a.png"]);
  expect(refused).toEqual(["https://contoso.invalid/a.png csp"]);
  expect(asked.join("\n")).toContain("Content Security Policy");
  await close();
});

test("shows a hostile server as text", async () => {
  const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)><a href="javascript:alert(4)">x</a>`;
  const recording = {
    ...stuck.recording,
    computer: attack,
    tools: [attack],
    installerRuns: [{ exitCode: 1603, log: attack, firstFailure: attack }],
  };
  const { page, asked, close } = await opened(
    contentsOf([
      reported(attack, { ...stuck, recording }, { pictures: { ...pictures, pictures: [picture({ title: attack })] } }),
    ]),
  );
  expect(await page.locator("h2").first().innerText()).toContain("<script>alert(1)</script>");
  expect(await page.locator("script, a[href^=javascript], [onerror], [onload]").count()).toBe(0);
  expect(asked).toEqual([]);
  await close();
});

test.each([
  { width: 1024, height: 700 },
  { width: 640, height: 400 },
  { width: 360, height: 640 },
])("does not scroll sideways at $width × $height", async (viewport) => {
  const { page, close } = await opened(fullReport(), { viewport });
  const over = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(over).toBeLessThanOrEqual(0);
  await close();
});

test("prints on white, each server on a page of its own, the heads of its tables repeated", async () => {
  const { page, close } = await opened(fullReport(), { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    text: getComputedStyle(document.body).color,
    head: getComputedStyle(document.querySelector("thead") as Element).display,
    breaks: [...document.querySelectorAll("main > section")].map((part) => getComputedStyle(part).breakBefore),
  }));
  expect(seen.ground).toBe("rgb(255, 255, 255)");
  expect(seen.text).toBe("rgb(36, 36, 36)");
  expect(seen.head).toBe("table-header-group");
  expect(seen.breaks.slice(1).every((one) => one === "page")).toBe(true);
  await close();
});

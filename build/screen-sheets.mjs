// Every screen of the window on one sheet, in each of the forms it has to look well in: `npm run pictures`.
import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { top } from "./install.mjs";

const screens = [
  ...["start", "overview", "server", "tls", "mailServer", "authentication", "azureIds", "serviceAccount"],
  ...["exchange", "changeMode", "verify", "report", "activity", "smtpPlan"],
];

/** The smallest window the product is made for, a usual one, and the usual one at 200 %. */
const small = { viewport: { width: 1024, height: 700 } };
const usual = { viewport: { width: 1440, height: 900 } };
const doubled = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };

/** @type {Readonly<Record<string, import("playwright-core").BrowserContextOptions>>} */
const forms = {
  "light-1024": { ...small, colorScheme: "light" },
  "dark-1024": { ...small, colorScheme: "dark" },
  "light-1440": { ...usual, colorScheme: "light" },
  "dark-1440": { ...usual, colorScheme: "dark" },
  "light-200-percent": { ...doubled, colorScheme: "light" },
  "forced-colors-1024": { ...small, colorScheme: "dark", forcedColors: "active" },
};

/**
 * Writes `screens/FORM.jpg` below a folder, a sheet a form.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address of the preview host
 * @param {string} folder
 */
export async function pictureSheets(browser, address, folder) {
  const sheets = join(folder, "screens");
  mkdirSync(sheets, { recursive: true });
  for (const [form, options] of Object.entries(forms)) {
    const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
    const page = await context.newPage();
    const shots = [];
    for (const screen of screens) {
      // A page of its own: what stands in the address is read as the window begins.
      await page.goto("about:blank");
      await page.goto(`${address}#${screen}`);
      await page.locator("[data-step], [data-start]").first().waitFor();
      // What stands below the heading comes a moment later where it is loaded when asked for.
      await page.locator("main h2, [data-start]").first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      const shot = await page.screenshot({ animations: "disabled" });
      shots.push(
        `<figure><img src="data:image/png;base64,${shot.toString("base64")}"><figcaption>${screen}</figcaption></figure>`,
      );
    }
    await context.close();
    const path = join(sheets, `${form}.jpg`);
    await writeSheet(browser, shots, path);
    process.stdout.write(`${relative(top, path)}\n`);
  }
}

/** @param {import("playwright-core").Browser} browser @param {readonly string[]} shots @param {string} path */
async function writeSheet(browser, shots, path) {
  const context = await browser.newContext({ viewport: { width: 1800, height: 900 } });
  const page = await context.newPage();
  await page.setContent(
    `<style>
      body { margin: 16px; display: grid; grid-template-columns: repeat(3, 1fr); gap: 16px; background: #888; }
      figure { margin: 0; } img { width: 100%; display: block; } figcaption { font: 14px sans-serif; padding-top: 4px; }
    </style>${shots.join("")}`,
    { waitUntil: "load" },
  );
  await page.screenshot({ path, type: "jpeg", quality: 80, fullPage: true });
  await context.close();
}

// `npm run pictures`: takes the pictures of the documents from the running window, on a new practice server.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildMissing } from "./build.mjs";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { startPreview } from "./preview.mjs";

/** The screens that are pictured, by the name of their file. */
const screens = { tls: "tls", "mail-server-type": "mailServer" };
const folder = join(top, "docs", "pictures");

ensureInstalled();
await buildMissing();
const executablePath = ensureChromium();
if (executablePath === null) {
  process.stderr.write("pictures: Chromium is missing; install it or set MIM_MAIL_CHROMIUM.\n");
  process.exit(2);
}
const home = mkdtempSync(join(tmpdir(), "mim-mail-pictures-"));
const { chromium } = await import("playwright-core");
const { host, address, ended } = await startPreview([], { ...process.env, MIM_MAIL_HOME: home });
try {
  if (address === null) throw new Error("the preview host did not start");
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
    const page = await context.newPage();
    await page.goto(address);
    for (const [name, step] of Object.entries(screens)) {
      await page.locator(`a[data-step="${step}"]`).click();
      await page.locator(`a[data-step="${step}"][aria-current="step"]`).waitFor();
      await page.evaluate(() => document.fonts.ready);
      const path = join(folder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: "disabled" });
      process.stdout.write(`${relative(top, path)}\n`);
    }
    await context.close();
  }
  await browser.close();
} finally {
  host.kill("SIGTERM");
  await ended;
  rmSync(home, { recursive: true, force: true });
}

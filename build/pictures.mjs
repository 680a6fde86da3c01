// `npm run pictures`: takes the pictures of the documents from the running window, on a new practice server.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { buildMissing } from "./build.mjs";
import { chromiumArguments, ensureChromium } from "./chromium.mjs";
import { ensureInstalled, top } from "./install.mjs";
import { startPreview } from "./preview.mjs";
import { pictureSheets } from "./screen-sheets.mjs";

/** The screens that are pictured, by the name of their file. */
const screens = { tls: "tls", "mail-server-type": "mailServer" };
const folder = join(top, "docs", "pictures");

/** What stands on the drawn pages; made up, as everything of the practice server is. */
const typed = {
  applicationId: "6e0c9a1f-2f44-4b7d-9c1e-5a0d8f3b2c11",
  tenantId: "0f8f7d9e-1b2c-4d3e-8f4a-5b6c7d8e9f00",
  serviceEmail: "mim@contoso.com",
};

/**
 * Every page of the installer as the window draws it, by its number and name.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 */
async function pictureWizard(browser, address) {
  const wizardFolder = join(folder, "wizard");
  mkdirSync(wizardFolder, { recursive: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  const page = await context.newPage();
  await page.goto(`${address}#azureIds`);
  await page.locator("[data-target=applicationId]").fill(typed.applicationId);
  await page.locator("[data-target=tenantId]").fill(typed.tenantId);
  await page.locator('a[data-step="serviceAccount"]').click();
  await page.locator("[data-target=serviceEmail]").fill(typed.serviceEmail);
  await page.locator('a[data-step="changeMode"]').click();
  await page.getByRole("button", { name: "All 18 pages" }).click();
  for (const row of await page.locator("[data-page-row]").all()) {
    await row.getByRole("button").click();
    const drawing = row.locator("svg[data-page-id]");
    const number = (await drawing.getAttribute("data-page"))?.padStart(2, "0");
    const path = join(wizardFolder, `${number}-${await drawing.getAttribute("data-page-id")}.png`);
    await drawing.screenshot({ path, animations: "disabled" });
    process.stdout.write(`${relative(top, path)}\n`);
    await row.getByRole("button").click();
  }
  await context.close();
}

/**
 * The rehearsal, from the IDs to the report, as the user guide tells it. Follows the pictures of the wizard, whose page
 * has entered what is to be typed.
 * @param {import("playwright-core").Browser} browser
 * @param {string} address
 */
async function pictureWalk(browser, address) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
  const page = await context.newPage();
  /** @param {string} step @param {string} name */
  const picture = async (step, name) => {
    await page.locator(`a[data-step="${step}"]`).click();
    await page.locator(`a[data-step="${step}"][aria-current="step"]`).waitFor();
    await page.locator("main h2").first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, animations: "disabled" });
    process.stdout.write(`${relative(top, path)}\n`);
  };
  await page.goto(`${address}#overview`);
  await page.locator('a[data-step="server"]').waitFor();
  await picture("overview", "overview");
  await picture("server", "server");
  await picture("exchange", "exchange-online");
  await page.locator('a[data-step="tls"]').click();
  await page.locator("[data-review]").click();
  await page.getByRole("checkbox", { name: "I have checked these" }).check();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Set \d+ values$/ })
    .click();
  await page.locator("[role=dialog] [data-change=applied]").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Dismiss this message" }).click();
  await picture("azureIds", "azure-ids");
  await picture("serviceAccount", "service-account");
  await picture("changeMode", "change-mode");
  await page.getByRole("button", { name: "Start the installer…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Start the installer", exact: true }).click();
  const installer = page.locator("[data-companion=pages]");
  const ended = page.locator("[data-companion=ended]");
  await installer.waitFor();
  for (let seen = ""; !(await ended.isVisible()); ) {
    const shown = await installer
      .locator("svg[data-page-id]")
      .getAttribute("data-page-id", { timeout: 500 })
      .catch(() => null);
    if (shown === null || shown === seen) {
      await page.waitForTimeout(100);
      continue;
    }
    seen = shown;
    if (shown === "mailbox") await picture("changeMode", "companion");
    const asTold = page.locator("[data-as-told]");
    if (await asTold.isVisible()) await asTold.click();
    await page.locator("[data-press=next]:not([aria-disabled=true])").click();
  }
  await page.getByRole("button", { name: "Close the companion" }).click();
  await picture("verify", "verify");
  await picture("report", "report");
  await picture("activity", "activity");
  await picturePlan(page, address);
  await context.close();
}

/** The plan from EWS to SMTP, answered as one without anything of its own would. */
async function picturePlan(/** @type {import("playwright-core").Page} */ page, /** @type {string} */ address) {
  await page.goto(`${address}#smtpPlan`);
  const answers = { approvals: "No", exchangeServer: "No", ownRelay: "No", recipients: /outside/, identity: /public/ };
  for (const [id, name] of Object.entries(answers)) {
    await page.locator(`[data-question=${id}]`).getByRole("radio", { name }).check();
  }
  await page.locator("[data-way]").waitFor();
  await page.locator("main").evaluate((main) => main.scrollTo(0, 0));
  const path = join(folder, "smtp-plan.png");
  await page.screenshot({ path, animations: "disabled" });
  process.stdout.write(`${relative(top, path)}\n`);
}

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
    await page.goto(`${address}#overview`);
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
  await pictureSheets(browser, address, folder);
  await pictureWizard(browser, address);
  await pictureWalk(browser, address);
  await browser.close();
} finally {
  host.kill("SIGTERM");
  await ended;
  rmSync(home, { recursive: true, force: true });
}

// The same job on Windows' own programs, in Wine: the pictures of its test.
const { findPowershell } = await import("./powershell.mjs");
if (process.platform === "linux" && findPowershell() !== null) {
  const vitest = join(top, "node_modules", "vitest", "vitest.mjs");
  const argv = [vitest, "run", "--project=powershell", "test/windows/desktop/journey.wine.test.ts"];
  const env = { ...process.env, MIM_MAIL_PICTURES: folder };
  process.exitCode = spawnSync(process.execPath, argv, { cwd: top, env, stdio: "inherit" }).status ?? 1;
}

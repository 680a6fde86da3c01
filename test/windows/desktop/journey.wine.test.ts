import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { findPowershell } from "../../../build/powershell.mjs";
import { mailValueNames } from "../../../electron/facts/mail.ts";
import { installPowershell } from "../powershell/prefix.ts";
import { hasWindows, named, top } from "../windows.ts";
import { openPrefix, type WinePrefix } from "../wine-prefix.ts";
import { type Desktop, startDesktop } from "./desktop.ts";
import { fileIn, makeMimServer, productCode, type ServiceAccount } from "./mim-server.ts";
import { answerPrompt, exported, prepareWizard, pressInstall, putTools, tellServer } from "./rig.ts";

const applicationId = "6e0c9a1f-2f44-4b7d-9c1e-5a0d8f3b2c11";
const tenantId = "0f8f7d9e-1b2c-4d3e-8f4a-5b6c7d8e9f00";
const netKey = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework";
const schannelKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL";

/** A busy machine takes its time; what is waited for comes, or the test has failed. */
const patience = { timeout: 500_000 };

/** Where the pictures of the steps go, when they are wanted. */
const pictures = process.env["MIM_MAIL_PICTURES"];

/** The folder of what is kept for the person, in Windows' words. */
function homeIn(prefix: string): string {
  const inside = "AppData\\Local\\MIM Mail Assistant";
  const users = readdirSync(fileIn(prefix, "C:\\users"));
  const user = users.find((name) => existsSync(fileIn(prefix, `C:\\users\\${name}\\${inside}`)));
  return `C:\\users\\${user}\\${inside}`;
}

describe.skipIf(!hasWindows)("a whole job in the desktop program, on Windows", () => {
  let wine: WinePrefix;
  let desktop: Desktop;
  let account: ServiceAccount;
  let page: Page;
  let before: readonly string[];
  const began = Date.now();
  const at = (minutesAgo: number): string => new Date(began - minutesAgo * 60_000).toISOString();
  const prompts = (): number => {
    const path = fileIn(wine.prefix, "C:\\stand-in\\prompts.txt");
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").length - 1 : 0;
  };
  const picture = async (name: string, of: Page = page): Promise<void> => {
    if (pictures === undefined) return;
    await of.evaluate(() => document.fonts.ready);
    await of.screenshot({ path: join(pictures, `journey-${name}.png`), animations: "disabled" });
  };
  const goTo = async (step: string): Promise<void> => {
    await page.locator(`[data-step="${step}"]`).click();
    await page.locator(`[data-step="${step}"][aria-current="step"]`).waitFor();
  };
  const status = (id: string) => page.locator(`main [data-finding="${id}"]`).getAttribute("data-status");
  const stepStatus = (id: string) => page.locator(`[data-step="${id}"]`).getAttribute("data-status");
  const unfold = (): Promise<void> =>
    page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>("main button[aria-expanded=false]")) button.click();
    });
  const dialog = () => page.getByRole("dialog");

  beforeAll(async () => {
    wine = openPrefix(join(top, "node_modules", ".cache", "mim-mail-assistant"));
    const { prefix } = wine;
    installPowershell(prefix, findPowershell() ?? "");
    account = makeMimServer(prefix);
    putTools(prefix);
    tellServer(prefix, {
      windows: { caption: "Microsoft Windows Server 2022 Standard", build: "10.0.20348", startedAt: at(3 * 24 * 60) },
      service: { status: "Running", account: account.name, sid: account.sid, startedAt: at(3 * 24 * 60 - 5) },
      events: [
        {
          log: "Application",
          record: 5,
          provider: "Microsoft.ResourceManagement.ServiceHealthSource",
          id: 12,
          at: at(50),
          text: "The Forefront Identity Manager Service cannot connect to the Exchange Web Service.",
        },
      ],
    });
    desktop = await startDesktop(prefix, { POWERSHELL_STAND_INS: named(join(import.meta.dirname, "stand-ins.ps1")) });
    page = await desktop.page("MIM Mail Assistant");
  });
  afterAll(async () => {
    await desktop?.close();
    wine?.remove();
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") console.error(await page.innerText("body"));
  });

  test("begins with this server when it is chosen, and looks at it without a prompt", async () => {
    await page.locator("[data-start=live]").getByRole("button").first().click();
    await page.locator("[data-step]").first().waitFor();
    expect(await page.locator("[data-server]").innerText()).toContain("This server");
    expect(prompts()).toBe(0);
    await picture("look");
  });

  test("takes the IDs and the address that are entered", async () => {
    await goTo("azureIds");
    await page.locator("[data-target=applicationId]").fill(applicationId);
    await page.locator("[data-target=tenantId]").fill(tenantId);
    await goTo("serviceAccount");
    await page.locator("[data-target=serviceEmail]").fill("mimservice@contoso.com");
    await picture("enter");
  });

  test("changes nothing when Windows' question is declined, or the change is cancelled before it", async () => {
    const untouched = exported(wine.prefix, schannelKey);
    await goTo("tls");
    await page.locator("footer [data-review]").click();
    await page.locator("[role=dialog] [data-change=review]").waitFor();
    await dialog().getByRole("checkbox", { name: "I have checked these" }).check();
    await picture("review");
    answerPrompt(wine.prefix, "no");
    await dialog()
      .getByRole("button", { name: /^Set \d+ values$/ })
      .click();
    await expect.poll(() => dialog().innerText(), patience).toContain("Elevation was declined");
    await picture("declined");
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    answerPrompt(wine.prefix, "later");
    await page.locator("footer [data-review]").click();
    await dialog()
      .getByRole("button", { name: /^Set \d+ values$/ })
      .click();
    await expect.poll(prompts, patience).toBe(2);
    await dialog().getByRole("button", { name: "Cancel", exact: true }).click();
    await expect.poll(() => dialog().innerText(), patience).toMatch(/cancelled/i);
    await picture("cancelled");
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    answerPrompt(wine.prefix, "yes");
    expect(exported(wine.prefix, schannelKey)).toBe(untouched);
  });

  test("makes the changes through one elevated worker, after one prompt", async () => {
    before = [exported(wine.prefix, schannelKey), exported(wine.prefix, netKey)];
    const asked = prompts();
    await page.locator("footer [data-review]").click();
    await dialog()
      .getByRole("button", { name: /^Set 16 values$/ })
      .click();
    await page.locator("[role=dialog] [data-change=applied]").waitFor();
    await picture("applied");
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    expect(exported(wine.prefix, netKey)).toContain(`"SchUseStrongCrypto"=dword:00000001`);
    expect(prompts()).toBe(asked + 1);
    // The folder of the journals was closed to all but administrators before anything was in it.
    const rights = readFileSync(fileIn(wine.prefix, "C:\\stand-in\\icacls.txt"), "utf16le");
    expect(rights).toMatch(/ProgramData\\MIM Mail Assistant"? \/inheritance:r \/grant:r/);
  });

  test("runs the installer in Change mode beside its companion, and follows it to its end", async () => {
    const text = (data: string) => ({ type: "REG_SZ", data }) as const;
    prepareWizard(wine.prefix, account, {
      values: {
        [mailValueNames.applicationId]: text(applicationId),
        [mailValueNames.tenantId]: text(tenantId),
        [mailValueNames.secret]: text("AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAcHJhY3RpY2Ugc2VydmVy"),
      },
      settings: { mailServer: "outlook.office365.com", isExchange: "1", sendAsAddress: "mimservice@contoso.com" },
    });
    await goTo("changeMode");
    await page.getByRole("button", { name: "Start the installer…" }).click();
    await picture("change-mode");
    await page.locator("[data-start-installer]").getByRole("button", { name: "Start the installer" }).click();
    const companion = await desktop.page("MIM Mail Assistant: companion");
    // The package of the bench has no pages of its own: the person says where the wizard is.
    await companion.locator("[data-companion=begun], [data-companion=pages]").waitFor();
    expect(await companion.locator("[data-where-it-is]").innerText()).toContain("in the taskbar");
    await companion.locator("select").selectOption("mailbox");
    await companion.locator("svg[data-page-id=mailbox]").waitFor();
    expect(await companion.innerText("body")).toContain(applicationId);
    await picture("companion", companion);
    pressInstall(wine.prefix);
    await page.locator('main [data-run-ended="0"]').waitFor();
    await expect.poll(() => stepStatus("changeMode"), patience).toBe("done");
    await picture("change-mode-ended");
    const [moment = ""] = readdirSync(fileIn(wine.prefix, "C:\\ProgramData\\MIM Mail Assistant\\logs"));
    const log = fileIn(wine.prefix, `C:\\ProgramData\\MIM Mail Assistant\\logs\\${moment}\\change-mode.log`);
    await expect.poll(() => readFileSync(log, "latin1"), patience).toContain(productCode);
    expect(await stepStatus("mailServer")).toBe("done");
    expect(await stepStatus("authentication")).toBe("done");
  });

  test("restarts the service, and verifies what can be seen by now", async () => {
    await goTo("verify");
    expect(await status("verify.service")).toBe("action");
    await page.getByRole("button", { name: "Restart the service…" }).click();
    await dialog()
      .getByRole("button", { name: /^Restart/ })
      .click();
    await page.locator("[role=dialog] [data-change]:not([data-change=running])").waitFor();
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    // What is done is folded away.
    await unfold();
    await expect.poll(() => status("verify.service"), patience).toBe("done");
    await unfold();
    expect(await status("verify.registry")).toBe("done");
    expect(await status("verify.events")).toBe("pending");
    // The account's hive is closed to a window without an administrator's rights: it has one look with them.
    expect(await status("verify.token")).toBe("unknown");
    await picture("verify-closed");
    // Opened anew with those rights: when Windows' question is declined this window stays, and has its lock again.
    const lock = fileIn(wine.prefix, `${homeIn(wine.prefix)}\\window\\stand-in-lock`);
    expect(existsSync(lock)).toBe(true);
    answerPrompt(wine.prefix, "later");
    const before = prompts();
    await page.locator('[data-finding="verify.token"] [data-open-elevated]').click();
    await expect.poll(prompts, patience).toBe(before + 1);
    expect(existsSync(lock)).toBe(false);
    answerPrompt(wine.prefix, "no");
    await page.getByText("Elevation was declined").or(page.getByText("elevation was declined")).first().waitFor();
    expect(existsSync(lock)).toBe(true);
    answerPrompt(wine.prefix, "yes");
    await picture("open-declined");
    const asked = prompts();
    await page.locator('[data-finding="verify.token"] [data-look-elevated]').click();
    await page.locator("[data-look-elevated]").waitFor({ state: "detached" });
    await unfold();
    expect(await status("verify.token")).toBe("done");
    expect(prompts()).toBe(asked + 1);
    await picture("verify");
  });

  test("saves the report of the job", async () => {
    await goTo("report");
    await page.locator("[data-save]").click();
    await expect.poll(() => desktop.saved.length, patience).toBeGreaterThan(0);
    await picture("report");
    const [html = ""] = desktop.saved.filter((path) => path.endsWith(".html"));
    expect(readFileSync(html, "utf8")).toContain(applicationId);
  });

  test("puts back every value to the byte", async () => {
    await goTo("tls");
    await page.getByRole("button", { name: /^Undo: / }).click();
    await dialog().getByRole("button", { name: "Put back 16 values" }).click();
    await page.locator("[role=dialog] [data-change=applied]").waitFor();
    await picture("undone");
    await dialog().getByRole("button", { name: "Close", exact: true }).click();
    expect([exported(wine.prefix, schannelKey), exported(wine.prefix, netKey)]).toEqual(before);
  });

  test("opens anew as an administrator, where it was, and reads there what was closed", async () => {
    await goTo("verify");
    await unfold();
    const asked = prompts();
    await page.locator('[data-finding="verify.token"] [data-open-elevated]').click();
    await expect.poll(desktop.programs, patience).toBe(2);
    page = await desktop.page("MIM Mail Assistant");
    await page.locator('[data-step="verify"][aria-current="step"]').waitFor();
    await unfold();
    expect(await status("verify.token")).toBe("done");
    await picture("verify-elevated");
    expect(prompts()).toBe(asked + 1);
    await goTo("azureIds");
    expect(await page.locator("[data-target=applicationId]").inputValue()).toBe(applicationId);
  });

  test("told nothing that cannot cross, asked for nothing beyond its own files, and ends when its window is closed", async () => {
    expect(desktop.faults).toEqual([]);
    await desktop.closeWindow("MIM Mail Assistant");
    expect(await desktop.ended).toBe(0);
    expect(desktop.failures).toEqual([]);
  });
});

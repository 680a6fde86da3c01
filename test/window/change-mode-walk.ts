import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { PageId } from "../../electron/contract/wizard.ts";
import { eventually } from "./window.ts";

const commandLine = join(import.meta.dirname, "..", "..", "out", "mim-mail.js");

/** Runs the command line on the practice server of a home, as someone beside the window would. */
export function mimMail(home: string, ...words: readonly string[]): string {
  return execFileSync(process.execPath, [commandLine, ...words], {
    env: { ...process.env, MIM_MAIL_HOME: home },
    encoding: "utf8",
  });
}

/** Starts the practice installer from the screen Change mode, through the question before it. */
export async function startInstaller(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start the installer…" }).click();
  await page.locator("[data-start-installer]").getByRole("button", { name: "Start the installer" }).click();
}

/** The page the companion shows; null while it shows none. */
export async function companionPage(page: Page): Promise<PageId | null> {
  const drawing = page.locator("[data-companion=pages] svg[data-page-id]");
  return (await drawing.count()) === 0 ? null : ((await drawing.getAttribute("data-page-id")) as PageId);
}

/** Presses the practice installer's button to the next page once it can be pressed. */
export async function pressNext(page: Page): Promise<void> {
  const next = page.locator("[data-press=next]:not([aria-disabled=true])");
  await next.waitFor();
  const fill = page.locator("[data-as-told]");
  if ((await fill.count()) > 0) await fill.click();
  await next.click();
}

/** Goes on page by page until the companion shows the one wanted; gives all that were shown on the way, it included. */
export async function walkTo(page: Page, wanted: PageId): Promise<PageId[]> {
  const seen: PageId[] = [];
  for (;;) {
    await eventually(async () => {
      const shown = await companionPage(page);
      return shown !== null && shown !== seen.at(-1);
    }).toBe(true);
    const shown = await companionPage(page);
    if (shown === null) throw new Error("the companion shows no page");
    seen.push(shown);
    if (shown === wanted) return seen;
    if (seen.length > 18) throw new Error(`the walk does not come to ${wanted}: ${seen.join(", ")}`);
    await pressNext(page);
  }
}

/** Cancels the practice installer and waits for its end: a host does not end while it waits for a button. */
export async function cancelRun(page: Page): Promise<void> {
  await page.locator("[data-press=cancel]:not([aria-disabled=true])").click();
  await page.locator("[data-companion=ended]").waitFor();
}

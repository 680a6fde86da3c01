import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { createAssistant } from "../../electron/assistant/assistant.ts";
import type { AskRelay } from "../../electron/assistant/relay.ts";
import { bareShell } from "../../electron/assistant/window-shell.ts";
import type { FindingId } from "../../electron/contract/checklist.ts";
import type { Status } from "../../electron/contract/status.ts";
import type { Server } from "../../electron/server/server.ts";
import { version } from "../../package.json" with { type: "json" };
import { launchBrowser, type OpenPage, type WarmBrowser } from "./browser.ts";
import { type FileHost, openFileHost, top } from "./file-host.ts";

const program = join(top, "out", "preview.js");

/** The screens in their order, by the name their address has. */
export const screens = [
  "overview",
  "server",
  "tls",
  "mailServer",
  "authentication",
  "azureIds",
  "serviceAccount",
  "exchange",
  "changeMode",
  "verify",
  "report",
] as const;
export type Screen = (typeof screens)[number];

/** The practice recordings that ship with the product. */
export const practiceRecordings = join(top, "assets", "practice");

/** The built preview host as a process of its own. */
async function startPreview(home: string): Promise<{ readonly address: string; readonly stop: () => Promise<void> }> {
  const host = spawn(process.execPath, [program, "--port", "0"], {
    env: { ...process.env, MIM_MAIL_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  return {
    address: await addressOf(host),
    stop: async () => {
      const ended = new Promise((resolve) => host.once("exit", resolve));
      host.kill();
      await ended;
    },
  };
}

function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const listen = (part: unknown): void => {
      said += String(part);
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    };
    host.stdout?.on("data", listen);
    host.stderr?.on("data", listen);
    host.once("exit", (code) => reject(new Error(`The preview host ended with ${code}: ${said}`)));
  });
}

/** A window under test. */
export interface OpenWindow extends OpenPage {
  /** The data folder of its assistant: the practice server lies in `practice`, its journals in `journal/practice`. */
  readonly home: string;
}

/** Expects what comes in time: this machine may be slow, and a wrong answer is then only said later. */
export function eventually<Value>(look: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(look, { timeout: 20_000, interval: 40 });
}

export interface WindowOptions extends BrowserContextOptions {
  /** The screen to open at, or the start page; empty for an address that names none. */
  readonly at?: Screen | "start" | "";
  /** The home of an earlier window, to go on with what it left. */
  readonly home?: string;
  /** Opens it on the built preview host, a process of its own, as `npm start` does. */
  readonly built?: true;
  /** What stands for other computers. */
  readonly remote?: (computer: string) => Promise<Server>;
  /** What stands for the relay. */
  readonly askRelay?: AskRelay;
}

/**
 * One browser and one host for a test file; gives the way to open windows in it, each with an assistant and, unless
 * told, a home of its own.
 */
export function prepareWindows(): (options?: WindowOptions) => Promise<OpenWindow> {
  let browser: WarmBrowser;
  let host: FileHost;
  beforeAll(async () => {
    [browser, host] = await Promise.all([launchBrowser(), openFileHost()]);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.close();
  });
  return async ({ at = "server", home: given, built, remote, askRelay, ...options } = {}) => {
    const home = given ?? mkdtempSync(join(tmpdir(), "mim-mail-window-"));
    // Also when the test fails before its window is closed.
    if (given === undefined) onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
    let address: string;
    if (built) {
      const preview = await startPreview(home);
      onTestFinished(preview.stop);
      address = preview.address;
    } else {
      host.serve(({ emit, problems }) =>
        createAssistant({
          home,
          assets: join(top, "assets"),
          version,
          servers: { live: false },
          ...(remote === undefined ? {} : { remote }),
          ...(askRelay === undefined ? {} : { askRelay }),
          shell: { ...bareShell, runtime: `${bareShell.runtime}, preview in the browser`, problems },
          emit,
        }),
      );
      address = host.address;
    }
    const opened = await browser.open({ ...options, address: `${address}#${at}` });
    onTestFinished(opened.giveUp);
    return { ...opened, home };
  };
}

/** The status of a finding on show. */
export async function findingStatus(page: Page, finding: FindingId): Promise<Status> {
  return (await page.locator(`[data-finding="${finding}"]`).getAttribute("data-status")) as Status;
}

/** The status of a step in the list; `ready` for a report that was not saved yet. */
export async function stepStatus(page: Page, step: Screen): Promise<Status | "ready"> {
  return (await page.locator(`[data-step="${step}"]`).getAttribute("data-status")) as Status | "ready";
}

/** Goes to a screen through the list at the left. */
export async function goTo(page: Page, screen: Screen): Promise<void> {
  await page.locator(`[data-step="${screen}"]`).click();
  await page.locator(`[data-step="${screen}"][aria-current="step"]`).waitFor();
}

/** Presses Tab until what a selector names has the focus; fails when it cannot be reached. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  const longest = 200;
  for (let count = 0; count < longest; count += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
  }
  throw new Error(`${selector} cannot be reached with Tab`);
}

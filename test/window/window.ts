import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import type { FindingId } from "../../electron/contract/checklist.ts";
import type { Status } from "../../electron/contract/status.ts";

const top = join(import.meta.dirname, "..", "..");
const program = join(top, "out", "preview.js");

/** The ten screens, by the name their address has. */
export const screens = [
  "server",
  "exchange",
  "tls",
  "mailServer",
  "authentication",
  "azureIds",
  "serviceAccount",
  "changeMode",
  "verify",
  "report",
] as const;
export type Screen = (typeof screens)[number];

/** The practice recordings that ship with the product. */
export const practiceRecordings = join(top, "assets", "practice");

/** The preview host as a process of its own, with a home of its own unless one is given. */
interface Host {
  readonly address: string;
  readonly home: string;
  readonly stop: () => Promise<void>;
}

async function startHost(given?: string): Promise<Host> {
  if (!existsSync(program) || !existsSync(join(top, "out", "renderer", "index.html"))) {
    throw new Error("The window is not built. Run: node build/build.mjs");
  }
  const home = given ?? mkdtempSync(join(tmpdir(), "mim-mail-window-"));
  const host = spawn(process.execPath, [program, "--port", "0"], {
    env: { ...process.env, MIM_MAIL_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const address = await addressOf(host);
  return {
    address,
    home,
    stop: async () => {
      const ended = new Promise((resolve) => host.once("exit", resolve));
      host.kill();
      await ended;
      if (given === undefined) rmSync(home, { recursive: true, force: true });
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

/** A window under test: the page, and what went wrong in it. */
export interface OpenWindow {
  readonly page: Page;
  /** The data folder of its host: the practice server lies in `practice`, its journals in `journal/practice`. */
  readonly home: string;
  /** Ends the window and fails when its console held an error or it asked anything beyond its host. */
  readonly close: () => Promise<void>;
}

/** Expects what comes in time: this machine may be slow, and a wrong answer is then only said later. */
export function eventually<Value>(look: () => Value | Promise<Value>): ReturnType<typeof expect.poll<Value>> {
  return expect.poll(look, { timeout: 20_000, interval: 40 });
}

export interface WindowOptions extends BrowserContextOptions {
  /** The screen to open at. */
  readonly at?: Screen;
  /** The home of an earlier window, to go on with what it left. */
  readonly home?: string;
}

/** One browser for a test file; gives the way to open windows in it, each on a host and, unless told, home of its own. */
export function prepareWindows(): (options?: WindowOptions) => Promise<OpenWindow> {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env["MIM_MAIL_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async ({ at = "server", home, ...options } = {}) => {
    const host = await startHost(home);
    // Also when the test fails before its window is closed.
    onTestFinished(() => host.stop());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const faults: string[] = [];
    const origin = new URL(host.address).origin;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("request", (request) => {
      const address = request.url();
      const own = address.startsWith(`${origin}/`) || address.startsWith("data:") || address.startsWith("blob:");
      if (!own) faults.push(`request: ${address}`);
    });
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(origin).host) faults.push(`socket: ${socket.url()}`);
    });
    await page.goto(`${host.address}#${at}`);
    await page.locator("[data-step]").first().waitFor();
    return {
      page,
      home: host.home,
      close: async () => {
        await context.close();
        expect(faults).toEqual([]);
      },
    };
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

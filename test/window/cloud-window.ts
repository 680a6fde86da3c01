import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { createAssistant } from "../../electron/assistant/assistant.ts";
import { dispatch } from "../../electron/assistant/dispatch.ts";
import { bareShell } from "../../electron/assistant/window-shell.ts";
import { nodeHttp } from "../../electron/cloud/node-http.ts";
import { defaultTarget, type Target } from "../../electron/contract/target.ts";
import { openPreviewHost, type PreviewHost } from "../../electron/shell/preview-host.ts";
import { application, authority, mailbox, type StandIn, startStandIn, tenant } from "../unit/cloud/stand-in.ts";
import type { Screen } from "./window.ts";

const top = join(import.meta.dirname, "..", "..");
const built = join(top, "out", "renderer");

/** A target whose application the stand-in of Microsoft's cloud knows. */
export const knownTarget: Target = {
  ...defaultTarget,
  applicationId: application,
  tenantId: tenant,
  serviceEmail: mailbox,
};

/** A window whose trusted side runs in the test, with a stand-in in the place of Microsoft's hosts. */
export interface CloudWindow {
  readonly page: Page;
  readonly home: string;
  readonly standIn: StandIn;
  /** What crossed the page's one connection, as it was sent. */
  readonly sent: string[];
  readonly received: string[];
  readonly close: () => Promise<void>;
}

export interface CloudWindowOptions extends BrowserContextOptions {
  readonly at: Screen;
  readonly target?: Partial<Target>;
  /** The day the trusted side takes for today, `YYYY-MM-DD`. */
  readonly today?: string;
  /** The home of an earlier window, to go on with what it kept. */
  readonly home?: string;
}

/** One browser for a test file; gives the way to open such windows. */
export function prepareCloudWindows(): (options: CloudWindowOptions) => Promise<CloudWindow> {
  let browser: Browser;
  beforeAll(async () => {
    if (!existsSync(join(built, "index.html"))) throw new Error("The window is not built. Run: node build/build.mjs");
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
  return async ({ at, target = {}, today, home: given, ...context }) => {
    const home = given ?? mkdtempSync(join(tmpdir(), "mim-mail-cloud-"));
    writeFileSync(join(home, "target.json"), JSON.stringify({ ...knownTarget, ...target }));
    const standIn = await startStandIn();
    const host: PreviewHost = await openPreviewHost({
      folder: built,
      port: 0,
      largestMessage: 1_000_000,
      dispatch: (method, input) => dispatch(handlers, method, input),
    });
    const handlers = createAssistant({
      home,
      assets: join(top, "assets"),
      version: "1.2.3",
      servers: { live: false },
      now: today === undefined ? () => new Date() : () => new Date(`${today}T12:00:00Z`),
      emit: (event, value) => host.emit(event, value),
      shell: { ...bareShell, http: nodeHttp({ environment: {}, authorities: [authority] }) },
      cloud: { hosts: standIn.hosts, timeLimit: 60_000 },
    });
    onTestFinished(async () => {
      await host.close();
      await standIn.close();
      if (given === undefined) rmSync(home, { recursive: true, force: true });
    });
    const opened = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
    const page = await opened.newPage();
    page.setDefaultTimeout(20_000);
    const faults: string[] = [];
    const sent: string[] = [];
    const received: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => void sent.push(String(payload)));
      socket.on("framereceived", ({ payload }) => void received.push(String(payload)));
    });
    await page.goto(`${host.address}#${at}`);
    await page.locator("[data-step]").first().waitFor();
    await page.locator("main h2").first().waitFor();
    return {
      page,
      home,
      standIn,
      sent,
      received,
      close: async () => {
        await opened.close();
        expect(faults).toEqual([]);
      },
    };
  };
}

import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { chromiumArguments, findChromium } from "../../build/chromium.mjs";

export interface PageOptions extends BrowserContextOptions {
  /** The whole address, with its token and the screen to open at. */
  readonly address: string;
  /** Told of the page before it is loaded. */
  readonly prepare?: (page: Page) => void;
}

export interface OpenPage {
  readonly page: Page;
  /** Closes the page and fails when its console held an error or it asked anything beyond its host. */
  readonly close: () => Promise<void>;
  /** Closes the page of a test in which faults are meant. */
  readonly giveUp: () => Promise<void>;
}

export interface WarmBrowser {
  readonly open: (options: PageOptions) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** Long enough for the slowest machine: what is waited for comes, or the test's own time is over. */
const patience = 60_000;

/**
 * A browser in which a page opens fast: the pages of one host share a process, and a still page keeps it, so that the
 * window's scripts are compiled once. Each page is new, with all that a test does to it; what a page cannot be given
 * later, like rights, makes a context of its own.
 * @param origin the host whose pages are opened
 */
export async function launchBrowser(): Promise<WarmBrowser> {
  const browser: Browser = await chromium.launch({
    executablePath: process.env["MIM_MAIL_CHROMIUM"] ?? findChromium() ?? "/usr/bin/chromium",
    args: [...chromiumArguments, "--process-per-site"],
  });
  const contexts = new Map<string, Promise<BrowserContext>>();

  /** A context with a still page of this host. */
  async function contextFor(options: BrowserContextOptions, origin: string): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    const still = await context.newPage();
    // Chromium shows the refusal as a page of the host's.
    await still.goto(`${origin}/still`);
    return context;
  }

  return {
    async open({ address, prepare, viewport, colorScheme, reducedMotion, forcedColors, ...own }) {
      const { origin } = new URL(address);
      const key = JSON.stringify([origin, own]);
      const context = contexts.get(key) ?? contextFor(own, origin);
      contexts.set(key, context);
      const before = new Set((await context).pages());
      const page = await (await context).newPage();
      page.setDefaultTimeout(patience);
      await page.setViewportSize(viewport ?? { width: 1280, height: 800 });
      await page.emulateMedia({
        colorScheme: colorScheme ?? "light",
        // What opens and closes does so at once; a test that is about motion asks for it.
        reducedMotion: reducedMotion ?? "reduce",
        forcedColors: forcedColors ?? "none",
      });
      const faults: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
      });
      page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
      page.on("request", (request) => {
        const asked = request.url();
        const isOwn = asked.startsWith(`${origin}/`) || asked.startsWith("data:") || asked.startsWith("blob:");
        if (!isOwn) faults.push(`request: ${asked}`);
      });
      page.on("websocket", (socket) => {
        if (new URL(socket.url()).host !== new URL(origin).host) faults.push(`socket: ${socket.url()}`);
      });
      prepare?.(page);
      await page.goto(address);
      await page.locator("[data-step], [data-start]").first().waitFor();
      const giveUp = async (): Promise<void> => {
        // Pages that the test opened beside it go as well.
        for (const one of (await context).pages()) if (!before.has(one)) await one.close();
        await (await context).clearPermissions();
      };
      return {
        page,
        giveUp,
        close: async () => {
          await giveUp();
          expect(faults).toEqual([]);
        },
      };
    },
    close: () => browser.close(),
  };
}

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { chromiumArguments, findChromium } from "../../../build/chromium.mjs";
import { top } from "../windows.ts";
import { environmentFor } from "../wine-prefix.ts";
import { installProgram, programPath } from "./installed-program.ts";
import type { ToDesktop, ToTest } from "./wire.ts";

/** Electron's own scheme is not Chromium's: the window is shown under this origin, and told the product under its own. */
const shownOrigin = "https://mim-mail";
const ownOrigin = "app://mim-mail";
const toShown = (address: string): string => address.replaceAll(ownOrigin, shownOrigin);
const toOwn = (address: string): string => address.replaceAll(shownOrigin, ownOrigin);

/** A question of a message box, and how it is answered. */
export interface BoxQuestion {
  readonly message: string;
  readonly detail?: string;
  readonly buttons: readonly string[];
}

export interface Desktop {
  /** The page of the window whose title begins so, as soon as it is open. */
  readonly page: (title: string) => Promise<Page>;
  /** Whether a window of that title is open. */
  readonly isOpen: (title: string) => boolean;
  /** Answers the message boxes from now on: with the number of a button. */
  readonly answerBoxes: (answer: (question: BoxQuestion) => number) => void;
  /** Closes a window as its cross does. */
  readonly closeWindow: (title: string) => Promise<void>;
  /** What went wrong that should not: errors of pages, refusals of the stand-in, addresses that were asked for. */
  readonly faults: readonly string[];
  /** The box of a start that failed, and the exit code, when the program has ended. */
  readonly failures: readonly string[];
  /** How often the program was started: once, and again where it was opened anew. */
  readonly programs: () => number;
  /** Resolves with the exit code when the program has ended; the last one, where it was opened anew. */
  readonly ended: Promise<number>;
  /** Where files were saved that the window handed out. */
  readonly saved: readonly string[];
  readonly close: () => Promise<void>;
}

interface Shown {
  readonly title: string;
  readonly page: Page;
}

/** The page's half of the bridge: the built preload itself, with what Electron would give it. */
function preloadIn(code: string): string {
  return `(() => {
    const heard = new Map();
    window.__standInTell = (channel, values) => {
      for (const listener of heard.get(channel) ?? []) listener({}, ...values);
    };
    const electron = {
      contextBridge: { exposeInMainWorld: (name, api) => { window[name] = api; } },
      ipcRenderer: {
        invoke: async (channel, input) => {
          const { value, error } = await window.__standInCall(channel, structuredClone(input) ?? null);
          if (error !== null) throw new Error(error);
          return structuredClone(value);
        },
        on: (channel, listener) => {
          if (!heard.has(channel)) heard.set(channel, new Set());
          heard.get(channel).add(listener);
        },
        removeListener: (channel, listener) => heard.get(channel)?.delete(listener),
      },
    };
    const require = (name) => {
      if (name !== "electron") throw new Error("a sandboxed preload may not load " + name);
      return electron;
    };
    const module = { exports: {} };
    (function (exports) { ${code} })(module.exports);
  })();`;
}

/**
 * Starts the built desktop in a Wine prefix, as it is installed, and shows its windows in Chromium: with the product's own
 * preload, its own answers to \`app://\`, its own policy, and its own rule of who may call.
 */
export async function startDesktop(prefix: string, environment: Readonly<Record<string, string>>): Promise<Desktop> {
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-desktop-"));
  const faults: string[] = [];
  const failures: string[] = [];
  const saved: string[] = [];
  const shown = new Map<number, Promise<Shown>>();
  const titles = new Map<number, string>();
  const waiting = new Set<() => void>();
  const answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let answerBox: (question: BoxQuestion) => number = (question) => {
    throw new Error(`nobody expected the question: ${question.message}`);
  };
  /** The program under test; the last one, where it was opened anew. */
  let socket: Socket | null = null;
  let programs = 0;
  let asked = 0;
  let exits: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    exits = resolve;
  });

  const browser: Browser = await chromium.launch({
    executablePath: process.env["MIM_MAIL_CHROMIUM"] ?? findChromium() ?? "/usr/bin/chromium",
    args: [...chromiumArguments],
  });
  const context: BrowserContext = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    acceptDownloads: true,
  });

  function ask(request: ToDesktop): Promise<unknown> {
    asked += 1;
    const id = asked;
    return new Promise((resolve, reject) => {
      answers.set(id, { resolve, reject });
      socket?.write(`${JSON.stringify({ id, request })}\n`);
    });
  }

  const windowOf = async (page: Page): Promise<number> => {
    for (const [window, one] of shown) if ((await one).page === page) return window;
    return 0;
  };

  await context.route("**/*", async (route) => {
    const url = route.request().url();
    const file = url.startsWith(`${shownOrigin}/`) ? await ask({ kind: "fetches", url: toOwn(url) }) : null;
    if (file === null) {
      faults.push(`request: ${url}`);
      return route.abort();
    }
    const { status, headers, base64 } = file as { status: number; headers: Record<string, string>; base64: string };
    return route.fulfill({ status, headers, body: Buffer.from(base64, "base64") });
  });
  const callers = new Map<Page, number>();
  await context.exposeBinding("__standInCall", async ({ page, frame }, channel: string, input: unknown) => {
    const url = toOwn(frame.url());
    const isMain = frame === page.mainFrame();
    try {
      const value = await ask({
        kind: "calls",
        window: callers.get(page) ?? 0,
        channel,
        input,
        frame: { isMain, url, origin: originOf(frame) },
      });
      return { value: JSON.parse(toShown(JSON.stringify(value))), error: null };
    } catch (error) {
      faults.push(`call: ${channel}: ${(error as Error).message}`);
      return { value: null, error: (error as Error).message };
    }
  });
  const originOf = (frame: Frame): string => (frame.url().startsWith(`${shownOrigin}/`) ? ownOrigin : "null");

  async function show(opened: ToTest & { kind: "opens" }): Promise<Shown> {
    const page = await context.newPage();
    callers.set(page, opened.window);
    page.setDefaultTimeout(500_000);
    await page.setViewportSize({ width: opened.width, height: opened.height });
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
    page.on("download", async (download) => {
      const path = join(folder, `${saved.length}-${download.suggestedFilename()}`);
      await download.saveAs(path);
      const isAllowed = await ask({ kind: "downloads", address: toOwn(download.url()), path });
      if (isAllowed === true) saved.push(path);
    });
    if (opened.preload !== null) {
      const unix = join(prefix, "drive_c", opened.preload.replace(/^C:\\/i, "").replaceAll("\\", "/"));
      await page.addInitScript(preloadIn(readFileSync(unix, "utf8")));
    }
    await page.goto(toShown(opened.address));
    return { title: opened.title, page };
  }

  async function hear(message: ToTest, isLast: boolean): Promise<void> {
    // What one says that another has taken over from is over, but for a fault.
    if (!isLast && message.kind !== "fails") return;
    switch (message.kind) {
      case "opens":
        titles.set(message.window, message.title);
        shown.set(message.window, show(message));
        break;
      case "closes": {
        titles.delete(message.window);
        const closed = await shown.get(message.window);
        shown.delete(message.window);
        await closed?.page.close();
        break;
      }
      case "tells": {
        const { channel, values } = message;
        const to = await shown.get(message.window);
        await to?.page
          .evaluate(
            ([name, given]) =>
              (globalThis as unknown as { __standInTell: (name: string, values: unknown) => void }).__standInTell(
                name,
                given,
              ),
            [channel, JSON.parse(toShown(JSON.stringify(values)))] as [string, unknown],
          )
          .catch(() => undefined);
        break;
      }
      case "asks": {
        const { box } = message.question as { box: BoxQuestion };
        await ask({ kind: "answers", id: message.id, value: answerBox(box) });
        break;
      }
      case "answered":
        if (message.error === null) answers.get(message.id)?.resolve(message.value);
        else answers.get(message.id)?.reject(new Error(message.error));
        answers.delete(message.id);
        break;
      case "fails":
        failures.push(`${message.title}: ${message.content}`);
        break;
      case "exits":
        exits(message.code);
        break;
      default:
        break;
    }
    for (const wake of waiting) wake();
  }

  const server: Server = createServer((caller) => {
    programs += 1;
    socket = caller;
    for (const former of shown.values()) void former.then(({ page }) => page.close());
    shown.clear();
    titles.clear();
    let rest = "";
    caller.setEncoding("utf8").on("data", (piece: string) => {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        hear(JSON.parse(line) as ToTest, caller === socket).catch((error: Error) =>
          faults.push(`test: ${error.message}`),
        );
      }
    });
    caller.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await installProgram(prefix, typeof address === "object" && address !== null ? address.port : 0);

  const output = openSync(join(folder, "output.txt"), "w");
  const child: ChildProcess = spawn("wine", [programPath], {
    cwd: top,
    // Wine takes its own programs before others of the same name, unless it is told.
    env: { ...environmentFor(prefix), WINEDLLOVERRIDES: "whoami.exe=n;icacls.exe=n", ...environment },
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  child.once("exit", (code) => {
    const fault = join(prefix, "drive_c", "stand-in-fault.txt");
    if (existsSync(fault)) faults.push(readFileSync(fault, "utf8"));
    if (code !== 0) failures.push(readFileSync(join(folder, "output.txt"), "utf8"));
    if (programs < 2) exits(code ?? -1);
    for (const wake of waiting) wake();
  });

  function find(title: string): Promise<Shown> | null {
    for (const [window, one] of titles) if (one.startsWith(title)) return shown.get(window) ?? null;
    return null;
  }

  return {
    page: async (title) => {
      for (;;) {
        const found = find(title);
        if (found !== null) return (await found).page;
        if (child.exitCode !== null && programs < 2)
          throw new Error(`the desktop has ended: ${[...faults, ...failures].join("\n")}`);
        await new Promise<void>((resolve) => {
          waiting.add(resolve);
        });
        waiting.clear();
      }
    },
    isOpen: (title) => [...titles.values()].some((one) => one.startsWith(title)),
    answerBoxes: (answer) => {
      answerBox = answer;
    },
    closeWindow: async (title) => {
      const found = find(title);
      if (found === null) throw new Error(`no window is called ${title}`);
      await ask({ kind: "closes", window: await windowOf((await found).page) });
    },
    faults,
    failures,
    programs: () => programs,
    ended,
    saved,
    close: async () => {
      socket?.destroy();
      await new Promise<void>((resolve) => {
        if (child.exitCode !== null) resolve();
        else child.once("exit", () => resolve());
      });
      server.close();
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

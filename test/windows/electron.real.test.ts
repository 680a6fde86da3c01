import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron, chromium, type Page } from "playwright-core";
import { expect, test } from "vitest";
import { top } from "./windows.ts";

/** The installed program where the set-up is tried; else Electron's runtime on the built files. */
const installed = process.env["MIM_MAIL_INSTALLED"];

interface Opened {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

function environmentWith(home: string): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env as Record<string, string>;
  return { ...env, MIM_MAIL_HOME: home };
}

async function openBuilt(home: string): Promise<Opened> {
  const app = await _electron.launch({
    executablePath: createRequire(import.meta.url)("electron") as string,
    args: [top],
    cwd: top,
    env: environmentWith(home),
  });
  return { page: await app.firstWindow(), close: () => app.close() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The installed program's fuses keep every debugger out of its main process; its page is reached through Chromium's. */
async function openInstalled(program: string, home: string): Promise<Opened> {
  const port = await freePort();
  const child = spawn(program, [`--remote-debugging-port=${port}`], { env: environmentWith(home), stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const browser = await expect
      .poll(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null), { timeout: 60_000 })
      .not.toBeNull()
      .then(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`));
    const page = browser.contexts()[0]?.pages()[0];
    if (page === undefined) throw new Error("the program has no window");
    return {
      page,
      close: async () => {
        await page.close();
        await ended;
      },
    };
  } catch (error) {
    child.kill();
    throw error;
  }
}

test("the window opens in Electron's own runtime on this server, with its steps", async () => {
  const home = mkdtempSync(join(tmpdir(), "mim-mail-electron-"));
  // Someone who was here before: the first start asks what to look at.
  writeFileSync(join(home, "place.json"), '{ "screen": "overview" }');
  const { page, close } = await (installed === undefined ? openBuilt(home) : openInstalled(installed, home));
  try {
    await page.waitForFunction("document.querySelectorAll('a[data-step]').length === 11", undefined, {
      timeout: 90_000,
    });
    expect(await page.evaluate("typeof process + typeof require")).toBe("undefinedundefined");
    expect(await page.innerText("body")).toContain("This server");
    const pictures = process.env["MIM_MAIL_PICTURES"];
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, "installed.png") });
  } finally {
    await close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
});

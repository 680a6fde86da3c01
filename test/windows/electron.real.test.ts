import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "playwright-core";
import { expect, test } from "vitest";
import { top } from "./windows.ts";

test("the window opens in Electron's own runtime on this server, with its ten steps", async () => {
  const home = mkdtempSync(join(tmpdir(), "mim-mail-electron-"));
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env as Record<string, string>;
  const app = await _electron.launch({
    executablePath: createRequire(import.meta.url)("electron") as string,
    args: [top],
    cwd: top,
    env: { ...env, MIM_MAIL_HOME: home },
  });
  try {
    const window = await app.firstWindow();
    await window.waitForFunction("document.querySelectorAll('a[data-step]').length === 10", undefined, {
      timeout: 90_000,
    });
    expect(await window.evaluate("typeof process + typeof require")).toBe("undefinedundefined");
    expect(await window.innerText("body")).toContain("This server");
  } finally {
    await app.close();
    rmSync(home, { recursive: true, force: true });
  }
});

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the Wine prefix all these tests share; null on Windows itself, and where Wine is missing. */
    readonly winePrefix: string | null;
  }
}

/** Raised when the template is made in another way than before. */
const templateVersion = 1;

const cmd = "C:\\windows\\system32\\cmd.exe";

function inPrefix(prefix: string, program: string, argv: readonly string[], seconds: number): number | null {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
  const env = { ...inherited, WINEPREFIX: prefix, WINEDEBUG: "-all" };
  return spawnSync(program, argv, { env, stdio: "ignore", timeout: seconds * 1000 }).status;
}

/** A fresh Windows 10, made once for a version of Wine and then copied: making takes ten seconds, copying two. */
function template(): string {
  const version = spawnSync("wine", ["--version"], { encoding: "utf8" }).stdout.replace(/[^\w.-]+/g, "-");
  const cache = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "mim-mail-assistant");
  const made = join(cache, `wine-prefix-${version}-${templateVersion}`);
  if (existsSync(made)) return made;
  mkdirSync(cache, { recursive: true });
  const folder = `${made}.${process.pid}.tmp`;
  inPrefix(folder, "wineboot", ["-i"], 120);
  inPrefix(folder, "wine", ["winecfg", "-v", "win10"], 60);
  inPrefix(folder, "wineserver", ["-w"], 60);
  if (!existsSync(join(folder, "system.reg"))) throw new Error("Wine could not make its prefix");
  renameSync(folder, made);
  return made;
}

/** Vitest's global set-up: one prefix for all tests, with its server kept running so that each program starts at once. */
export async function setup(project: TestProject): Promise<() => void> {
  if (process.platform === "win32" || !existsSync("/usr/bin/wine")) {
    project.provide("winePrefix", null);
    return () => {};
  }
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-wine-"));
  const prefix = join(folder, "prefix");
  const copied = spawnSync("cp", ["-a", template(), prefix], { stdio: "inherit" }).status;
  if (copied !== 0) throw new Error("the Wine prefix could not be copied");
  inPrefix(prefix, "wineserver", ["-p"], 20);
  // The first program starts Wine's services, which would hold on to a pipe of ours for ever.
  inPrefix(prefix, "wine", [cmd, "/c", "exit"], 60);
  project.provide("winePrefix", prefix);
  return () => {
    inPrefix(prefix, "wineserver", ["-k"], 20);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
}

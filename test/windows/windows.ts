import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { RegTool } from "../../electron/server/live/reg-registry.ts";
import { type Ended, type RunTool, runTool, scratchBelow } from "../../electron/server/windows-tool.ts";
import { environmentFor } from "./wine-prefix.ts";

export const top = join(import.meta.dirname, "..", "..");

const prefix = inject("winePrefix");

/** True on Windows itself, where nothing stands between the tests and Windows' programs. */
export const onWindows = process.platform === "win32";

/** False where there is neither Windows nor Wine: these tests are skipped there, which fails in CI. */
export const hasWindows = onWindows || prefix !== null;

/** The environment in which Wine finds its prefix. */
export function wineEnvironment(): NodeJS.ProcessEnv {
  return environmentFor(prefix ?? "");
}

/** How Windows' programs name a file of this machine: Wine shows the root folder as drive Z. */
export function named(path: string): string {
  return onWindows ? path : `Z:${path.replaceAll("/", "\\")}`;
}

/** A file of drive C as this machine names it. */
export function driveC(...path: readonly string[]): string {
  return onWindows ? join("C:\\", ...path) : join(prefix ?? "", "drive_c", ...path);
}

const system = "C:\\windows\\system32";

/** Every program of Windows that was started, for tests that count them. */
export const started: (readonly string[])[] = [];

/** Runs a program of Windows from this process: as it is on Windows, else in Wine. */
export const runInWindows: RunTool = (program, argv, options = {}) => {
  started.push([program, ...argv]);
  if (onWindows) return runTool(program, argv, options);
  const environment = { ...wineEnvironment(), ...options.environment } as Record<string, string>;
  return runTool("wine", [program, ...argv], { ...options, environment });
};

/** reg.exe as the adapter is given it. */
export const regTool: RegTool = {
  run: (argv) => runInWindows(`${system}\\reg.exe`, argv),
  withScratch: scratchBelow(async () => tmpdir(), named),
};

/** Runs reg.exe directly, past everything under test; throws when it fails. */
export function reg(...argv: readonly string[]): Ended {
  const program = `${system}\\reg.exe`;
  const [file, args] = onWindows ? [program, argv] : ["wine", [program, ...argv]];
  const { status, stdout, stderr } = spawnSync(file, args, { env: onWindows ? process.env : wineEnvironment() });
  if (status !== 0) throw new Error(`reg ${argv.join(" ")}: ${stdout}${stderr}`);
  return { code: status, stdout, stderr };
}

/** A name no other test has. */
export function unique(what: string): string {
  return `MimMailTest-${what}-${randomBytes(4).toString("hex")}`;
}

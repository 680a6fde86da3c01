import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Raised when the template is made in another way than before. */
const templateVersion = 1;

const cmd = "C:\\windows\\system32\\cmd.exe";

/** The environment in which Wine finds a prefix, quietly and without a screen. */
export function environmentFor(prefix: string): NodeJS.ProcessEnv {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
  return { ...inherited, WINEPREFIX: prefix, WINEDEBUG: "-all" };
}

function inPrefix(prefix: string, program: string, argv: readonly string[], seconds: number): void {
  spawnSync(program, argv, { env: environmentFor(prefix), stdio: "ignore", timeout: seconds * 1000 });
}

/** A fresh Windows 10, made once for a version of Wine and then copied: making takes ten seconds, copying two. */
function template(cache: string): string {
  const version = spawnSync("wine", ["--version"], { encoding: "utf8" }).stdout.replace(/[^\w.-]+/g, "-");
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

/** A prefix of one's own, with its server kept running so that each program starts at once. */
export interface WinePrefix {
  readonly prefix: string;
  readonly remove: () => void;
}

/**
 * Copies a fresh Windows and starts it.
 * @param cache where the template is kept between runs
 */
export function openPrefix(cache: string): WinePrefix {
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-wine-"));
  const prefix = join(folder, "prefix");
  const copied = spawnSync("cp", ["-a", template(cache), prefix], { stdio: "inherit" }).status;
  if (copied !== 0) throw new Error("the Wine prefix could not be copied");
  // Wine knows a prefix by its folder's number, which may have been that of one now deleted, with its server still there.
  inPrefix(prefix, "wineserver", ["-k"], 20);
  inPrefix(prefix, "wineserver", ["-p"], 20);
  // The first program starts Wine's services, which would hold on to a pipe of ours for ever.
  inPrefix(prefix, "wine", [cmd, "/c", "exit"], 60);
  return {
    prefix,
    remove: () => {
      inPrefix(prefix, "wineserver", ["-k"], 20);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

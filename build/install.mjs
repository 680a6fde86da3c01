import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The top folder of the project. */
export const top = fileURLToPath(new URL("..", import.meta.url));

/**
 * Says whether node_modules holds what the lockfile asks for. npm writes its own list last, so a list that is
 * newer than the lockfile means a finished installation; an older one still counts when it names the same versions
 * (a fresh checkout of the same lockfile, for example).
 * @param {string} folder the project's folder
 * @returns {boolean}
 */
export function isInstalled(folder) {
  const lockfile = join(folder, "package-lock.json");
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  if (statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs) return true;
  try {
    const wanted = Object.entries(JSON.parse(readFileSync(lockfile, "utf8")).packages);
    const there = JSON.parse(readFileSync(installed, "utf8")).packages;
    return wanted.every(
      ([path, entry]) => path === "" || entry.optional === true || there[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

/**
 * Runs npm with the Node that runs this script.
 * @param {readonly string[]} argv
 * @param {{ cwd?: string, stdio?: import("node:child_process").StdioOptions, env?: NodeJS.ProcessEnv }} [options]
 */
export function npm(argv, options = {}) {
  const own = process.env.npm_execpath;
  // npm_execpath may belong to another package manager; only npm's own script is run with this Node.
  if (own !== undefined && /npm-cli\.c?js$/.test(own)) {
    return spawnSync(process.execPath, [own, ...argv], { encoding: "utf8", cwd: top, ...options });
  }
  // Windows' npm is a batch file, which only a shell starts; every argument here is a constant of these scripts.
  return spawnSync("npm", [...argv], { encoding: "utf8", cwd: top, shell: process.platform === "win32", ...options });
}

/**
 * Installs the packages of the lockfile when they are not there. Everything npm says goes to stderr.
 * Ends the process with npm's exit code when that fails.
 */
export function ensureInstalled() {
  if (isInstalled(top)) return;
  process.stderr.write("Installing the packages of package-lock.json…\n");
  const run = npm(["ci", "--no-fund", "--no-audit", "--loglevel=error"], { stdio: ["ignore", 2, 2] });
  if (run.status !== 0) {
    process.stderr.write(
      `npm ci failed${run.error ? `: ${run.error.message}` : ""}. Check the connection to the package registry and run it again.\n`,
    );
    process.exit(run.status || 1);
  }
}

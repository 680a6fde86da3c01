import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./install.mjs";

const packageFolder = join(top, "node_modules", "electron");

/** What Electron's program is called inside its folder. */
const programName =
  { win32: "electron.exe", darwin: "Electron.app/Contents/MacOS/Electron" }[process.platform] ?? "electron";

/** How long a download may take in all, in milliseconds: about 110 MB. */
const downloadLimit = 5 * 60_000;

/** How long the host of the runtime may take to answer at all, in milliseconds. */
const answerLimit = 4000;

/** @returns {boolean} whether a window can be shown to someone here */
export function hasDisplay() {
  if (process.platform !== "linux") return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Electron's program: the one of ELECTRON_OVERRIDE_DIST_PATH, else the one its package downloaded.
 * @returns {string | null} null when it is not there
 */
export function electronProgram() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const program = join(override, programName);
    return existsSync(program) ? program : null;
  }
  try {
    const program = join(packageFolder, "dist", readFileSync(join(packageFolder, "path.txt"), "utf8"));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Says whether the host that Electron's package downloads from answers at all. Behind a proxy, which Node's own
 * request does not use, that cannot be told, and the download is tried.
 */
async function isHostReachable() {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true;
  const host = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? "https://github.com/";
  try {
    await fetch(host, { method: "HEAD", signal: AbortSignal.timeout(answerLimit) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Downloads Electron's runtime where that can succeed and be of use: not in CI, not where it was ruled out, not without
 * a screen, not without the network. Bounded in time.
 * @returns {Promise<string | null>} the program, null when it is not there in the end
 */
export async function downloadElectron() {
  const { CI, ELECTRON_OVERRIDE_DIST_PATH, ELECTRON_SKIP_BINARY_DOWNLOAD } = process.env;
  if (CI || ELECTRON_OVERRIDE_DIST_PATH || ELECTRON_SKIP_BINARY_DOWNLOAD || !hasDisplay()) return null;
  if (!(await isHostReachable())) return null;
  process.stderr.write("Downloading Electron's runtime, about 110 MB…\n");
  const download = spawn(process.execPath, [join(packageFolder, "install.js")], {
    cwd: top,
    stdio: "ignore",
    timeout: downloadLimit,
  });
  await new Promise((resolve) => {
    download.on("error", resolve);
    download.on("exit", resolve);
  });
  return electronProgram();
}

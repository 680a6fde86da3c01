import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * What the tests of Windows' own programs need: Wine, wixl, which builds an installer package, and NSIS, which builds a
 * set-up.
 */
const programs = { wine: "/usr/bin/wine", wixl: "/usr/bin/wixl", makensis: "/usr/bin/makensis" };

/** @returns {boolean} */
function isThere() {
  return Object.values(programs).every((path) => existsSync(path));
}

/**
 * Sees to it that they are there; on Debian as root they are installed when they are missing. Windows itself
 * needs none of them.
 * @returns {boolean}
 */
export function ensureWine() {
  if (process.platform === "win32" || isThere()) return true;
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return false;
  process.stderr.write("Installing Wine, wixl and NSIS for the tests of Windows' own programs…\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const argv of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "wine64", "wine", "wixl", "nsis"],
  ]) {
    if (spawnSync("apt-get", argv, { stdio: ["ignore", 2, 2], env }).status !== 0) break;
  }
  return isThere();
}

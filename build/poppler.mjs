import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** What the tests read PDFs with. */
const programs = ["/usr/bin/pdftotext", "/usr/bin/pdftohtml", "/usr/bin/pdfinfo"];

/** @returns {boolean} */
function isThere() {
  return programs.every((path) => existsSync(path));
}

/**
 * Sees to it that poppler's programs are there; on Debian as root they are installed when they are missing. On Windows
 * no PDF is read back: the tests there say so.
 * @returns {boolean}
 */
export function ensurePoppler() {
  if (process.platform === "win32" || isThere()) return true;
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return false;
  process.stderr.write("Installing poppler's programs for the tests of the PDF report…\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const argv of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", "poppler-utils"],
  ]) {
    if (spawnSync("apt-get", argv, { stdio: ["ignore", 2, 2], env }).status !== 0) break;
  }
  return isThere();
}

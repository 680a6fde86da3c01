import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * A fingerprint of files by path, size and time of change: cheap (no file is opened), and it notices a file that
 * was taken away or that became older, which a comparison of times alone does not.
 * @param {string} top
 * @param {readonly string[]} sources files and folders below top; one that is not there counts as such
 * @returns {string}
 */
export function stampOf(top, sources) {
  const hash = createHash("sha256");
  const walk = (/** @type {string} */ path) => {
    const stats = statSync(join(top, path), { throwIfNoEntry: false });
    if (stats === undefined) hash.update(`${path} missing\n`);
    else if (stats.isDirectory()) {
      for (const name of readdirSync(join(top, path)).sort()) walk(`${path}/${name}`);
    } else hash.update(`${path} ${stats.size} ${stats.mtimeMs}\n`);
  };
  for (const source of sources) walk(source);
  return hash.digest("hex");
}

/**
 * Says whether everything that was built from these sources is still there and they have not changed since.
 * @param {string} top
 * @param {string} stampFile
 * @param {string} stamp
 * @returns {boolean}
 */
export function isCurrent(top, stampFile, stamp) {
  try {
    const kept = JSON.parse(readFileSync(stampFile, "utf8"));
    return kept.stamp === stamp && kept.outputs.every((/** @type {string} */ path) => existsSync(join(top, path)));
  } catch {
    return false;
  }
}

import { randomUUID } from "node:crypto";
import { lstat, readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What a crash left is cleared when it is this old, in milliseconds: until then another process may still write it. */
const oldEnough = 60 * 60 * 1000;

const ownEnding = /^\.[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\.tmp$/;

/** The temporary name beside a file under which it is written before it has its own. */
export function temporaryName(path: string): string {
  return `${path}.${randomUUID()}.tmp`;
}

/**
 * Removes what a crash left of a file that was being written: files beside it with names of {@link temporaryName} for
 * this very file, and only old ones. Never rejects: what cannot be cleared stays.
 */
export async function clearLeftTemporaries(path: string, now = Date.now()): Promise<void> {
  const [folder, own] = [dirname(path), basename(path)];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(own) || !ownEnding.test(name.slice(own.length))) continue;
    const left = join(folder, name);
    const found = await lstat(left).catch(() => null);
    if (found?.isFile() && now - found.mtimeMs > oldEnough) await rm(left, { force: true }).catch(() => {});
  }
}

import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

export const practice = join(import.meta.dirname, "../../../assets/practice");
export const samplePath = (id: string) => join(practice, `${id}.json`);
export const sampleTarget = (id: string) => join(practice, `${id}.target.json`);

/** A folder of its own for each test, deleted after it. */
export function ownFolder(): { readonly at: (...names: string[]) => string; readonly names: () => Promise<string[]> } {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mim-mail-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  return {
    at: (...names) => join(folder, ...names),
    names: async () => (await readdir(folder, { recursive: true })).sort(),
  };
}

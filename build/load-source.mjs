import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";

/**
 * Loads a TypeScript file of the program into a build script. It must need nothing but Node and what is built in.
 * @param {string} entry relative to the project's folder
 * @returns {Promise<Record<string, any>>} what it exports
 */
export async function loadSource(entry) {
  const [file] = await bundle({ input: { source: entry } }, { format: "esm", codeSplitting: false, minify: false });
  if (file?.type !== "chunk") throw new Error(`${entry} did not become a program`);
  const folder = mkdtempSync(join(tmpdir(), "mim-mail-source-"));
  try {
    const path = join(folder, "source.mjs");
    writeFileSync(path, file.code);
    return await import(pathToFileURL(path).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

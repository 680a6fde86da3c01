import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openPrefix } from "./wine-prefix.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the Wine prefix all these tests share; null on Windows itself, and where Wine is missing. */
    readonly winePrefix: string | null;
  }
}

const cache = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "mim-mail-assistant");

/** Vitest's global set-up: one prefix for all tests. */
export async function setup(project: TestProject): Promise<() => void> {
  if (process.platform === "win32" || !existsSync("/usr/bin/wine")) {
    project.provide("winePrefix", null);
    return () => {};
  }
  const { prefix, remove } = openPrefix(cache);
  project.provide("winePrefix", prefix);
  return remove;
}

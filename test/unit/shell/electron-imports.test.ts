import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

/** Imports, re-exports, dynamic imports and requires of Electron that stay in the built code. */
const valueImport =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^;]*?\bfrom\s*["']electron["']|import\s*["']electron["']|(?:import|require)\(\s*["']electron["']/;

test("the pattern tells value imports from type imports", () => {
  expect(valueImport.test('import { app } from "electron";')).toBe(true);
  expect(valueImport.test('import {\n  app,\n} from "electron";')).toBe(true);
  expect(valueImport.test('import { type App, app } from "electron";')).toBe(true);
  expect(valueImport.test('const electron = await import("electron");')).toBe(true);
  expect(valueImport.test('const electron = require("electron");')).toBe(true);
  expect(valueImport.test('import type { App } from "electron";')).toBe(false);
  expect(valueImport.test('import type {\n  App,\n} from "electron";\nimport { a } from "./a.ts";')).toBe(false);
});

test("only main and preload import Electron's values", async () => {
  const found: string[] = [];
  for (const room of ["electron", "renderer"]) {
    const entries = await readdir(join(top, room), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      if (valueImport.test(await readFile(path, "utf8"))) found.push(relative(top, path).replaceAll("\\", "/"));
    }
  }
  expect(found.sort()).toEqual(["electron/main.ts", "electron/preload.ts"]);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const folder = join(import.meta.dirname, "..", "..");

test("no test skips itself on another system: in CI a skip is something the machine lacks, and fails", () => {
  const skipping = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.test\.(ts|tsx|mjs)$/.test(name))
    .filter((name) => /\b(skipIf|runIf)\([^)]*platform/.test(readFileSync(join(folder, name), "utf8")));
  expect(skipping).toEqual([]);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const renderer = join(import.meta.dirname, "../../../renderer");

test("the window asks no schema of the contract, because it is built without them", () => {
  const sources = readdirSync(renderer, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
  expect(sources.length).toBeGreaterThan(100);
  const asking = sources.flatMap((path) => {
    const text = readFileSync(join(renderer, path), "utf8");
    return /\b\w+Schema\b|from "zod"/.test(text) ? [path] : [];
  });
  expect(asking).toEqual([]);
});

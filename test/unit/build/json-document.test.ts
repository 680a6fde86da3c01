import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { findingSchema } from "../../../electron/contract/checklist.ts";
import { installerRunSchema } from "../../../electron/contract/history.ts";
import { remedySchema } from "../../../electron/contract/remedy.ts";
import { captured } from "../command-line/captured.ts";
import { samplePath } from "../command-line/folder.ts";

const file = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const told = new Set([...readFileSync(file("docs/json.md"), "utf8").matchAll(/`([^`\s]+)`/g)].map(([, name]) => name));

const missing = (names: readonly string[]) => names.filter((name) => !told.has(name));

describe("docs/json.md names", () => {
  test("every field of a finding and every kind of remedy", () => {
    expect(missing(Object.keys(findingSchema.shape))).toEqual([]);
    expect(missing(remedySchema.options.flatMap(({ shape }) => [...shape.kind.values]))).toEqual([]);
    expect(missing(remedySchema.options.flatMap(({ shape }) => Object.keys(shape)))).toEqual([]);
  });

  test("every field that read-log prints", async () => {
    const { stdout } = await captured(
      ["read-log", file("test/fixtures/installer/wine-msiexec.log"), "--json"],
      "/nowhere",
    );
    expect(missing(Object.keys(JSON.parse(stdout)))).toEqual([]);
  });

  test("every field that plan prints, and the causes of a run", async () => {
    const { stdout } = await captured(["plan", "--server", samplePath("stuck-on-dotnet-2"), "--json"], "/nowhere");
    const plan = JSON.parse(stdout) as { readonly rows: readonly object[] };
    expect(missing([...Object.keys(plan), ...Object.keys(plan.rows[0] ?? {})])).toEqual([]);
    expect(Object.keys(installerRunSchema.shape)).toContain("causes");
    expect(told.has("installerRuns[].causes")).toBe(true);
  });
});

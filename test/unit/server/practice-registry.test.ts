import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RegistryReader, RegistryWriter } from "../../../electron/changes/registry.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";

let home: string;
let registry: RegistryReader & RegistryWriter;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-registry-"));
  registry = createPracticeServer({ home }).registry;
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

const one = async (key: string) => (await registry.readKeys([key])).get(key);
const contoso = "HKLM\\SOFTWARE\\Contoso";

describe("the practice registry", () => {
  test("creates a key with the keys above it once, and tells which were new", async () => {
    expect(await registry.createKey(`${contoso}\\Mail\\Server`)).toEqual([
      contoso,
      `${contoso}\\Mail`,
      `${contoso}\\Mail\\Server`,
    ]);
    expect(await registry.createKey(`${contoso}\\Mail`)).toEqual([]);
    expect(await registry.createKey(`${contoso.toUpperCase()}\\MAIL\\Client`)).toEqual([
      `${contoso.toUpperCase()}\\MAIL\\Client`,
    ]);
  });

  test("finds keys and values without regard to case and keeps their first spelling", async () => {
    await registry.createKey(contoso);
    await registry.setValue(contoso.toLowerCase(), "Enabled", { type: "REG_DWORD", data: 1 });
    await registry.setValue(contoso, "ENABLED", { type: "REG_SZ", data: "yes" });
    expect(await one(contoso.toUpperCase())).toEqual({
      state: "present",
      values: { Enabled: { type: "REG_SZ", data: "yes" } },
    });
  });

  test("refuses a value for a key that does not exist", async () => {
    await expect(registry.setValue(contoso, "Enabled", { type: "REG_DWORD", data: 1 })).rejects.toBeInstanceOf(
      InputProblem,
    );
    expect(await one(contoso)).toEqual({ state: "absent" });
  });

  test("deletes a value and says whether it was there", async () => {
    await registry.createKey(contoso);
    await registry.setValue(contoso, "Enabled", { type: "REG_DWORD", data: 1 });
    expect(await registry.deleteValue(contoso, "enabled")).toBe(true);
    expect(await registry.deleteValue(contoso, "Enabled")).toBe(false);
    expect(await registry.deleteValue(`${contoso}\\None`, "Enabled")).toBe(false);
    expect(await one(contoso)).toEqual({ state: "present", values: {} });
  });

  test("deletes a key only when it has neither values nor sub-keys", async () => {
    await registry.createKey(`${contoso}\\Mail`);
    expect(await registry.deleteKeyWhenEmpty(contoso)).toBe(false);
    await registry.setValue(`${contoso}\\Mail`, "Enabled", { type: "REG_DWORD", data: 1 });
    expect(await registry.deleteKeyWhenEmpty(`${contoso}\\Mail`)).toBe(false);
    await registry.deleteValue(`${contoso}\\Mail`, "Enabled");
    expect(await registry.deleteKeyWhenEmpty(`${contoso}\\mail`)).toBe(true);
    expect(await registry.deleteKeyWhenEmpty(contoso)).toBe(true);
    expect(await registry.deleteKeyWhenEmpty(contoso)).toBe(false);
    expect(await one(contoso)).toEqual({ state: "absent" });
  });

  test("lists the sub-keys directly below a key and no others", async () => {
    await registry.createKey(`${contoso}\\Mail\\Server`);
    await registry.createKey(`${contoso}\\Other`);
    await registry.createKey(`${contoso}2`);
    const listed = await registry.listSubKeys([contoso, `${contoso}\\None`]);
    expect(listed.get(contoso)).toEqual({ state: "present", names: ["Mail", "Other"] });
    expect(listed.get(`${contoso}\\None`)).toEqual({ state: "absent" });
  });

  test("gives data of every type back as it was set", async () => {
    await registry.createKey(contoso);
    const entries = {
      text: { type: "REG_SZ", data: "größer, 日本 \u0000 " },
      path: { type: "REG_EXPAND_SZ", data: "%SystemRoot%\\x" },
      list: { type: "REG_MULTI_SZ", data: ["a,b", "", "c"] },
      number: { type: "REG_DWORD", data: 0xffff_ffff },
      large: { type: "REG_QWORD", data: "18446744073709551615" },
      bytes: { type: "REG_BINARY", data: "00ff10" },
    } as const;
    for (const [name, entry] of Object.entries(entries)) await registry.setValue(contoso, name, entry);
    expect(await one(contoso)).toEqual({ state: "present", values: entries });
  });
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Registry, RegistryEntry } from "../../../electron/changes/registry.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";

let home: string;
let registry: Registry;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "mim-registry-"));
  registry = createPracticeServer({ home }).registry;
});
afterEach(async () => {
  await rm(home, { recursive: true, force: true });
});

const one = async (key: string) => (await registry.readKeys([key])).get(key);
const set = (key: string, name: string, to: RegistryEntry) => registry.writeValues([{ key, name, to }]);
const contoso = "HKLM\\SOFTWARE\\Contoso";

describe("the practice registry", () => {
  test("creates keys with the keys above them, and says below which one a missing key is", async () => {
    expect(await one(`${contoso}\\Mail\\Server`)).toEqual({ state: "absent", below: "HKLM\\SOFTWARE" });
    await registry.createKeys([`${contoso}\\Mail\\Server`, `${contoso.toUpperCase()}\\MAIL\\Client`]);
    expect(await one(`${contoso}\\Mail`)).toEqual({ state: "present", values: {} });
    expect((await registry.listSubKeys([`${contoso}\\Mail`])).get(`${contoso}\\Mail`)).toEqual({
      state: "present",
      names: ["Server", "Client"],
    });
    expect(await one(`${contoso}\\None\\Below`)).toEqual({ state: "absent", below: contoso });
  });

  test("finds keys and values without regard to case and keeps their first spelling", async () => {
    await set(contoso, "Enabled", { type: "REG_DWORD", data: 1 });
    await set(contoso.toLowerCase(), "ENABLED", { type: "REG_SZ", data: "yes" });
    expect(await one(contoso.toUpperCase())).toEqual({
      state: "present",
      values: { Enabled: { type: "REG_SZ", data: "yes" } },
    });
  });

  test("takes values away, and those that are not there with them", async () => {
    await set(contoso, "Enabled", { type: "REG_DWORD", data: 1 });
    await registry.writeValues(["enabled", "Other"].map((name) => ({ key: contoso, name, to: "absent" as const })));
    expect(await one(contoso)).toEqual({ state: "present", values: {} });
    await registry.writeValues([{ key: `${contoso}\\None`, name: "Enabled", to: "absent" }]);
    expect((await one(`${contoso}\\None`))?.state).toBe("absent");
  });

  test("deletes keys only when they have neither values nor sub-keys, from the inside out", async () => {
    await set(`${contoso}\\Mail`, "Enabled", { type: "REG_DWORD", data: 1 });
    await registry.deleteEmptyKeys([contoso, `${contoso}\\Mail`]);
    expect((await one(`${contoso}\\Mail`))?.state).toBe("present");
    await registry.writeValues([{ key: `${contoso}\\Mail`, name: "Enabled", to: "absent" }]);
    await registry.deleteEmptyKeys([`${contoso}\\mail`, contoso, `${contoso}\\None`]);
    expect(await one(contoso)).toEqual({ state: "absent", below: "HKLM\\SOFTWARE" });
  });

  test("lists the sub-keys directly below a key and no others", async () => {
    await registry.createKeys([`${contoso}\\Mail\\Server`, `${contoso}\\Other`, `${contoso}2`]);
    const listed = await registry.listSubKeys([contoso, `${contoso}\\None`]);
    expect(listed.get(contoso)).toEqual({ state: "present", names: ["Mail", "Other"] });
    expect(listed.get(`${contoso}\\None`)).toEqual({ state: "absent" });
  });

  test("gives data of every type back as it was set", async () => {
    const entries = {
      text: { type: "REG_SZ", data: "größer, 日本 \u0000 " },
      path: { type: "REG_EXPAND_SZ", data: "%SystemRoot%\\x" },
      list: { type: "REG_MULTI_SZ", data: ["a,b", "", "c"] },
      number: { type: "REG_DWORD", data: 0xffff_ffff },
      large: { type: "REG_QWORD", data: "18446744073709551615" },
      bytes: { type: "REG_BINARY", data: "00ff10" },
    } as const;
    await registry.writeValues(Object.entries(entries).map(([name, to]) => ({ key: contoso, name, to })));
    expect(await one(contoso)).toEqual({ state: "present", values: entries });
  });
});

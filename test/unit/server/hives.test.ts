import { describe, expect, test } from "vitest";
import type { RegistryReader, SubKeys } from "../../../electron/changes/registry.ts";
import { hiveKey } from "../../../electron/facts/token.ts";
import { guardHives } from "../../../electron/server/live/hives.ts";

const key = hiveKey("S-1-5-21-1-2-3-1104");

function registry(hives: SubKeys): RegistryReader & { readonly read: string[] } {
  const read: string[] = [];
  return {
    read,
    readKeys: async (keys) => {
      read.push(...keys);
      return new Map(keys.map((path) => [path, { state: "present", values: {} }] as const));
    },
    listSubKeys: async (keys) => new Map(keys.map((path) => [path, hives] as const)),
  };
}
const loaded = (...names: readonly string[]): SubKeys => ({ state: "present", names });

describe("the hives of accounts", () => {
  test("are read with elevation and while they are loaded, together with everything else", async () => {
    const inner = registry(loaded("s-1-5-21-1-2-3-1104", ".DEFAULT"));
    const found = await guardHives(inner, true).readKeys([key, "HKLM\\X"]);
    expect([...found]).toEqual([
      [key, { state: "present", values: {} }],
      ["HKLM\\X", { state: "present", values: {} }],
    ]);
  });

  test("are not absent when they are not loaded", async () => {
    const inner = registry(loaded(".DEFAULT"));
    const found = await guardHives(inner, true).readKeys([key, "HKLM\\X"]);
    expect(found.get(key)).toEqual({ state: "unreadable", reason: "the account's hive is not loaded" });
    expect(inner.read).toEqual(["HKLM\\X"]);
  });

  test("are not touched without elevation, which is told apart from a hive that is not loaded", async () => {
    const inner = registry(loaded("S-1-5-21-1-2-3-1104"));
    const found = await guardHives(inner, false).readKeys([key]);
    expect(found.get(key)).toMatchObject({
      state: "unreadable",
      reason: expect.stringMatching(/^access denied: .*elevation/),
    });
    expect(inner.read).toEqual([]);
  });

  test("are tried where Windows does not tell whether this is elevated", async () => {
    const found = await guardHives(registry(loaded("S-1-5-21-1-2-3-1104")), null).readKeys([key]);
    expect(found.get(key)?.state).toBe("present");
  });

  test("are unreadable when the hives cannot be listed, for that reason", async () => {
    const found = await guardHives(registry({ state: "unreadable", reason: "by policy" }), true).readKeys([key]);
    expect(found.get(key)).toEqual({ state: "unreadable", reason: "by policy" });
  });
});

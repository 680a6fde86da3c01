import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Registry, RegistryEntry } from "../../electron/changes/registry.ts";
import type { RegistryKey } from "../../electron/recording/recording.ts";
import { reg, unique } from "./windows.ts";

/** One value of every type and of every kind that has gone wrong somewhere. */
const entries: readonly (readonly [name: string, entry: RegistryEntry])[] = [
  ["number", { type: "REG_DWORD", data: 1 }],
  ["largest number", { type: "REG_DWORD", data: 0xffff_ffff }],
  ["text", { type: "REG_SZ", data: "plain" }],
  ["empty text", { type: "REG_SZ", data: "" }],
  ["text with quotes", { type: "REG_SZ", data: 'a "quoted" \\path\\' }],
  ["text like an option", { type: "REG_SZ", data: "/f" }],
  ["Unicode text", { type: "REG_SZ", data: "Überprüfung ☃ 管理 𝄞 Ａ “x”" }],
  ["two lines", { type: "REG_SZ", data: "one\r\ntwo" }],
  ["text with a tab", { type: "REG_SZ", data: "a\tb" }],
  ["backslash n", { type: "REG_SZ", data: "C:\\new\\route" }],
  ["long text", { type: "REG_SZ", data: "x☃".repeat(4000) }],
  ["Ünïcode näme ☃", { type: "REG_SZ", data: "named" }],
  ['name with "quotes" = [x]', { type: "REG_SZ", data: "named" }],
  ["path", { type: "REG_EXPAND_SZ", data: "%SystemRoot%\\system32" }],
  ["empty path", { type: "REG_EXPAND_SZ", data: "" }],
  ["list", { type: "REG_MULTI_SZ", data: ["one", "two"] }],
  ["list with commas", { type: "REG_MULTI_SZ", data: ["a,b", "c", ",", "☃"] }],
  ["list of one", { type: "REG_MULTI_SZ", data: ["one"] }],
  ["empty list", { type: "REG_MULTI_SZ", data: [] }],
  ["bytes", { type: "REG_BINARY", data: "00ff10" }],
  ["no bytes", { type: "REG_BINARY", data: "" }],
  ["many bytes", { type: "REG_BINARY", data: "0123456789abcdef".repeat(300) }],
  ["large number", { type: "REG_QWORD", data: 5 }],
  ["largest large number", { type: "REG_QWORD", data: "18446744073709551615" }],
  ["no type", { type: "REG_NONE", data: "0102" }],
  ["other end first", { type: "REG_DWORD_BIG_ENDIAN", data: 258 }],
  ["", { type: "REG_SZ", data: "the default value" }],
];

/**
 * What every adapter of the registry must do, against a real registry. Keys of their own in both views and in a user's
 * hive; nothing else is touched.
 */
export function registryContract(title: string, open: () => Registry): void {
  describe(title, () => {
    const own = unique("contract");
    const key = `HKLM\\SOFTWARE\\${own}`;
    const key32 = `HKLM\\SOFTWARE\\WOW6432Node\\${own}`;
    const userKey = `HKU\\.DEFAULT\\Software\\${own}`;
    let registry: Registry;
    const read = async (path: string): Promise<RegistryKey | undefined> => (await registry.readKeys([path])).get(path);
    const storedValue = async (path: string, name: string): Promise<unknown> => {
      const found = await read(path);
      return found?.state === "present" ? found.values[name] : found;
    };

    beforeAll(() => {
      registry = open();
      for (const path of [key, key32, userKey]) reg("add", path, "/f", "/reg:64");
    });
    afterAll(() => {
      for (const path of [key, key32, userKey]) reg("delete", path, "/f", "/reg:64");
    });

    test.each(entries)("writes and reads back %j: %o", async (name, entry) => {
      await registry.setValue(key, name, entry);
      expect(await storedValue(key, name)).toEqual(entry);
    });

    test("reads all of them together, as they were written", async () => {
      const path = `${key}\\Together`;
      await registry.createKey(path);
      for (const [name, entry] of entries) await registry.setValue(path, name, entry);
      expect(await read(path)).toEqual({ state: "present", values: Object.fromEntries(entries) });
    });

    test("gives a value another type and other data", async () => {
      await registry.setValue(key, "changing", { type: "REG_SZ", data: "1" });
      await registry.setValue(key, "changing", { type: "REG_DWORD", data: 1 });
      expect(await storedValue(key, "changing")).toEqual({ type: "REG_DWORD", data: 1 });
      await registry.setValue(key, "CHANGING", { type: "REG_MULTI_SZ", data: ["1"] });
      expect(await storedValue(key, "changing")).toEqual({ type: "REG_MULTI_SZ", data: ["1"] });
    });

    test("keeps the two views apart", async () => {
      await registry.setValue(key, "view", { type: "REG_DWORD", data: 64 });
      await registry.setValue(key32, "view", { type: "REG_DWORD", data: 32 });
      expect([await storedValue(key, "view"), await storedValue(key32, "view")]).toMatchObject([
        { data: 64 },
        { data: 32 },
      ]);
      expect(reg("query", key, "/v", "view", "/reg:32").stdout.toString()).toContain("0x20");
    });

    test("reads and writes a user's hive", async () => {
      await registry.setValue(userKey, "token", { type: "REG_SZ", data: "x" });
      expect(await storedValue(userKey, "token")).toEqual({ type: "REG_SZ", data: "x" });
      const hives = (await registry.listSubKeys(["HKU"])).get("HKU");
      expect(hives?.state === "present" && hives.names.map((name) => name.toUpperCase())).toContain(".DEFAULT");
    });

    test("answers for every key under the name it was asked by, present or not", async () => {
      const other = `${key.toUpperCase()}\\NONE`;
      const found = await registry.readKeys([key, other, "HKU\\S-1-5-21-9-9-9-9\\Software", "HKLM\\SOFTWARE"]);
      expect([...found].map(([path, { state }]) => [path, state])).toEqual([
        [key, "present"],
        [other, "absent"],
        ["HKU\\S-1-5-21-9-9-9-9\\Software", "absent"],
        ["HKLM\\SOFTWARE", "present"],
      ]);
    });

    test("gives a key's own values, never those of the keys below it", async () => {
      const path = `${key}\\Parent`;
      await registry.createKey(`${path}\\Child`);
      await registry.setValue(`${path}\\Child`, "below", { type: "REG_DWORD", data: 1 });
      expect(await read(path)).toEqual({ state: "present", values: {} });
      expect((await registry.readKeys([path, `${path}\\Child`])).get(`${path}\\Child`)).toMatchObject({
        values: { below: { data: 1 } },
      });
    });

    test("lists sub-keys by name, Unicode and all, and says what has none", async () => {
      const path = `${key}\\Listed`;
      for (const name of ["One", "Zwölf ☃", "{GUID}"]) await registry.createKey(`${path}\\${name}`);
      const listed = await registry.listSubKeys([path, `${path}\\One`, `${path}\\None`]);
      const names = listed.get(path);
      expect(names?.state === "present" ? [...names.names].sort() : names).toEqual(["One", "Zwölf ☃", "{GUID}"]);
      expect(listed.get(`${path}\\One`)).toEqual({ state: "present", names: [] });
      expect(listed.get(`${path}\\None`)).toEqual({ state: "absent" });
    });

    test("creates a key with those above it and says which, outermost first", async () => {
      const path = `${key}\\A\\B ☃\\C`;
      expect(await registry.createKey(path)).toEqual([`${key}\\A`, `${key}\\A\\B ☃`, path]);
      expect(await registry.createKey(path)).toEqual([]);
      expect(await registry.createKey(`${key}\\A\\D`)).toEqual([`${key}\\A\\D`]);
      expect(await read(path)).toEqual({ state: "present", values: {} });
    });

    test("deletes a value and says whether it was there", async () => {
      await registry.setValue(key, "gone", { type: "REG_DWORD", data: 1 });
      await registry.setValue(key, "stays", { type: "REG_DWORD", data: 1 });
      expect(await registry.deleteValue(key, "gone")).toBe(true);
      expect(await registry.deleteValue(key, "gone")).toBe(false);
      expect(await registry.deleteValue(`${key}\\None`, "gone")).toBe(false);
      expect(await read(key)).toMatchObject({ values: { stays: { data: 1 } } });
      expect(Object.keys((await read(key)) as object)).not.toContain("gone");
    });

    test("deletes a key only when it holds nothing", async () => {
      const path = `${key}\\Emptied`;
      await registry.createKey(`${path}\\Below`);
      await registry.setValue(`${path}\\Below`, "x", { type: "REG_SZ", data: "" });
      expect(await registry.deleteKeyWhenEmpty(path)).toBe(false);
      expect(await registry.deleteKeyWhenEmpty(`${path}\\Below`)).toBe(false);
      await registry.deleteValue(`${path}\\Below`, "x");
      expect(await registry.deleteKeyWhenEmpty(`${path}\\Below`)).toBe(true);
      expect(await registry.deleteKeyWhenEmpty(path)).toBe(true);
      expect(await registry.deleteKeyWhenEmpty(path)).toBe(false);
      expect(await read(path)).toEqual({ state: "absent" });
    });

    test("leaves the lists it is given as they are", async () => {
      const keys = Object.freeze([key, `${key}\\None`]);
      await registry.readKeys(keys);
      await registry.listSubKeys(keys);
      expect(keys).toHaveLength(2);
    });
  });
}

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
    const set = (path: string, name: string, to: RegistryEntry): Promise<void> =>
      registry.writeValues([{ key: path, name, to }]);
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
      await set(key, name, entry);
      expect(await storedValue(key, name)).toEqual(entry);
    });

    test("reads all of them together, as they were written", async () => {
      const path = `${key}\\Together`;
      await registry.writeValues(entries.map(([name, to]) => ({ key: path, name, to })));
      expect(await read(path)).toEqual({ state: "present", values: Object.fromEntries(entries) });
    });

    test("gives a value another type and other data", async () => {
      await set(key, "changing", { type: "REG_SZ", data: "1" });
      await set(key, "changing", { type: "REG_DWORD", data: 1 });
      expect(await storedValue(key, "changing")).toEqual({ type: "REG_DWORD", data: 1 });
      await set(key, "CHANGING", { type: "REG_MULTI_SZ", data: ["1"] });
      expect(await storedValue(key, "changing")).toEqual({ type: "REG_MULTI_SZ", data: ["1"] });
    });

    test("keeps the two views apart", async () => {
      await set(key, "view", { type: "REG_DWORD", data: 64 });
      await set(key32, "view", { type: "REG_DWORD", data: 32 });
      expect([await storedValue(key, "view"), await storedValue(key32, "view")]).toMatchObject([
        { data: 64 },
        { data: 32 },
      ]);
      expect(reg("query", key, "/v", "view", "/reg:32").stdout.toString()).toContain("0x20");
    });

    test("reads and writes a user's hive", async () => {
      await set(userKey, "token", { type: "REG_SZ", data: "x" });
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
      await set(`${path}\\Child`, "below", { type: "REG_DWORD", data: 1 });
      expect(await read(path)).toEqual({ state: "present", values: {} });
      expect((await registry.readKeys([path, `${path}\\Child`])).get(`${path}\\Child`)).toMatchObject({
        values: { below: { data: 1 } },
      });
    });

    test("lists sub-keys by name, Unicode and all, and says what has none", async () => {
      const path = `${key}\\Listed`;
      await registry.createKeys(["One", "Zwölf ☃", "{GUID}"].map((name) => `${path}\\${name}`));
      const listed = await registry.listSubKeys([path, `${path}\\One`, `${path}\\None`]);
      const names = listed.get(path);
      expect(names?.state === "present" ? [...names.names].sort() : names).toEqual(["One", "Zwölf ☃", "{GUID}"]);
      expect(listed.get(`${path}\\One`)).toEqual({ state: "present", names: [] });
      expect(listed.get(`${path}\\None`)).toEqual({ state: "absent" });
    });

    test("creates keys with those above them, and says which key a missing one is below", async () => {
      const path = `${key}\\A\\B ☃\\C`;
      expect(await read(path)).toEqual({ state: "absent", below: key });
      await registry.createKeys([path, `${key}\\A\\D`]);
      await registry.createKeys([path]);
      expect(await read(path)).toEqual({ state: "present", values: {} });
      expect(await read(`${key}\\A\\D`)).toEqual({ state: "present", values: {} });
      expect(await read(`${path}\\E\\F`)).toEqual({ state: "absent", below: path });
    });

    test("writes many values at once: creates their keys, replaces, and takes away", async () => {
      const paths = ["One", "Two\\Below"].map((name) => `${key}\\Many\\${name}`);
      const dword = (data: number) => ({ type: "REG_DWORD" as const, data });
      await registry.writeValues(
        paths.flatMap((path) => ["a", "b ☃", "c"].map((name) => ({ key: path, name, to: dword(1) }))),
      );
      await registry.writeValues(
        paths.flatMap((path) => [
          { key: path, name: "A", to: dword(2) },
          { key: path, name: "b ☃", to: "absent" as const },
          { key: path, name: "none", to: "absent" as const },
        ]),
      );
      const found = await registry.readKeys(paths);
      expect(paths.map((path) => found.get(path))).toEqual(
        paths.map(() => ({ state: "present", values: { a: dword(2), c: dword(1) } })),
      );
      await registry.writeValues([]);
    });

    test("deletes keys only when they hold nothing, from the inside out", async () => {
      const path = `${key}\\Emptied`;
      await set(`${path}\\Below`, "x", { type: "REG_SZ", data: "" });
      await registry.createKeys([`${path}\\Empty\\Below`]);
      await registry.deleteEmptyKeys([
        path,
        `${path}\\Below`,
        `${path}\\Empty\\Below`,
        `${path}\\Empty`,
        `${path}\\None`,
      ]);
      expect(await read(`${path}\\Empty`)).toEqual({ state: "absent", below: path });
      expect((await read(`${path}\\Below`))?.state).toBe("present");
      await registry.writeValues([{ key: `${path}\\Below`, name: "x", to: "absent" }]);
      await registry.deleteEmptyKeys([`${path}\\Below`, path]);
      expect(await read(path)).toEqual({ state: "absent", below: key });
      await registry.deleteEmptyKeys([]);
    });

    test("leaves the lists it is given as they are", async () => {
      const keys = Object.freeze([key, `${key}\\None`]);
      await registry.readKeys(keys);
      await registry.listSubKeys(keys);
      expect(keys).toHaveLength(2);
    });
  });
}

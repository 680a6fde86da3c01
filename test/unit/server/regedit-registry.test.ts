import { describe, expect, test } from "vitest";
import type { Registry } from "../../../electron/changes/registry.ts";
import { type Regedit, type RegeditItem, RegistryRefusal } from "../../../electron/server/live/regedit-package.ts";
import {
  createRegeditReader,
  createRegeditRegistry,
  type RegeditReaderOptions,
} from "../../../electron/server/live/regedit-registry.ts";
import { ToolFailure } from "../../../electron/server/windows-tool.ts";

type RegeditList = Regedit["list"];

type Tree = Readonly<Record<string, { readonly closed?: true; readonly values?: RegeditItem["values"] }>>;

/**
 * Behaves as regedit's list does: a key that is missing and a key that is closed both say `exists: false`; one value it
 * cannot print leaves its key without an answer.
 */
function regedit(tree: Tree, spoilt?: string): RegeditList & { batches: (readonly string[])[] } {
  const all = new Set<string>();
  for (const key of Object.keys(tree)) {
    const parts = key.split("\\");
    for (let depth = 1; depth <= parts.length; depth++) all.add(parts.slice(0, depth).join("\\"));
  }
  const batches: (readonly string[])[] = [];
  const list: RegeditList = async (keys) => {
    batches.push(keys);
    return new Map(
      keys
        .filter((key) => key !== spoilt)
        .map((key): [string, RegeditItem] => {
          if (!all.has(key) || tree[key]?.closed) return [key, { exists: false, keys: [], values: {} }];
          const prefix = `${key}\\`;
          const children = [...all].filter((other) => other.startsWith(prefix) && !other.includes("\\", prefix.length));
          const names = children.map((child) => child.slice(prefix.length));
          return [key, { exists: true, keys: names, values: tree[key]?.values ?? {} }];
        }),
    );
  };
  return Object.assign(list, { batches });
}

/** An exact registry that notes what it is asked. */
function exactRegistry(): Registry & { readonly asked: (readonly string[])[]; readonly written: unknown[] } {
  const written: unknown[] = [];
  const asked: (readonly string[])[] = [];
  return {
    written,
    asked,
    readKeys: async (keys) => {
      asked.push(keys);
      const values = { by: { type: "REG_SZ", data: "exact" } } as const;
      return new Map(keys.map((name) => [name, { state: "present", values }] as const));
    },
    listSubKeys: async (keys) => new Map(keys.map((name) => [name, { state: "present", names: ["exact"] }] as const)),
    createKeys: async () => {},
    writeValues: async (values) => {
      written.push(...values);
    },
    deleteEmptyKeys: async () => {},
  };
}

const reading = (list: RegeditList, options?: RegeditReaderOptions) =>
  createRegeditReader(list, exactRegistry(), options);

const key = "HKLM\\SOFTWARE\\Contoso";

describe("the registry through regedit", () => {
  test("tells a closed key from one that is not there, although regedit does not", async () => {
    const registry = reading(regedit({ [key]: {}, "HKU\\S-1-5-19": { closed: true } }));
    const found = await registry.readKeys([
      "HKU\\S-1-5-19",
      "HKU\\S-1-5-99",
      `${key}\\None\\Below`,
      "HKU\\S-1-5-19\\SOFTWARE",
    ]);
    expect(found.get("HKU\\S-1-5-19")).toEqual({ state: "unreadable", reason: "access denied" });
    expect(found.get("HKU\\S-1-5-99")).toEqual({ state: "absent", below: "HKU" });
    expect(found.get(`${key}\\None\\Below`)).toEqual({ state: "absent", below: key });
    expect(found.get("HKU\\S-1-5-19\\SOFTWARE")).toEqual({ state: "unreadable", reason: "access denied" });
  });

  test("calls nothing absent when not even the hive answers", async () => {
    const exact = exactRegistry();
    const list: RegeditList = async (keys) =>
      new Map(keys.map((asked) => [asked, { exists: false, keys: [], values: {} }]));
    const registry = createRegeditReader(list, exact);
    expect((await registry.readKeys([key])).get(key)).toMatchObject({ values: { by: { data: "exact" } } });
    expect((await registry.listSubKeys([key])).get(key)).toEqual({ state: "present", names: ["exact"] });
  });

  test("gives values of every type in the form of a recording", async () => {
    const values = {
      text: { type: "REG_SZ", value: "a" },
      path: { type: "REG_EXPAND_SZ", value: "C:\\Windows" },
      number: { type: "REG_DWORD", value: 4294967295 },
      list: { type: "REG_MULTI_SZ", value: ["a", "b"] },
      bytes: { type: "REG_BINARY", value: [0, 255, 16] },
      large: { type: "REG_QWORD", value: 5 },
      tooLarge: { type: "REG_QWORD", value: 18446744073709552000 },
      none: { type: "REG_NONE", value: 0 },
    };
    const registry = reading(regedit({ [key]: { values } }));
    expect((await registry.readKeys([key])).get(key)).toEqual({
      state: "present",
      values: {
        text: { type: "REG_SZ", data: "a" },
        path: { type: "REG_EXPAND_SZ", data: "C:\\Windows" },
        number: { type: "REG_DWORD", data: 4294967295 },
        list: { type: "REG_MULTI_SZ", data: ["a", "b"] },
        bytes: { type: "REG_BINARY", data: "00ff10" },
        large: { type: "REG_QWORD", data: 5 },
        tooLarge: { type: "REG_QWORD", redacted: true, looksEncrypted: false },
        none: { type: "REG_NONE", redacted: true, looksEncrypted: false },
      },
    });
  });

  test("asks once for many keys, with all that are above them", async () => {
    const list = regedit({ [key]: {}, "HKLM\\SYSTEM\\One": {} });
    await reading(list).readKeys([key, "HKLM\\SYSTEM\\Two\\Three", "HKLM\\SYSTEM\\One"]);
    expect(list.batches).toEqual([
      [
        "HKLM",
        "HKLM\\SOFTWARE",
        key,
        "HKLM\\SYSTEM",
        "HKLM\\SYSTEM\\Two",
        "HKLM\\SYSTEM\\Two\\Three",
        "HKLM\\SYSTEM\\One",
      ],
    ]);
  });

  test("keeps what it listed for one look, and for no change", async () => {
    const kept = regedit({ [key]: {}, [`${key}2`]: {} });
    const look = reading(kept, { keeps: true });
    await look.readKeys([key]);
    await look.readKeys([key]);
    await look.listSubKeys([key]);
    await look.readKeys([key, `${key}2`]);
    expect(kept.batches.slice(1)).toEqual([[`${key}2`]]);
    const fresh = regedit({ [key]: {} });
    const change = reading(fresh);
    await change.readKeys([key]);
    await change.readKeys([key]);
    expect(fresh.batches).toHaveLength(2);
  });

  test("asks the exact registry for a key that regedit cannot print, and for no other", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `${key}\\Program${index}`);
    const spoilt = many[17] ?? "";
    const exact = exactRegistry();
    const list = regedit(Object.fromEntries(many.map((name) => [name, {}])), spoilt);
    const found = await createRegeditReader(list, exact).readKeys(many);
    expect([...found.values()].every(({ state }) => state === "present")).toBe(true);
    expect(found.get(spoilt)).toMatchObject({ values: { by: { data: "exact" } } });
    expect(exact.asked).toEqual([[spoilt]]);
    expect(list.batches).toHaveLength(1);
  });

  test("does not call a key closed because the one above it cannot be printed", async () => {
    const exact = exactRegistry();
    const registry = createRegeditReader(regedit({ [`${key}\\There`]: {} }, key), exact);
    const asked = [`${key}\\None`, `${key}\\There`];
    const found = await registry.readKeys(asked);
    expect(found.get(`${key}\\There`)).toEqual({ state: "present", values: {} });
    expect(exact.asked).toEqual([[`${key}\\None`]]);
  });

  test("asks the exact registry for an expanded path when it will be put back, and not for a look", async () => {
    const values = { path: { type: "REG_EXPAND_SZ", value: "C:\\Windows" } };
    const [look, change] = [exactRegistry(), exactRegistry()];
    await createRegeditReader(regedit({ [key]: { values } }), look).readKeys([key]);
    await createRegeditReader(regedit({ [key]: { values } }), change, { exactly: true }).readKeys([key]);
    expect([look.asked, change.asked]).toEqual([[], [[key]]]);
  });

  test("does not try again when Windows Script Host itself fails", async () => {
    let asked = 0;
    const registry = reading(async () => {
      asked += 1;
      throw new ToolFailure("missing", "cscript not found");
    });
    await expect(registry.readKeys([key, `${key}2`])).rejects.toThrow("cscript not found");
    expect(asked).toBe(1);
  });
});

function writing(more: Partial<Regedit>): Regedit {
  const nothing = async (): Promise<void> => {};
  return {
    list: regedit({ [key]: {} }),
    createKeys: nothing,
    putValues: nothing,
    deleteValues: nothing,
    deleteKeys: nothing,
    ...more,
  };
}

describe("writing through regedit", () => {
  test.each([
    ["a list whose items hold a comma", { type: "REG_MULTI_SZ", data: ["a,b"] }],
    ["an empty list", { type: "REG_MULTI_SZ", data: [] }],
    ["a list with an empty item", { type: "REG_MULTI_SZ", data: ["a", ""] }],
    ["an empty text", { type: "REG_SZ", data: "" }],
    ["no bytes", { type: "REG_BINARY", data: "" }],
    ["no type", { type: "REG_NONE", data: "01" }],
    ["the other end first", { type: "REG_DWORD_BIG_ENDIAN", data: 1 }],
  ] as const)("leaves %s to reg.exe", async (_what, to) => {
    const exact = exactRegistry();
    const putValues = (values: readonly unknown[]): Promise<void> =>
      values.length === 0 ? Promise.resolve() : Promise.reject(new Error("not by regedit"));
    await createRegeditRegistry(writing({ putValues }), exact).writeValues([{ key, name: "x", to }]);
    expect(exact.written).toEqual([{ key, name: "x", to }]);
  });

  test("creates all keys with one call, sets all values with one, and deletes all with one", async () => {
    const exact = exactRegistry();
    const calls: unknown[] = [];
    const note =
      (what: string) =>
      async (given: readonly unknown[]): Promise<void> => {
        if (given.length > 0) calls.push([what, given]);
      };
    const registry = createRegeditRegistry(
      writing({ createKeys: note("create"), putValues: note("put"), deleteValues: note("delete") }),
      exact,
    );
    const dword = (data: number) => ({ type: "REG_DWORD" as const, data });
    await registry.writeValues([
      { key, name: "", to: dword(1) },
      { key, name: "Enabled", to: dword(0xffff_ffff) },
      { key, name: "Other", to: dword(0) },
      { key: `${key}2`, name: "Enabled", to: dword(1) },
      { key, name: "Gone", to: "absent" },
      { key, name: "Gone too", to: "absent" },
      { key, name: "Gone\\oddly", to: "absent" },
    ]);
    expect(exact.written).toEqual([
      { key, name: "", to: dword(1) },
      { key, name: "Gone\\oddly", to: "absent" },
    ]);
    expect(calls).toEqual([
      ["create", [key, `${key}2`]],
      [
        "put",
        [
          { key, name: "Enabled", data: "4294967295", type: "REG_DWORD" },
          { key, name: "Other", data: "0", type: "REG_DWORD" },
          { key: `${key}2`, name: "Enabled", data: "1", type: "REG_DWORD" },
        ],
      ],
      ["delete", [`${key}\\Gone`, `${key}\\Gone too`]],
    ]);
  });

  test("deletes the values that are left when one of them is gone already", async () => {
    const deleted: string[] = [];
    const deleteValues = async (paths: readonly string[]): Promise<void> => {
      for (const path of paths) {
        if (path.endsWith("Gone")) throw new RegistryRefusal(2);
        deleted.push(path);
      }
    };
    const values = ["Gone", "Stays"].map((name) => ({ key, name, to: "absent" as const }));
    await createRegeditRegistry(writing({ deleteValues }), exactRegistry()).writeValues(values);
    expect(deleted).toEqual([`${key}\\Stays`]);
  });

  test("deletes empty keys from the inside out with one call, and none that holds something", async () => {
    const deleted: (readonly string[])[] = [];
    const tree = { [`${key}\\A\\B`]: {}, [`${key}\\Used`]: { values: { x: { type: "REG_DWORD", value: 1 } } } };
    const registry = createRegeditRegistry(
      writing({ list: regedit(tree), deleteKeys: async (keys) => void deleted.push(keys) }),
      exactRegistry(),
    );
    await registry.deleteEmptyKeys([`${key}\\A\\B`, `${key}\\A`, `${key}\\Used`, key, `${key}\\None`]);
    expect(deleted).toEqual([[`${key}\\A\\B`, `${key}\\A`]]);
  });

  test.each([
    [new RegistryRefusal(5), "regedit cannot set a value: access denied"],
    [new RegistryRefusal(87), "regedit cannot set a value: it ended with 87"],
    [new ToolFailure("blocked", "no VBScript"), "no VBScript"],
  ])("says why it could not write: %s", async (error, message) => {
    const registry = createRegeditRegistry(writing({ putValues: () => Promise.reject(error) }), exactRegistry());
    await expect(registry.writeValues([{ key, name: "x", to: { type: "REG_DWORD", data: 1 } }])).rejects.toThrow(
      message,
    );
  });
});

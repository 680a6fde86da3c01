import { describe, expect, test } from "vitest";
import type { Registry } from "../../../electron/changes/registry.ts";
import type { Regedit, RegeditItem } from "../../../electron/server/live/regedit-package.ts";
import { createRegeditReader, createRegeditRegistry } from "../../../electron/server/live/regedit-registry.ts";
import { ToolFailure } from "../../../electron/server/live/windows-tool.ts";

type RegeditList = Regedit["list"];

type Tree = Readonly<Record<string, { readonly closed?: true; readonly values?: RegeditItem["values"] }>>;

/**
 * Behaves as regedit's `list` does: a key that is missing and a key that is closed both say `exists: false`; one value
 * it cannot print spoils the answer of the whole batch.
 */
function regedit(tree: Tree, spoilt?: string): RegeditList & { batches: (readonly string[])[] } {
  const all = new Set<string>();
  for (const key of Object.keys(tree)) {
    const parts = key.split("\\");
    for (let depth = 1; depth <= parts.length; depth++) all.add(parts.slice(0, depth).join("\\"));
  }
  const batches: (readonly string[])[] = [];
  const list = async (keys: readonly string[]) => {
    batches.push(keys);
    if (spoilt !== undefined && keys.includes(spoilt)) throw new SyntaxError("Bad control character in string literal");
    return Object.fromEntries(
      keys.map((key): [string, RegeditItem] => {
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

const key = "HKLM\\SOFTWARE\\Contoso";

describe("the registry through regedit", () => {
  test("tells a closed key from one that is not there, although regedit does not", async () => {
    const registry = createRegeditReader(regedit({ [key]: {}, "HKU\\S-1-5-19": { closed: true } }));
    const found = await registry.readKeys([
      "HKU\\S-1-5-19",
      "HKU\\S-1-5-99",
      `${key}\\None`,
      "HKU\\S-1-5-19\\SOFTWARE",
    ]);
    expect(found.get("HKU\\S-1-5-19")).toEqual({ state: "unreadable", reason: "access denied" });
    expect(found.get("HKU\\S-1-5-99")).toEqual({ state: "absent" });
    expect(found.get(`${key}\\None`)).toEqual({ state: "absent" });
    expect(found.get("HKU\\S-1-5-19\\SOFTWARE")).toEqual({ state: "unreadable", reason: "access denied" });
  });

  test("calls nothing absent when not even the hive answers", async () => {
    const registry = createRegeditReader(async (keys) =>
      Object.fromEntries(keys.map((asked) => [asked, { exists: false, keys: [], values: {} }])),
    );
    expect((await registry.readKeys([key])).get(key)).toEqual({
      state: "unreadable",
      reason: "none of the keys above it could be read",
    });
    expect((await registry.listSubKeys([key])).get(key)?.state).toBe("unreadable");
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
    const registry = createRegeditReader(regedit({ [key]: { values } }));
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

  test("asks once for many keys, and once more for what is above the missing ones", async () => {
    const list = regedit({ [key]: {}, "HKLM\\SYSTEM\\One": {} });
    await createRegeditReader(list).readKeys([key, "HKLM\\SYSTEM\\One"]);
    expect(list.batches).toHaveLength(1);
    await createRegeditReader(list).readKeys([key, "HKLM\\SYSTEM\\Two", "HKLM\\SYSTEM\\Three"]);
    expect(list.batches).toHaveLength(3);
  });

  test("keeps each batch within a Windows command line", async () => {
    const many = Array.from({ length: 600 }, (_, index) => `${key}\\{${String(index).padStart(36, "0")}}`);
    const list = regedit(Object.fromEntries(many.map((name) => [name, {}])));
    const found = await createRegeditReader(list).readKeys(many);
    expect([...found.values()].every((state) => state.state === "present")).toBe(true);
    expect(list.batches.length).toBeGreaterThan(1);
    for (const batch of list.batches) expect(batch.join('" "').length).toBeLessThan(32_000);
  });

  test("reads all other keys when one spoils regedit's answer", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `${key}\\Program${index}`);
    const spoilt = many[17] ?? "";
    const list = regedit(Object.fromEntries(many.map((name) => [name, {}])), spoilt);
    const found = await createRegeditReader(list).readKeys(many);
    for (const name of many) expect(found.get(name)?.state).toBe(name === spoilt ? "unreadable" : "present");
    expect(found.get(spoilt)).toMatchObject({ reason: expect.stringContaining("Bad control character") });
  });

  test("gives up at once when Windows Script Host is not there", async () => {
    let asked = 0;
    const registry = createRegeditReader(async () => {
      asked += 1;
      throw new ToolFailure("missing", "cscript not found");
    });
    await expect(registry.readKeys([key, `${key}2`])).rejects.toThrow("cscript not found");
    expect(asked).toBe(1);
  });

  test("leaves the caller's list of keys as it is", async () => {
    const keys = Object.freeze([key]);
    const popping: RegeditList = async (asked) => {
      (asked as string[]).pop();
      return { [key]: { exists: true, keys: [], values: {} } };
    };
    expect((await createRegeditReader(popping).readKeys(keys)).get(key)).toEqual({ state: "present", values: {} });
  });

  test("asks the exact registry, once, for a batch that regedit cannot give, instead of halving it", async () => {
    const many = Array.from({ length: 40 }, (_, index) => `${key}\\Program${index}`);
    const list = regedit(Object.fromEntries(many.map((name) => [name, {}])), many[17]);
    const asked: (readonly string[])[] = [];
    const exact = {
      readKeys: async (keys: readonly string[]) => {
        asked.push(keys);
        return new Map(keys.map((name) => [name, { state: "present", values: {} }] as const));
      },
      listSubKeys: async () => new Map(),
    };
    const found = await createRegeditReader(list, { exact }).readKeys(many);
    expect([...found.values()].every(({ state }) => state === "present")).toBe(true);
    expect(asked).toEqual([many]);
    expect(list.batches).toHaveLength(1);
  });
});

/** An exact registry that notes what it is asked to write. */
function exactRegistry(): Registry & { readonly written: unknown[] } {
  const written: unknown[] = [];
  return {
    written,
    readKeys: async (keys) => new Map(keys.map((name) => [name, { state: "present", values: {} }] as const)),
    listSubKeys: async (keys) => new Map(keys.map((name) => [name, { state: "present", names: [] }] as const)),
    createKey: async () => [],
    setValue: async (_key, name, entry) => {
      written.push([name, entry]);
    },
    deleteValue: async () => true,
    deleteKeyWhenEmpty: async () => true,
  };
}

function writing(putValue: Regedit["putValue"]): Regedit {
  const nothing = async (): Promise<void> => {};
  return { list: regedit({ [key]: {} }), createKey: nothing, putValue, deleteValue: nothing, deleteKey: nothing };
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
  ] as const)("leaves %s to reg.exe", async (_what, entry) => {
    const exact = exactRegistry();
    const registry = createRegeditRegistry(
      writing(() => Promise.reject(new Error("not by regedit"))),
      exact,
    );
    await registry.setValue(key, "x", entry);
    expect(exact.written).toEqual([["x", entry]]);
  });

  test("leaves the default value to reg.exe, and writes numbers itself", async () => {
    const exact = exactRegistry();
    const put: unknown[] = [];
    const registry = createRegeditRegistry(
      writing(async (values) => {
        put.push(values);
      }),
      exact,
    );
    await registry.setValue(key, "", { type: "REG_DWORD", data: 1 });
    await registry.setValue(key, "Enabled", { type: "REG_DWORD", data: 0xffff_ffff });
    expect(exact.written).toEqual([["", { type: "REG_DWORD", data: 1 }]]);
    expect(put).toEqual([{ [key]: { Enabled: { type: "REG_DWORD", value: "4294967295" } } }]);
  });

  test.each([
    [Object.assign(new Error("access is denied"), { code: 5 }), "regedit cannot set x: access denied"],
    [new ToolFailure("blocked", "no VBScript"), "no VBScript"],
  ])("says why it could not write: %s", async (error, message) => {
    const registry = createRegeditRegistry(
      writing(() => Promise.reject(error)),
      exactRegistry(),
    );
    await expect(registry.setValue(key, "x", { type: "REG_DWORD", data: 1 })).rejects.toThrow(message);
  });
});

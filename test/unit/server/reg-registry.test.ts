import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { pendingRestartKeys } from "../../../electron/facts/windows.ts";
import { createRegRegistry, type RegTool } from "../../../electron/server/live/reg-registry.ts";
import { type Ended, scratchBelow, ToolFailure } from "../../../electron/server/windows-tool.ts";

const ended = (code: number, stdout = "", stderr = ""): Ended => ({
  code,
  stdout: Buffer.from(stdout, "latin1"),
  stderr: Buffer.from(stderr, "latin1"),
});
const long = (key: string): string => key.replace(/^HKLM/, "HKEY_LOCAL_MACHINE").replace(/^HKU/, "HKEY_USERS");
const missing = ended(1, "", "ERROR: The system was unable to find the specified registry key or value.\r\n");
const denied = ended(1, "", "ERROR: Access is denied.\r\n");

/** reg.exe as Windows' is: keys with their lines in an export, some of them closed. Every call is noted. */
function tool(
  keys: Readonly<Record<string, string>>,
  { closed = [], exports = () => null }: { closed?: readonly string[]; exports?: (key: string) => Ended | null } = {},
): RegTool & { readonly calls: string[] } {
  const calls: string[] = [];
  const all = new Set<string>();
  for (const key of Object.keys(keys)) {
    const parts = key.split("\\");
    for (let depth = 1; depth <= parts.length; depth += 1) all.add(parts.slice(0, depth).join("\\"));
  }
  return {
    calls,
    withScratch: scratchBelow(async () => tmpdir()),
    async run([verb = "", key = "", file = ""]) {
      calls.push(`${verb} ${key}`);
      if (!all.has(key)) return missing;
      if (closed.includes(key)) return denied;
      if (verb === "query") {
        const below = [...all].filter((one) => one.startsWith(`${key}\\`) && !one.includes("\\", key.length + 1));
        const lines = (keys[key] ?? "").split("\r\n").flatMap((line) => {
          const number = /^"(.*)"=dword:(.*)$/.exec(line);
          if (number !== null)
            return [`    ${number[1]}    REG_DWORD    0x${Number.parseInt(number[2] ?? "", 16).toString(16)}`];
          const text = /^"(.*)"="(.*)"$/.exec(line);
          return text === null ? [] : [`    ${text[1]}    REG_SZ    ${text[2]}`];
        });
        return ended(0, ["", long(key), ...lines, "", ...below.map(long), ""].join("\r\n"));
      }
      const failed = exports(key);
      if (failed !== null) return failed;
      const sections = [...all]
        .filter((one) => (one === key || one.startsWith(`${key}\\`)) && !closed.includes(one))
        .map((one) => `[${long(one)}]\r\n${keys[one] ?? ""}\r\n`);
      await writeFile(file, `\uFEFFWindows Registry Editor Version 5.00\r\n\r\n${sections.join("\r\n")}`, "utf16le");
      return ended(0, "The operation completed successfully.\r\n");
    },
  };
}

const tree = "HKLM\\SOFTWARE\\Contoso\\Tree";

describe("the registry through reg.exe", () => {
  test("reads many keys of one tree with one process, never one a value", async () => {
    const many = Array.from({ length: 100 }, (_, index) => `${tree}\\Program${index}`);
    const reg = tool(Object.fromEntries(many.map((key) => [key, '"a"="1"\r\n"b"="2"\r\n"c"=dword:00000003'])));
    const found = await createRegRegistry(reg, { trees: [tree] }).readKeys(many);
    expect(reg.calls).toEqual([`export ${tree}`]);
    expect(Object.keys((found.get(many[99] ?? "") as { values: object }).values)).toEqual(["a", "b", "c"]);
  });

  test("keeps an export for one look and for no longer", async () => {
    const reg = tool({ [`${tree}\\One`]: "" });
    const kept = createRegRegistry(reg, { keepsExports: true });
    await kept.readKeys([`${tree}\\One`]);
    await kept.readKeys([`${tree}\\One`]);
    expect(reg.calls).toHaveLength(1);
    const fresh = createRegRegistry(reg);
    await fresh.readKeys([`${tree}\\One`]);
    await fresh.readKeys([`${tree}\\One`]);
    expect(reg.calls).toHaveLength(3);
  });

  test("asks for one key only to tell that many keys of a tree are missing, and which one they are below", async () => {
    const reg = tool({ [`${tree}\\There`]: "" });
    const keys = ["A\\Client", "A\\Server", "B\\Client"].map((name) => `${tree}\\${name}`);
    const found = await createRegRegistry(reg, { trees: [tree] }).readKeys(keys);
    expect(keys.map((key) => found.get(key))).toEqual(keys.map(() => ({ state: "absent", below: tree })));
    expect(reg.calls).toEqual([`export ${tree}`, `query ${tree}`]);
  });

  test("reads a key from an export of its tree that it has", async () => {
    const reg = tool({ [`${tree}\\One`]: '"a"=dword:00000001' });
    const registry = createRegRegistry(reg, { trees: [tree], keepsExports: true });
    await registry.readKeys([tree]);
    expect((await registry.readKeys([`${tree}\\One`])).get(`${tree}\\One`)?.state).toBe("present");
    expect(reg.calls).toEqual([`export ${tree}`]);
  });

  test.each(pendingRestartKeys)("asks only for the key above %s, which is seldom there", async (key) => {
    const above = key.slice(0, key.lastIndexOf("\\"));
    const without = tool({ [above]: "" });
    expect((await createRegRegistry(without).readKeys([key])).get(key)).toEqual({ state: "absent", below: above });
    expect(without.calls).toEqual([`query ${above}`]);
    const there = tool({ [key]: "" });
    expect((await createRegRegistry(there).readKeys([key])).get(key)).toEqual({ state: "present", values: {} });
    const none = tool({ "HKLM\\SOFTWARE\\Microsoft": "" });
    expect((await createRegRegistry(none).readKeys([key])).get(key)?.state).toBe("absent");
    const closed = tool({ [key]: "" }, { closed: [key] });
    expect((await createRegRegistry(closed).readKeys([key])).get(key)?.state).toBe("unreadable");
  });

  test("writes all values with one import, and deletes all empty keys with one", async () => {
    const reg = tool({ [`${tree}\\A\\B`]: "", [`${tree}\\Used`]: '"x"=dword:00000001' });
    const imported: string[] = [];
    const registry = createRegRegistry({
      ...reg,
      run: async (argv) => {
        if (argv[0] !== "import") return reg.run(argv);
        imported.push(await readFile(argv[1] ?? "", "utf16le"));
        return ended(0);
      },
    });
    await registry.writeValues([
      { key: tree, name: "a", to: { type: "REG_DWORD", data: 1 } },
      { key: `${tree}2`, name: "", to: { type: "REG_SZ", data: "x" } },
      { key: tree, name: "b", to: "absent" },
    ]);
    await registry.deleteEmptyKeys([`${tree}\\A\\B`, `${tree}\\A`, `${tree}\\Used`, tree, `${tree}\\None`]);
    const [written, deleted, ...more] = imported.map((text) => text.split("\r\n").slice(2).filter(Boolean));
    expect(written).toEqual([`[${long(tree)}]`, '"a"=dword:00000001', '"b"=-', `[${long(tree)}2]`, '@="x"']);
    expect(deleted).toEqual([`[-${long(tree)}\\A\\B]`, `[-${long(tree)}\\A]`]);
    expect(more).toEqual([]);
  });

  test("never exports a key that holds others that are asked for, nor one directly below a hive", async () => {
    const reg = tool({ "HKLM\\SYSTEM\\Control\\Lsa": '"a"=dword:00000001' });
    const keys = ["HKLM", "HKLM\\SYSTEM", "HKLM\\SYSTEM\\Control", "HKLM\\SYSTEM\\Control\\Lsa"];
    const found = await createRegRegistry(reg).readKeys(keys);
    expect([...found.values()].map(({ state }) => state)).toEqual(["present", "present", "present", "present"]);
    expect(reg.calls.filter((call) => call.startsWith("export"))).toEqual(["export HKLM\\SYSTEM\\Control\\Lsa"]);
  });

  test("tells a key that is missing from one that is closed, without trusting reg.exe's words", async () => {
    const reg = tool({ [`${tree}\\Closed`]: "", [`${tree}\\Open`]: "" }, { closed: [`${tree}\\Closed`] });
    const found = await createRegRegistry(reg).readKeys([`${tree}\\Closed`, `${tree}\\None`, `${tree}\\Closed\\Below`]);
    expect(found.get(`${tree}\\Closed`)).toEqual({ state: "unreadable", reason: "access denied" });
    expect(found.get(`${tree}\\None`)).toEqual({ state: "absent", below: tree });
    expect(found.get(`${tree}\\Closed\\Below`)).toEqual({ state: "unreadable", reason: "access denied" });
  });

  test("notices a closed key that an export of its tree leaves out without a word", async () => {
    const reg = tool({ [`${tree}\\Closed`]: "", [`${tree}\\Open`]: "" }, { closed: [`${tree}\\Closed`] });
    const registry = createRegRegistry(reg, { trees: [tree] });
    const found = await registry.readKeys([`${tree}\\Closed`, `${tree}\\Open`, `${tree}\\None`]);
    expect([...found.values()].map(({ state }) => state)).toEqual(["unreadable", "present", "absent"]);
    expect((await registry.listSubKeys([tree])).get(tree)).toEqual({ state: "present", names: ["Open", "Closed"] });
  });

  test("still reads what is exact without an export when that fails", async () => {
    const failing = { exports: () => denied };
    const numbers = createRegRegistry(tool({ [`${tree}\\N`]: '"a"=dword:00000001' }, failing));
    expect((await numbers.readKeys([`${tree}\\N`])).get(`${tree}\\N`)).toEqual({
      state: "present",
      values: { a: { type: "REG_DWORD", data: 1 } },
    });
    const texts = createRegRegistry(tool({ [`${tree}\\T`]: '"a"="x"' }, failing));
    expect((await texts.readKeys([`${tree}\\T`])).get(`${tree}\\T`)).toEqual({
      state: "unreadable",
      reason: "access denied",
    });
  });

  test.each([
    ["ERROR: Registry editing has been disabled by your administrator.", "registry editing is disabled by policy"],
    [
      "FEHLER: Das Bearbeiten der Registrierung wurde durch den Administrator deaktiviert.",
      expect.stringMatching(/^reg\.exe opens no key at all, perhaps by policy: FEHLER: /),
    ],
  ])("tells registry editing that is disabled by policy from a key that is missing: %s", async (said, reason) => {
    const reg: RegTool = { withScratch: scratchBelow(async () => tmpdir()), run: async () => ended(1, "", said) };
    const registry = createRegRegistry(reg);
    expect((await registry.readKeys([tree])).get(tree)).toEqual({ state: "unreadable", reason });
    expect((await registry.listSubKeys([tree])).get(tree)).toEqual({ state: "unreadable", reason });
    const values = [{ key: tree, name: "a", to: { type: "REG_DWORD", data: 1 } }] as const;
    await expect(registry.writeValues(values)).rejects.toThrow(/^reg\.exe cannot set a value: \S/);
  });

  test("answers every key as unreadable when reg.exe does not start, with the reason", async () => {
    const reg: RegTool = {
      withScratch: scratchBelow(async () => tmpdir()),
      run: () => Promise.reject(new ToolFailure("blocked", "reg.exe cannot be started: UNKNOWN")),
    };
    const found = await createRegRegistry(reg).readKeys([tree, `${tree}\\A`]);
    expect([...found.values()]).toEqual(
      [1, 2].map(() => ({ state: "unreadable", reason: "reg.exe cannot be started: UNKNOWN" })),
    );
  });

  test("ends a cancelled look instead of calling its keys unreadable", async () => {
    const reg: RegTool = {
      withScratch: scratchBelow(async () => tmpdir()),
      run: () => Promise.reject(new ToolFailure("cancelled", "reg.exe was cancelled")),
    };
    await expect(createRegRegistry(reg).readKeys([tree])).rejects.toMatchObject({ kind: "cancelled" });
  });

  test("does not delete what it cannot see into", async () => {
    const reg = tool({ [`${tree}\\Closed`]: "" }, { closed: [`${tree}\\Closed`] });
    await createRegRegistry(reg).deleteEmptyKeys([`${tree}\\Closed`, tree]);
    expect(reg.calls.some((call) => /^(add|import|delete)/.test(call))).toBe(false);
  });

  test("runs no more than four processes at a time", async () => {
    let running = 0;
    let most = 0;
    const inner = tool(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${tree}\\P${index}\\Q`, ""])));
    const reg: RegTool = {
      ...inner,
      run: async (argv) => {
        running += 1;
        most = Math.max(most, running);
        for (let round = 0; round < 20; round += 1) await turn();
        running -= 1;
        return inner.run(argv);
      },
    };
    await createRegRegistry(reg).readKeys(Array.from({ length: 30 }, (_, index) => `${tree}\\P${index}\\Q`));
    expect(most).toBe(4);
  });
});

import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder } from "./folder.ts";

const folder = ownFolder();
const at = (hour: number) => ({ now: () => new Date(Date.UTC(2026, 10, 23, hour)) });
const run = (argv: readonly string[], hour = 12) => captured(argv, folder.at("home"), at(hour));
const file = () => folder.at("home", "practice", "server.json");
const state = async () => JSON.parse(await readFile(file(), "utf8"));
const registry = async () => (await state()).registry;
const first = "2026-11-23T12-00-00Z-001";
const client12 = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client";

/** Makes a journal look as if its process had ended after its first value. */
async function interrupt(id: string): Promise<void> {
  const path = folder.at("home", "journal", "practice", `${id}.journal`);
  const text = await readFile(path, "utf8");
  await writeFile(path, text.split("\n").slice(0, 4).join("\n"));
}

describe("undo", () => {
  test("puts back the last change in force, and prints what and its own journal", async () => {
    await run(["practice", "reset"]);
    const before = await registry();
    await run(["apply", "--yes"]);
    const { code, stdout, stderr } = await run(["undo"], 13);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/: REG_DWORD [01] -> not set$/gm)).toHaveLength(16);
    expect(stdout).toMatch(/\n16 values put back\. Journal: 2026-11-23T13-00-00Z-001\n$/);
    expect(await registry()).toEqual(before);
  });

  test("turns TLS 1.0 alone on again, as a change that can be undone", async () => {
    await run(["practice", "reset"]);
    await run(["apply", "--yes"]);
    const off = await registry();
    const { code, stdout, stderr } = await run(["undo", "--only", "tls1.0"], 13);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.match(/TLS 1\.0\\(?:Client|Server)\\/g)).toHaveLength(4);
    expect(stdout).toMatch(/\n4 values changed\. Journal: 2026-11-23T13-00-00Z-001\n$/);
    expect(await run(["undo", "--only", "tls1.0"], 14)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/already/),
    });
    const changed = await registry();
    const keys = Object.keys(off).filter((key) => JSON.stringify(off[key]) !== JSON.stringify(changed[key]));
    expect(keys.map((key) => key.split("\\").slice(-2))).toEqual([
      ["TLS 1.0", "Client"],
      ["TLS 1.0", "Server"],
    ]);
    // As every undo: what stood there before the assistant's first change.
    expect((await run(["undo"], 15)).stdout.match(/-> not set$/gm)).toHaveLength(4);
    expect(await run(["undo", first, "--only", "tls1.0"], 16)).toMatchObject({ code: 2 });
  });

  test("by its journal's id puts back one change of several, and an undo as well", async () => {
    await run(["apply", "--yes", "--profile", "minimum"], 12);
    const minimum = await registry();
    await run(["apply", "--yes"], 13);
    const whole = await registry();
    expect(await run(["undo", "2026-11-23T13-00-00Z-001"], 14)).toMatchObject({ code: 0 });
    expect(await registry()).toEqual(minimum);
    expect(await run(["undo", "2026-11-23T14-00-00Z-001"], 15)).toMatchObject({ code: 0 });
    expect(await registry()).toEqual(whole);
  });

  test("lists journals, the newest first, with date and state, and changes nothing", async () => {
    expect((await run(["undo", "--list"])).stdout).toBe("There are no journals.\n");
    await run(["apply", "--yes"], 12);
    await run(["undo"], 13);
    await run(["practice", "fail", "writeError"]);
    await run(["apply", "--yes"], 14);
    await run(["apply", "--yes", "--profile", "minimum"], 15);
    await interrupt("2026-11-23T15-00-00Z-001");
    await writeFile(folder.at("home", "journal", "practice", "broken.journal"), "{}");
    const before = await state();
    const { code, stdout } = await run(["undo", "--list"]);
    expect(code).toBe(0);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["Journal", "Date", "State", "What"],
      ["2026-11-23T15-00-00Z-001", "2026-11-23 15:00 UTC", "interrupted", "change, 8 values"],
      [
        "2026-11-23T14-00-00Z-001",
        "2026-11-23 14:00 UTC",
        "rolled back",
        "change, 16 values: access denied (rehearsed)",
      ],
      ["2026-11-23T13-00-00Z-001", "2026-11-23 13:00 UTC", "put back", `undo of ${first}, 16 values`],
      [first, "2026-11-23 12:00 UTC", "put back", "change, 16 values"],
      ["broken", "cannot be used", "its file is not whole"],
      [""],
    ]);
    expect(await state()).toEqual(before);
  });

  test("is refused when someone else has changed values since, and lists them, unless forced", async () => {
    await run(["apply", "--yes"]);
    const changed = await state();
    changed.registry[client12].Enabled = { type: "REG_SZ", data: "theirs" };
    changed.registry[client12].DisabledByDefault = { type: "REG_DWORD", data: 7 };
    await writeFile(file(), JSON.stringify(changed));
    const { code, stdout, stderr } = await run(["undo"]);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr.split("\n")).toEqual([
      "mim-mail: refused, and nothing was changed: someone else has changed 2 values since (Practice server)",
      `  ${client12}\\Enabled is REG_SZ theirs`,
      `  ${client12}\\DisabledByDefault is REG_DWORD 7`,
      "Add --force to write over what was changed since.",
      "",
    ]);
    expect(await state()).toEqual(changed);
    expect(await run(["undo", "--force"])).toMatchObject({ code: 0 });
    expect((await registry())[client12]).toBeUndefined();
  });

  test("puts back an interrupted change, or finishes it", async () => {
    await run(["practice", "reset"]);
    const before = await registry();
    await run(["apply", "--yes"]);
    const after = await registry();
    await interrupt(first);
    expect(await run(["undo", "--finish"])).toMatchObject({ code: 0, stderr: "" });
    expect(await registry()).toEqual(after);
    await interrupt(first);
    expect(await run(["undo"])).toEqual({
      code: 0,
      stdout: `The interrupted change was put back. Journal: ${first}\n`,
      stderr: "",
    });
    expect(await registry()).toEqual(before);
  });

  test("an interrupted change keeps the next one out, and apply says what to do", async () => {
    await run(["apply", "--yes"]);
    await interrupt(first);
    const { code, stdout, stderr } = await run(["apply", "--yes"]);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(
      /^mim-mail: a change was interrupted and has to be ended first: journal \S+ \(.+\.journal\)\nRun mim-mail undo to put it back, or add --finish to make the rest\.\n$/,
    );
  });

  test.each([
    ["there is nothing to undo", ["undo"], /there is no change to undo/],
    ["there is no such journal", ["undo", "2026"], /there is no journal 2026/],
    ["the journal is a path", ["undo", "../practice/server"], /there is no journal \.\.\/practice\/server/],
    ["nothing was interrupted", ["undo", "--finish"], /no change was interrupted/],
  ])("is refused when %s: exit 5, one line and what to do", async (_what, argv, reason) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toMatch(reason);
    expect(stderr).toMatch(/^mim-mail: [^\n]+ \([^\n]+\)\n[^\n]+\n$/);
  });

  test("is refused for a journal that was undone, and for one that is damaged", async () => {
    await run(["apply", "--yes"]);
    await run(["undo"], 13);
    expect(await run(["undo", first])).toMatchObject({ code: 5, stderr: expect.stringMatching(/not in force/) });
    await writeFile(folder.at("home", "journal", "practice", "broken.journal"), "{}");
    expect(await run(["undo", "broken"])).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/cannot be used: its file is not whole/),
    });
  });
});

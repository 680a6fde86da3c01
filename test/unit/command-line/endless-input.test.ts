import { spawnSync } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSettingsStore, glanceAtSettings } from "../../../electron/assistant/settings-store.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { describeOn, testOn } from "../../systems.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const oneLine = /^mim-mail: \S.* \(.+\)\n\S.*\n$/;
const sample = await readFile(samplePath("configured"), "utf8");

/** Milliseconds in which anything that is refused is refused, on a busy machine as well. */
const soon = 5000;

async function refused(argv: readonly string[]): Promise<string> {
  const started = performance.now();
  const { code, stdout, stderr } = await captured(argv, folder.at("home"));
  expect(stderr).toMatch(oneLine);
  expect(stderr).not.toContain("not foreseen");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(performance.now() - started).toBeLessThan(soon);
  return stderr;
}

const places: readonly (readonly [string, (path: string) => string[]])[] = [
  ["a recording", (path) => ["check", "--server", path]],
  ["a target", (path) => ["check", "--server", samplePath("configured"), "--target", path]],
  ["one of two recordings", (path) => ["compare", samplePath("configured"), path]],
  [
    "what was before",
    (path) => ["report", "--server", samplePath("configured"), "--before", path, "--out", folder.at("r")],
  ],
  ["a log", (path) => ["read-log", path]],
];

describeOn("posix").each(places)("%s that is no file", (_what, argvFor) => {
  test("but a device without an end is refused at once", async () => {
    expect(await refused(argvFor("/dev/zero"))).toContain("is no file");
  });

  test("but a pipe nobody writes to is refused at once", async () => {
    spawnSync("mkfifo", [folder.at("pipe")]);
    expect(await refused(argvFor(folder.at("pipe")))).toContain("is no file");
  });
});

const deep = 100_000;
const nested: readonly (readonly [string, string])[] = [
  ["arrays", `${"[".repeat(deep)}${"]".repeat(deep)}`],
  ["objects", `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`],
  ["arrays without an end", "[".repeat(deep)],
  ["a property nobody knows", sample.replace(/\{/, `{"x":${"[".repeat(deep)}${"]".repeat(deep)},`)],
];

describe.each(places.slice(0, 4))("%s nested a hundred thousand deep", (_what, argvFor) => {
  test.each(nested)("%s: refused with the place", async (_form, text) => {
    await writeFile(folder.at("deep.json"), text);
    expect(await refused(argvFor(folder.at("deep.json")))).toMatch(
      /nested more than 200 deep \(.*deep\.json, line \d+, column \d+/,
    );
  });
});

test("brackets in a text are no nesting", async () => {
  await writeFile(folder.at("texts.json"), sample.replace('"MIM01"', JSON.stringify(`${"[".repeat(5000)}\\"{`)));
  expect(await captured(["check", "--server", folder.at("texts.json")], folder.at("home"))).toMatchObject({
    code: 1,
    stderr: "",
  });
});

describe("a number of 64 bits", () => {
  const withNumber = async (data: string): Promise<string[]> => {
    const recording = JSON.parse(sample) as { registry: Record<string, unknown> };
    const value = { type: "REG_QWORD", data: "@" };
    recording.registry["HKLM\\SOFTWARE\\Own"] = { state: "present", values: { Own: value } };
    await writeFile(folder.at("q.json"), JSON.stringify(recording).replace('"@"', data));
    return ["check", "--server", folder.at("q.json")];
  };

  test.each(["18446744073709551616", '"18446744073709551616"', `"${"9".repeat(400)}"`, "1e300", "1e400", '"-1"', '""'])(
    "%s is refused with its place",
    async (data) => {
      expect(await refused(await withNumber(data))).toContain("values.Own.data");
    },
  );

  test.each(["0", "9007199254740991", '"9007199254740992"', '"18446744073709551615"'])("%s is taken", async (data) => {
    expect(await captured(await withNumber(data), folder.at("home"))).toMatchObject({ code: 1, stderr: "" });
  });
});

describe("a target of nearly a megabyte", () => {
  const server = { backupConfirmed: true };
  test.each([
    ["of servers", { servers: Object.fromEntries([...Array(26_000).keys()].map((number) => [`S${number}`, server])) }],
    ["in one text", { mailHost: "a.".repeat(500_000) }],
    ["of backslashes", { serviceAccount: `${"\\".repeat(500_000)}a` }],
    ["of at signs", { serviceEmail: "@".repeat(1_000_000) }],
  ])("%s takes no long time", async (_what, target) => {
    await writeFile(folder.at("target.json"), JSON.stringify(target));
    const started = performance.now();
    const argv = ["check", "--server", samplePath("configured"), "--target", folder.at("target.json")];
    expect([1, 2]).toContain((await captured(argv, folder.at("home"))).code);
    expect(performance.now() - started).toBeLessThan(soon);
  });

  test("and more is refused", async () => {
    await writeFile(folder.at("target.json"), `{}${" ".repeat(1024 * 1024)}`);
    const argv = ["check", "--server", samplePath("configured"), "--target", folder.at("target.json")];
    expect(await refused(argv)).toContain("larger than 1 MB");
  });
});

describe("what is kept", () => {
  const text = nested[0]?.[1] ?? "";

  test("settings nested deep are set aside in one line", async () => {
    await mkdir(folder.at("home"), { recursive: true });
    await writeFile(folder.at("home/settings.json"), text);
    expect(await glanceAtSettings(folder.at("home"))).toEqual(settingsSchema.parse({}));
    await expect(createSettingsStore(folder.at("home"), () => new Date()).read()).rejects.toMatchObject({
      code: "set-aside",
    });
  });

  testOn("posix")("settings that are a device are not read", async () => {
    await mkdir(folder.at("home"), { recursive: true });
    await symlink("/dev/zero", folder.at("home/settings.json"));
    expect(await glanceAtSettings(folder.at("home"))).toEqual(settingsSchema.parse({}));
    await expect(createSettingsStore(folder.at("home"), () => new Date()).read()).rejects.toMatchObject({
      code: "home-not-readable",
    });
  });

  test("a practice server nested deep starts over", async () => {
    await mkdir(folder.at("home/practice"), { recursive: true });
    await writeFile(folder.at("home/practice/server.json"), text);
    const { code, stderr } = await captured(["check", "--server", "practice"], folder.at("home"));
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining("starts over") });
  });

  test("a journal nested deep is a damaged one", async () => {
    const journals = join(folder.at("home"), "journal", "practice");
    await mkdir(journals, { recursive: true });
    await writeFile(join(journals, "2026-11-23T12-00-00Z-001.journal"), `{"head":${JSON.stringify(text)}}\n`);
    const { code, stdout, stderr } = await captured(["undo", "--server", "practice", "--list"], folder.at("home"));
    expect(`${stdout}${stderr}`).toMatch(/cannot be used {2}its file is not whole/);
    expect(stderr).not.toContain("not foreseen");
    expect([0, 2, 5]).toContain(code);
  });
});

import { mkdir, open, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const whole = await readFile(samplePath("configured"), "utf8");

const badRecordings: readonly (readonly [string, (path: string) => Promise<unknown>, RegExp])[] = [
  ["cut in half", (path) => writeFile(path, whole.slice(0, whole.length / 2)), /\(.*bad\.json.*line \d+/],
  ["empty", (path) => writeFile(path, ""), /bad\.json/],
  ["of version 2", (path) => writeFile(path, whole.replace('"version": 1', '"version": 2')), /bad\.json.*version/],
  ["without a version", (path) => writeFile(path, whole.replace(/"version": 1,/, "")), /bad\.json.*(format|version)/],
  ["of another format", (path) => writeFile(path, '{"format":"something"}'), /bad\.json.*format/],
  [
    "with a number where a text belongs",
    (path) => writeFile(path, whole.replace('"computer": "MIM01"', '"computer": 7')),
    /bad\.json.*computer/,
  ],
  [
    "with a text where a number belongs",
    (path) => writeFile(path, whole.replace(/("REG_DWORD",\s+"data": )1/, '$1"1"')),
    /bad\.json.*registry/,
  ],
  ["an array", (path) => writeFile(path, "[]"), /bad\.json/],
  ["in UTF-16", (path) => writeFile(path, Buffer.from(`\ufeff${whole}`, "utf16le")), /UTF-16.*bad\.json/],
  ["not text at all", (path) => writeFile(path, Buffer.from([0x7b, 0xff, 0xc0, 0x80])), /bad\.json/],
  ["a folder", (path) => mkdir(path), /folder.*bad\.json/],
  [
    "of 100 MB",
    async (path) => {
      const file = await open(path, "w");
      await file.truncate(100 * 1024 * 1024);
      await file.close();
    },
    /64 MB.*bad\.json/,
  ],
];

const commands: readonly (readonly [string, (bad: string) => string[]])[] = [
  ["check", (bad) => ["check", "--server", bad]],
  ["collect", (bad) => ["collect", "--server", bad, "--out", folder.at("out.json")]],
  ["report", (bad) => ["report", "--server", samplePath("configured"), "--server", bad, "--out", folder.at("reports")]],
  ["compare", (bad) => ["compare", samplePath("configured"), bad]],
];

describe.each(commands)("%s refuses a recording that is", (_command, argvFor) => {
  test.each(badRecordings)("%s: one line with the place, exit 2, nothing written", async (_what, make, line) => {
    const bad = folder.at("bad.json");
    await make(bad);
    const { code, stdout, stderr } = await captured(argvFor(bad), folder.at("home"));
    expect(stderr).toMatch(/^mim-mail: \S.* \(.+\)\n\S.*\n$/);
    expect(stderr.split("\n")[0]).toMatch(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await folder.names()).toEqual(["bad.json"]);
  });
});

const badTargets: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ["with a property nobody knows", '{ "applicationID": "x" }', /bad\.json.*applicationID/],
  ["named clientSecret", '{ "clientSecret": "hunter2" }', /bad\.json.*clientSecret/],
  ["with a secret further in", '{ "accepted": [ { "password": "hunter2" } ] }', /bad\.json.*password/],
  ["with a number where a text belongs", '{ "tenantId": 7 }', /bad\.json.*tenantId/],
  ["with a word nobody knows", '{ "mailServer": "office366" }', /bad\.json.*mailServer/],
  ["with a day that does not exist", '{ "secretExpires": "2026-02-30" }', /bad\.json.*secretExpires/],
  ["cut in half", '{ "tenantId": "0b2d', /bad\.json/],
  ["in UTF-16", Buffer.from("\ufeff{}", "utf16le"), /UTF-16.*bad\.json/],
  ["of 2 MB", Buffer.alloc(2 * 1024 * 1024, 0x20), /1 MB.*bad\.json/],
];

describe.each([
  ["check", (bad: string) => ["check", "--server", samplePath("configured"), "--target", bad]],
  [
    "report",
    (bad: string) => ["report", "--server", samplePath("configured"), "--target", bad, "--out", folder.at("reports")],
  ],
])("%s refuses a target", (_command, argvFor) => {
  test.each(badTargets)("%s: one line with the place, exit 2, nothing written", async (_what, content, line) => {
    const bad = folder.at("bad.json");
    await writeFile(bad, content);
    const { code, stdout, stderr } = await captured(argvFor(bad), folder.at("home"));
    expect(stderr).toMatch(/^mim-mail: \S.* \(.+\)\n\S.*\n$/);
    expect(stderr.split("\n")[0]).toMatch(line);
    expect(stderr).not.toContain("hunter2");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await folder.names()).toEqual(["bad.json"]);
  });
});

import { readFile, utimes, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { createSettingsStore } from "../../../electron/assistant/settings-store.ts";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { createInstallerRunsFile } from "../../../electron/server/installer-runs.ts";
import { captured } from "../command-line/captured.ts";
import { ownFolder, samplePath } from "../command-line/folder.ts";

const folder = ownFolder();
const id = "0b6e4c5a-1d2f-4a3b-8c4d-5e6f708192a3";
const younger = "1b6e4c5a-1d2f-4a3b-8c4d-5e6f708192a3";

/** What a crash left of a file two hours ago, what another process writes now, and what is not ours. */
async function left(name: string): Promise<string[]> {
  const [old, now] = [`${name}.${id}.tmp`, `${name}.${younger}.tmp`];
  const others = [`other-${old}`, `${name}.tmp`, `${name}.${id}.tmp.txt`, `${name}.notes.tmp`];
  for (const one of [old, now, ...others]) await writeFile(folder.at(one), "half");
  const before = new Date(Date.now() - 2 * 60 * 60 * 1000);
  for (const one of [old, ...others]) await utimes(folder.at(one), before, before);
  return [now, ...others];
}

const kinds: readonly (readonly [string, string, () => Promise<unknown>])[] = [
  [
    "settings",
    "settings.json",
    () => createSettingsStore(folder.at(""), () => new Date()).write(settingsSchema.parse({})),
  ],
  ["the installer's runs", "runs.json", () => createInstallerRunsFile(folder.at("runs.json")).remove("never")],
  [
    "a recording",
    "out.json",
    () =>
      captured(["collect", "--server", samplePath("configured"), "--out", folder.at("out.json")], folder.at("home")),
  ],
  [
    "a clean log",
    "clean.log",
    () =>
      captured(
        ["read-log", "test/fixtures/installer/wine-msiexec.log", "--scrub", folder.at("clean.log")],
        folder.at("home"),
      ),
  ],
];

describe("what a crash left half-written", () => {
  test.each(kinds)(
    "of %s is cleared when it is written again; what is young or not ours stays",
    async (_what, name, write) => {
      const stay = await left(name);
      await write();
      expect((await folder.names()).filter((one) => one !== "home").sort()).toEqual([name, ...stay].sort());
      expect(await readFile(folder.at(name), "utf8")).not.toBe("half");
    },
  );
});

import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../../electron/report/json-text.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();

/** Recordings of as many servers as `--server` options. */
async function servers(count: number): Promise<string[]> {
  const sample = JSON.parse(await readFile(samplePath("configured"), "utf8")) as { computer: string };
  const argv: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const path = folder.at(`s${number}.json`);
    await writeFile(path, JSON.stringify({ ...sample, computer: `MIM${number}` }));
    argv.push("--server", path);
  }
  return argv;
}

const day = ["--today", "2026-11-23"];

describe("check --json of many servers", () => {
  test("is printed one by one, each when the one before has gone out, and is one array as ever", async () => {
    const pieces: string[] = [];
    let waiting = 0;
    let most = 0;
    const { code } = await captured(["check", "--json", ...(await servers(20)), ...day], folder.at("home"), {
      stdout: (text) => {
        pieces.push(text);
        waiting += text.length;
        most = Math.max(most, waiting);
      },
      written: async () => {
        waiting = 0;
      },
    });
    const whole = pieces.join("");
    const checklists = JSON.parse(whole) as unknown[];
    expect({ code, count: checklists.length }).toEqual({ code: 1, count: 20 });
    expect(whole).toBe(jsonText(checklists));
    expect(most).toBeLessThan(whole.length / 15);
  });

  test("of two is the same text as one array", async () => {
    const { stdout } = await captured(["check", "--json", ...(await servers(2)), ...day], folder.at("home"));
    expect(stdout).toBe(jsonText(JSON.parse(stdout)));
  });

  test("prints nothing when the last of them cannot be read", async () => {
    const argv = ["check", "--json", ...(await servers(3)), "--server", folder.at("none.json"), ...day];
    expect(await captured(argv, folder.at("home"))).toMatchObject({ code: 2, stdout: "" });
  });

  test("stops when the output is lost", async () => {
    let printed = 0;
    const { code, stderr } = await captured(["check", "--json", ...(await servers(5)), ...day], folder.at("home"), {
      stdout: () => {
        printed += 1;
      },
      written: async () => {
        throw new Error("ENOSPC");
      },
    });
    expect({ code, printed }).toEqual({ code: 2, printed: 1 });
    expect(stderr.match(/^mim-mail:/gm)).toHaveLength(1);
  });
});

describe("JSON reports of many servers", () => {
  const reports = async (
    count: number,
  ): Promise<{ text: string; report: { farm: object | null; notes: string[] } }[]> => {
    const argv = ["report", "--format", "json", "--out", folder.at(`r${count}`), ...(await servers(count)), ...day];
    expect(await captured(argv, folder.at("home"))).toMatchObject({ code: 0 });
    const names = await readdir(folder.at(`r${count}`));
    const texts = await Promise.all(names.map((name) => readFile(folder.at(`r${count}/${name}`), "utf8")));
    return texts.map((text) => ({
      text,
      ...(JSON.parse(text) as { report: { farm: object | null; notes: string[] } }),
    }));
  };

  test("each of a few holds the table of all", async () => {
    const made = await reports(3);
    expect(made.map(({ report }) => report.farm !== null)).toEqual([true, true, true]);
  });

  test("hold the table of all once, and each says where", async () => {
    const made = await reports(40);
    expect(made.filter(({ report }) => report.farm !== null)).toHaveLength(1);
    for (const { report } of made) {
      expect(report.notes.at(-1)).toMatch(/^The table of all 40 servers side by side stands /);
    }
    const sizes = made.map(({ text }) => text.length).sort((one, other) => one - other);
    const alone = (await reports(1))[0]?.text.length ?? 0;
    expect(sizes.at(-2)).toBeLessThan(alone * 1.1);
  });
});

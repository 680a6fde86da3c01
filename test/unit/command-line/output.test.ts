import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { captured } from "./captured.ts";
import { ownFolder, samplePath, sampleTarget } from "./folder.ts";

const folder = ownFolder();
const home = () => folder.at("home");
const sample = (id: string) => ["--server", samplePath(id), "--target", sampleTarget(id), "--today", "2026-11-23"];

describe("collect", () => {
  test("writes a recording that check takes and judges the same", async () => {
    const out = folder.at("MIM01.json");
    expect(await captured(["collect", "--server", "practice", "--out", out], home())).toEqual({
      code: 0,
      stdout: `Wrote ${out}: MIM01 at 2026-11-23T12:00:00.000Z.\n`,
      stderr: "",
    });
    const [direct, recorded] = await Promise.all(
      ["practice", out].map((server) => captured(["check", "--server", server, "--json"], home())),
    );
    expect({ ...JSON.parse(recorded?.stdout ?? ""), server: "practice" }).toEqual(JSON.parse(direct?.stdout ?? ""));
    expect(await folder.names()).toEqual(["MIM01.json", "home", "home/practice", "home/practice/server.json"]);
  });

  test("does not write over a file without --force", async () => {
    const out = folder.at("kept.json");
    await writeFile(out, "mine");
    const { code, stderr } = await captured(["collect", "--server", samplePath("configured"), "--out", out], home());
    expect(code).toBe(2);
    expect(stderr).toBe(
      `mim-mail: the file exists already and is not written over (${out})\nChoose another name, or add --force to write over it.\n`,
    );
    expect(await readFile(out, "utf8")).toBe("mine");
    expect(
      (await captured(["collect", "--server", samplePath("configured"), "--out", out, "--force"], home())).code,
    ).toBe(0);
    expect(JSON.parse(await readFile(out, "utf8")).computer).toBe("MIM01");
    expect(await folder.names()).toEqual(["kept.json"]);
  });

  test.each([
    ["in a folder that does not exist", ["none", "out.json"]],
    ["below a file", ["file", "out.json"]],
  ])("says so when the file would lie %s, and writes nothing", async (_what, names) => {
    await writeFile(folder.at("file"), "");
    const argv = ["collect", "--server", samplePath("configured"), "--out", folder.at(...names), "--force"];
    const { code, stderr } = await captured(argv, home());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: the folder to write to does not exist \(.+out\.json\)\n/);
    expect(await folder.names()).toEqual(["file"]);
  });

  test("does not take a folder for a file, not even with --force", async () => {
    await mkdir(folder.at("out.json"));
    const argv = ["collect", "--server", samplePath("configured"), "--out", folder.at("out.json"), "--force"];
    expect((await captured(argv, home())).code).toBe(2);
    expect(await folder.names()).toEqual(["out.json"]);
  });
});

describe("report", () => {
  test("writes both formats for one server, named by computer and day, into a new folder", async () => {
    const { code, stdout } = await captured(["report", "--out", folder.at("a", "b"), ...sample("configured")], home());
    expect(code).toBe(0);
    expect(await folder.names()).toEqual([
      "a",
      "a/b",
      "a/b/mim-mail-report-MIM01-2026-11-23.html",
      "a/b/mim-mail-report-MIM01-2026-11-23.json",
    ]);
    expect(stdout.match(/^Wrote .+$/gm)).toHaveLength(2);
    expect(await readFile(folder.at("a", "b", "mim-mail-report-MIM01-2026-11-23.html"), "utf8")).toContain(
      "MIM Mail Assistant 1.2.3",
    );
  });

  test("writes one HTML file for all servers and a JSON file for each", async () => {
    const servers = ["configured", "stuck-on-dotnet-2", "configured"].flatMap((id) => ["--server", samplePath(id)]);
    const argv = ["report", "--out", folder.at("r"), "--today", "2026-11-23", ...servers];
    expect((await captured(argv, home())).code).toBe(0);
    expect(await folder.names()).toEqual([
      "r",
      "r/mim-mail-report-MIM01-2026-11-23-2.json",
      "r/mim-mail-report-MIM01-2026-11-23.json",
      "r/mim-mail-report-MIM01-MIM02-MIM01-2026-11-23.html",
      "r/mim-mail-report-MIM02-2026-11-23.json",
    ]);
  });

  test("writes only the format asked for", async () => {
    await captured(["report", "--out", folder.at("r"), "--format", "HTML", ...sample("configured")], home());
    expect(await folder.names()).toEqual(["r", "r/mim-mail-report-MIM01-2026-11-23.html"]);
  });

  test("writes nothing at all when one of its files exists", async () => {
    await mkdir(folder.at("r"));
    await writeFile(folder.at("r", "mim-mail-report-MIM01-2026-11-23.json"), "mine");
    const argv = ["report", "--out", folder.at("r"), ...sample("configured")];
    expect((await captured(argv, home())).code).toBe(2);
    expect(await folder.names()).toEqual(["r", "r/mim-mail-report-MIM01-2026-11-23.json"]);
    expect(await readFile(folder.at("r", "mim-mail-report-MIM01-2026-11-23.json"), "utf8")).toBe("mine");
    expect((await captured([...argv, "--force"], home())).code).toBe(0);
    expect(await folder.names()).toHaveLength(3);
  });

  test("opens again as a recording and gives the verdicts it gave, with its own target", async () => {
    await captured(["report", "--out", folder.at("r"), "--format", "json", ...sample("stuck-on-dotnet-2")], home());
    const path = folder.at("r", "mim-mail-report-MIM02-2026-11-23.json");
    const { checklist } = JSON.parse(await readFile(path, "utf8"));
    const { stdout } = await captured(["check", "--server", path, "--today", "2026-11-23", "--json"], home());
    expect(JSON.parse(stdout)).toEqual({ ...checklist, server: path });
    const { stdout: difference } = await captured(["compare", samplePath("stuck-on-dotnet-2"), path], home());
    expect(difference).toContain("The two recordings are the same.");
  });

  test("does not let a computer's name lead out of its folder", async () => {
    const text = await readFile(samplePath("configured"), "utf8");
    await writeFile(folder.at("x.json"), text.replace('"MIM01"', '"../../C:\\\\evil\\u0000name"'));
    await captured(
      ["report", "--out", folder.at("r"), "--format", "html", "--server", folder.at("x.json"), "--today", "2026-11-23"],
      home(),
    );
    expect(await folder.names()).toEqual(["r", "r/mim-mail-report--C-evil-name-2026-11-23.html", "x.json"]);
  });

  test("says so when its folder is a file", async () => {
    await writeFile(folder.at("r"), "");
    const { code, stderr } = await captured(["report", "--out", folder.at("r"), ...sample("configured")], home());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: the folder cannot be created: EEXIST \(.+\)\n/);
  });
});

describe("compare", () => {
  test("prints what differs, by area, with from and to, and ends with 0", async () => {
    const { code, stdout, stderr } = await captured(
      ["compare", samplePath("stuck-on-dotnet-2"), samplePath("configured")],
      home(),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /\n {2}added {4}HKLM\\SOFTWARE\\Microsoft\\\.NETFramework\\v2\.0\.50727\\SchUseStrongCrypto\n {11}to {4}REG_DWORD 1\n/,
    );
    expect(stdout).toMatch(/\n {2}changed {2}computer\n {11}from {2}MIM02\n {11}to {4}MIM01\n/);
    expect(stdout).toMatch(/\n\d+ differences\.\n$/);
  });

  test("says that two recordings are the same", async () => {
    const path = samplePath("configured");
    const { code, stdout } = await captured(["compare", path, path, "--json"], home());
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      before: path,
      after: path,
      equal: true,
      equalButTimeAndJournal: true,
      differences: [],
    });
  });

  test("says that nothing but time and journal differs", async () => {
    for (const [name, day] of [
      ["a.json", "23"],
      ["b.json", "24"],
    ] as const) {
      const now = () => new Date(`2026-11-${day}T12:00:00Z`);
      await captured(["collect", "--server", "practice", "--out", folder.at(name)], home(), { now });
    }
    const { stdout } = await captured(["compare", folder.at("a.json"), folder.at("b.json")], home());
    expect(stdout).toContain("The same in everything but when they were made and the journal.");
  });

  test("compares files, not servers", async () => {
    const { code, stderr } = await captured(["compare", "practice", samplePath("configured")], home());
    expect(code).toBe(2);
    expect(stderr).toMatch(/^mim-mail: the recording does not exist \(.*practice\)\n/);
  });
});

describe("practice reset", () => {
  test("starts the practice server over", async () => {
    await captured(["check"], home());
    const state = folder.at("home", "practice", "server.json");
    const before = await readFile(state, "utf8");
    await writeFile(state, before.replace("MIM01", "CHANGED"));
    expect(await captured(["practice", "reset"], home())).toEqual({
      code: 0,
      stdout: "The practice server starts over.\n",
      stderr: "",
    });
    expect(await readFile(state, "utf8")).toBe(before);
  });

  test.each(["live", samplePath("configured")])("is refused for %s with exit 5", async (server) => {
    const { code, stdout, stderr } = await captured(["practice", "reset", "--server", server], home());
    expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
    expect(stderr).toBe(
      `mim-mail: only the practice server can be started over (${server})\nLeave --server out, or give --server practice.\n`,
    );
    expect(await folder.names()).toEqual([]);
  });
});

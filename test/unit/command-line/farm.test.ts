import { readdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { farmSchema } from "../../../electron/contract/comparison.ts";
import { readCsv } from "../report/csv-reading.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const day = ["--today", "2026-11-23"];
const servers = ["configured", "stuck-on-dotnet-2", "old-build"].flatMap((id) => ["--server", samplePath(id)]);
const farm = (...argv: readonly string[]) => captured(["farm", ...argv], folder.at("home"));

describe("farm", () => {
  test("tells first what is next on each server, then what the nodes of one service have otherwise", async () => {
    const { code, stdout, stderr } = await farm(...servers, ...day);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const heads = stdout.split("\n").filter((line) => /^[A-Z]/.test(line));
    expect(heads).toEqual([
      "Servers",
      "Settings that differ between nodes of one MIM Service",
      "Checks that end otherwise",
      "Change mode, one node at a time",
    ]);
    expect(stdout).toMatch(/MIM01, MIM02: Office 365\n +MIM-OLD: Exchange Server 2013 or later\n/);
    expect(stdout).toMatch(/1\. MIM-OLD\n +\[ \] Take it out of the load balancer/);
  });

  test("is one JSON of the contract's form", async () => {
    const { stdout } = await farm(...servers, ...day, "--json");
    const value: unknown = JSON.parse(stdout);
    expect(farmSchema.parse(value)).toEqual(value);
  });

  test("is one table for a spreadsheet: a row each setting and check, a column each server", async () => {
    const { code, stdout } = await farm(...servers, ...day, "--csv");
    expect(code).toBe(1);
    const [heads = [], ...rows] = readCsv(stdout);
    expect(heads.slice(0, 2)).toEqual(["What", "Differs"]);
    expect(heads.slice(2).map((head) => head.split(" ")[0])).toEqual(["MIM01", "MIM02", "MIM-OLD", "What"]);
    expect(rows.every((row) => row.length === heads.length)).toBe(true);
    const row = rows.find(([what]) => what?.endsWith("(mail.serverType)"));
    expect(row?.slice(1, 3)).toEqual(["yes", "Done: Office 365, outlook.office365.com"]);
    expect(rows[0]?.[0]).toBe("Next");
  });

  test("tells two servers of one computer apart by their names", async () => {
    const { stdout } = await farm("--server", samplePath("configured"), "--server", "practice", ...day);
    expect(stdout).toContain(`MIM01 (${samplePath("configured")})`.slice(0, 60));
    expect(stdout).toContain("MIM01 (practice)");
  });

  test("keeps ticks by computer with the target here, and takes them away again", async () => {
    expect(await farm("--tick", "MIM-OLD:drained", "--tick", "mim02:changeMode")).toEqual({
      code: 0,
      stdout: "MIM-OLD: drained ticked, 2026-11-23.\nmim02: changeMode ticked, 2026-11-23.\n",
      stderr: "",
    });
    const kept = JSON.parse(await readFile(folder.at("home", "target.json"), "utf8"));
    expect(kept.servers).toEqual({
      "MIM-OLD": { changeModeSteps: { drained: "2026-11-23" } },
      mim02: { changeModeSteps: { changeMode: "2026-11-23" } },
    });
    const shown = await farm(...servers, ...day, "--target", folder.at("home", "target.json"));
    expect(shown.stdout).toMatch(/\[x\] Take it out of the load balancer[^\n]*, 2026-11-23 {2}\(drained\)\n/);
    await farm("--untick", "mim-old:drained");
    const again = JSON.parse(await readFile(folder.at("home", "target.json"), "utf8"));
    expect(again.servers["mim-old"] ?? again.servers["MIM-OLD"]).toEqual({});
  });

  test("leaves what else was confirmed of a server, and of none, where it stands", async () => {
    await captured(["farm", "--tick", "MIM01:drained"], folder.at("home"));
    const path = folder.at("home", "target.json");
    const target = { backupConfirmed: true, servers: { MIM01: { mailConfirmed: "2026-11-01" } } };
    await writeFile(path, JSON.stringify(target));
    await farm("--tick", "MIM01:returned");
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({
      backupConfirmed: true,
      servers: { MIM01: { mailConfirmed: "2026-11-01", changeModeSteps: { returned: "2026-11-23" } } },
    });
  });

  test.each([
    [["--tick", "MIM01:unplugged"], "names no step"],
    [["--tick", "MIM;01:drained"], "names no step"],
    [["--tick", "drained"], "names no step"],
    [["--tick", "MIM01:drained", "--server", "practice"], "go with neither"],
    [["--server", "none.json"], "does not exist"],
  ])("ends with 2 for %j", async (argv, said) => {
    const { code, stdout, stderr } = await farm(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(said);
  });

  test("is in the report of several servers, in HTML, PDF and JSON", async () => {
    const argv = ["report", "--out", folder.at("r"), "--format", "html,pdf,json", ...servers, ...day];
    expect((await captured(argv, folder.at("home"))).code).toBe(0);
    const names = await readdir(folder.at("r"));
    const html = await readFile(folder.at("r", names.find((name) => name.endsWith(".html")) ?? ""), "utf8");
    expect(html).toContain("Settings that differ between nodes of one MIM Service");
    expect(html).toContain("Change mode, one node at a time");
    const json = await readFile(folder.at("r", names.find((name) => name.endsWith(".json")) ?? ""), "utf8");
    expect(farmSchema.parse(JSON.parse(json).report.farm).settings.length).toBeGreaterThan(10);
  });
});

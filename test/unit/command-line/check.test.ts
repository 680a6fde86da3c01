import { mkdir, readFile, writeFile } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { checklistSchema, findingIds, stepIds } from "../../../electron/contract/checklist.ts";
import { statusWords } from "../../../electron/contract/status.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath, sampleTarget } from "./folder.ts";

const folder = ownFolder();
const home = () => folder.at("home");
const configured = [
  "--server",
  samplePath("configured"),
  "--target",
  sampleTarget("configured"),
  "--today",
  "2026-11-23",
];
const stuck = [
  "--server",
  samplePath("stuck-on-dotnet-2"),
  "--target",
  sampleTarget("stuck-on-dotnet-2"),
  "--today",
  "2026-11-23",
];

describe("check --json", () => {
  test("gives every finding of the practice server in the form others depend on, exit 1", async () => {
    const { code, stdout, stderr } = await captured(
      ["check", "--server", "practice", "--today", "2026-11-23", "--json"],
      home(),
    );
    const checklist = JSON.parse(stdout);
    expect(Object.keys(checklist)).toEqual(["server", "today", "verdict", "steps"]);
    expect(checklist).toMatchObject({ server: "practice", today: "2026-11-23", verdict: "action" });
    expect(checklistSchema.parse(checklist)).toEqual(checklist);
    expect(checklist.steps.map((step: { id: string }) => step.id)).toEqual(stepIds);
    const findings = checklist.steps.flatMap((step: { findings: { id: string }[] }) => step.findings);
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(Object.values(findingIds).flat());
    for (const finding of findings) {
      expect(Object.keys(finding)).toEqual([
        "id",
        "status",
        "title",
        "actual",
        "expected",
        "advice",
        "remedy",
        "evidence",
        "sources",
        "accepted",
      ]);
    }
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("names the server as it was named", async () => {
    const { stdout } = await captured(["check", ...configured, "--json"], home());
    expect(JSON.parse(stdout).server).toBe(samplePath("configured"));
  });

  test("gives an array for several servers, in their order", async () => {
    const { code, stdout } = await captured(
      ["check", ...configured, "--server", samplePath("old-build"), "--json"],
      home(),
    );
    expect(JSON.parse(stdout).map(({ server }: { server: string }) => server)).toEqual([
      samplePath("configured"),
      samplePath("old-build"),
    ]);
    expect(code).toBe(1);
  });
});

describe("check", () => {
  test("ends with 0 for the configured server with its target on 2026-11-23", async () => {
    const { code, stdout } = await captured(["check", ...configured], home());
    expect(code).toBe(0);
    expect(stdout).toMatch(/\nVerdict: Attention\. 1 attention, 49 done, 4 not applicable\.\n/);
  });

  test("ends with 1 once the client secret has expired", async () => {
    const argv = ["check", ...configured.slice(0, 4), "--today", "2028-12-01"];
    expect((await captured(argv, home())).code).toBe(1);
  });

  test("says the status of every step and finding in words, and what to do first for what is left", async () => {
    const { code, stdout } = await captured(["check", ...stuck], home());
    expect(code).toBe(1);
    expect(stdout).toMatch(/^\S*stuck-on-dotnet-2\.json: MIM02, Windows Server 2019 Standard, 4\.6\.607\.0\n/);
    expect(stdout).toMatch(/\nTo change {8}TLS and strong cryptography\n/);
    expect(stdout).toMatch(/\n {2}To change {8}\.NET Framework 2\.x, 64-bit programs {2}\S/);
    expect(stdout).toMatch(/\n {2}Done {13}Windows version +Windows Server 2019 Standard\n/);
    const lines = stdout.split("\n");
    const at = lines.findIndex((line) => line.includes(".NET Framework 2.x, 64-bit"));
    expect(lines.slice(at + 1, at + 3).join("\n")).toMatch(/^ {50,}> \S/m);
    expect(lines.filter((line) => line.startsWith("Next: "))).toHaveLength(1);
    const words = Object.values(statusWords).join("|");
    expect(lines.filter((line) => new RegExp(`^ {2}(${words}) `).test(line))).toHaveLength(
      Object.values(findingIds).flat().length,
    );
  });

  test("shows evidence, all advice and the sources with --verbose only", async () => {
    const { stdout: brief } = await captured(["check", ...stuck], home(), { columns: 400 });
    const { stdout: verbose } = await captured(["check", ...stuck, "--verbose"], home(), { columns: 400 });
    for (const part of [
      "Id: tls.dotnet.v2.64",
      "Should be: ",
      "\\v2.0.50727\\SchUseStrongCrypto = absent",
      "https://learn.microsoft.com/",
    ]) {
      expect(verbose).toContain(part);
      expect(brief).not.toContain(part);
    }
  });

  test.each([60, 80, 100, 160])("keeps to %s columns where words allow it", async (columns) => {
    const { stdout } = await captured(["check", ...stuck, "--verbose"], home(), { columns });
    for (const line of stdout.split("\n")) {
      // What remains longer ends in one word that cannot be broken, such as a path or a SID.
      if (line.length > columns) expect(line.trim().split(/ {2,}/).at(-1), line).toMatch(/^\S+$/);
      expect(line).toBe(line.trimEnd());
    }
  });

  test("has colours on a terminal and the same words without", async () => {
    const { stdout: plain } = await captured(["check", ...stuck], home());
    const { stdout: coloured } = await captured(["check", ...stuck], home(), { colours: true });
    expect(coloured).toContain("\u001b[");
    expect(plain).not.toContain("\u001b");
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  test("prints several servers as one table, a column each", async () => {
    const { code, stdout } = await captured(
      ["check", ...configured, "--server", samplePath("stuck-on-dotnet-2"), "--server", samplePath("old-build")],
      home(),
    );
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^ +MIM01 +MIM02 +MIM-OLD$/);
    expect(lines[1]).toMatch(/configured\.json +…\S+\.json +…\S+\.json$/);
    expect(stdout).toMatch(/\n {2}\.NET Framework 2\.x, 64-bit programs +Done +To change +To change\n/);
    expect(stdout).toMatch(/\nVerdict +Waiting for you +To change +To change\n/);
    expect(lines.filter((line) => /^\S/.test(line) && !/^(Verdict|Confirmations|Check)/.test(line))).toHaveLength(
      stepIds.length,
    );
    expect(code).toBe(1);
  });

  test("lets a table that is too wide go on below", async () => {
    const servers = Array.from({ length: 5 }, () => ["--server", samplePath("configured")]).flat();
    const { stdout } = await captured(["check", ...servers], home(), { columns: 80 });
    expect(stdout.match(/^Verdict( +Attention| +Waiting for you| +To change)+$/gm)?.length).toBeGreaterThan(1);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("shows hostile values of a recording as text", async () => {
    const text = await readFile(samplePath("configured"), "utf8");
    const hostile = text.replace('"computer": "MIM01"', `"computer": ${JSON.stringify("\u001b]0;x\u0007\u202eM\nI")}`);
    await writeFile(folder.at("hostile.json"), hostile);
    const { stdout } = await captured(["check", "--server", folder.at("hostile.json")], home());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(stdout.split("\n")[0]).toContain("\\u{1b}]0;x\\u{7}\\u{202e}M ⏎ I");
  });
});

describe("the server that is checked", () => {
  test("is the practice server where this is not Windows", async () => {
    const { stdout } = await captured(["check", "--json"], home());
    expect(JSON.parse(stdout).server).toBe("practice");
  });

  test("stays what it was: a practice server is not written by checking it again", async () => {
    await captured(["check"], home());
    const before = await readFile(folder.at("home", "practice", "server.json"));
    await captured(["check"], home(), { now: () => new Date("2026-12-23T12:00:00Z") });
    expect(await readFile(folder.at("home", "practice", "server.json"))).toEqual(before);
  });

  test("is told of on stderr when it was damaged, and starts over", async () => {
    await mkdir(folder.at("home", "practice"), { recursive: true });
    await writeFile(folder.at("home", "practice", "server.json"), "{");
    const { code, stdout, stderr } = await captured(["check", "--json"], home());
    expect(stderr).toMatch(/^mim-mail: The practice server's file was damaged\. .+\n$/);
    expect(JSON.parse(stdout).verdict).toBe("action");
    expect(code).toBe(1);
  });
});

describe("the target that is judged against", () => {
  const statusOf = (stdout: string, id: string): string =>
    JSON.parse(stdout)
      .steps.flatMap((step: { findings: { id: string; status: string }[] }) => step.findings)
      .find((finding: { id: string }) => finding.id === id).status;

  test("is the one kept in the home folder, for the practice server and not for a recording", async () => {
    await mkdir(home());
    await writeFile(folder.at("home", "target.json"), '{ "backupConfirmed": true }');
    const { stdout: practice } = await captured(["check", "--json"], home());
    expect(statusOf(practice, "server.backup")).toBe("done");
    const { stdout: recorded } = await captured(["check", "--server", samplePath("configured"), "--json"], home());
    expect(statusOf(recorded, "server.backup")).toBe("pending");
  });

  test("is the one named, before the one kept", async () => {
    await mkdir(home());
    await writeFile(folder.at("home", "target.json"), '{ "backupConfirmed": true }');
    await writeFile(folder.at("named.json"), "{}");
    const { stdout } = await captured(["check", "--target", folder.at("named.json"), "--json"], home());
    expect(statusOf(stdout, "server.backup")).toBe("pending");
  });

  test("refuses a kept one that is damaged, by its name", async () => {
    await mkdir(home());
    await writeFile(folder.at("home", "target.json"), "{");
    const { code, stderr } = await captured(["check"], home());
    expect(code).toBe(2);
    expect(stderr).toContain(folder.at("home", "target.json"));
  });
});

describe("the day that is judged for", () => {
  test("is today unless one is named", async () => {
    const { stdout } = await captured(["check", "--json"], home());
    expect(JSON.parse(stdout).today).toBe("2026-11-23");
    const { stdout: named } = await captured(["check", "--json", "--today", "2027-04-01"], home());
    expect(JSON.parse(named).today).toBe("2027-04-01");
    expect(named).not.toBe(stdout);
  });
});

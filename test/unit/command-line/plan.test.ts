import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { planSchema } from "../../../electron/contract/change.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const home = () => folder.at("home");
const keepTarget = async (text: string) => {
  await mkdir(home());
  await writeFile(folder.at("home", "target.json"), text);
};

describe("plan", () => {
  test("prints each value that differs by its key, with from, to, why and the id to leave it out by", async () => {
    const { code, stdout, stderr } = await captured(["plan", "--server", "practice"], home());
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^Practice server: MIM01, profile guide \(the defaults\)\n/);
    const group = stdout.slice(stdout.indexOf("\nHKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727\n"));
    expect(group.split("\n").slice(1, 6)).toEqual([
      "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727",
      "  The MIM Service runs on .NET 2.x: this decides mail",
      expect.stringMatching(/^ {2}Value +From +To +Id$/),
      expect.stringMatching(/^ {2}SchUseStrongCrypto +not set +REG_DWORD 1 +tls\.dotnet\.v2\.64\.SchUseStrongCrypto$/),
      expect.stringMatching(/^ {2}SystemDefaultTlsVersions +not set +REG_DWORD 1 +tls\.dotnet\.v2\.64\.\w+$/),
    ]);
    expect(stdout).toMatch(/\n16 values differ\. Changes take effect after a restart of Windows\.\n$/);
  });

  test("says that there is nothing to change, and ends with 0 all the same", async () => {
    const { code, stdout } = await captured(["plan", "--server", samplePath("configured")], home());
    expect(stdout).toMatch(/\nNothing to change\.\n$/);
    expect(code).toBe(0);
  });

  test("gives the contract's plan as JSON", async () => {
    const { code, stdout } = await captured(["plan", "--json", "--profile", "minimum"], home());
    const plan = JSON.parse(stdout);
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(plan.rows).toHaveLength(8);
    expect(plan.rows[0]).toMatchObject({
      id: "tls.1.2.client.Enabled",
      from: "absent",
      to: { data: 1 },
      restart: true,
    });
    expect(code).toBe(0);
  });

  test("takes the profile of the target that is kept, unless one is given", async () => {
    await keepTarget('{ "tlsProfile": "minimum" }');
    expect((await captured(["plan"], home())).stdout).toMatch(/, profile minimum \(.+target\.json\)\n/);
    expect((await captured(["plan", "--profile", "guide"], home())).stdout).toMatch(/, profile guide \(as given\)\n/);
    const recorded = await captured(["plan", "--server", samplePath("stuck-on-dotnet-2")], home());
    expect(recorded.stdout, "a recording is not this computer's").toMatch(/, profile guide \(the defaults\)\n/);
  });

  test("says which values could not be read, and leaves them alone", async () => {
    const text = await readFile(samplePath("configured"), "utf8");
    const recording = JSON.parse(text);
    const key = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727";
    recording.registry[key] = { state: "unreadable", reason: "access denied" };
    await writeFile(folder.at("closed.json"), JSON.stringify(recording));
    const { code, stdout } = await captured(["plan", "--server", folder.at("closed.json")], home());
    expect(stdout).toContain(`Could not be read, and is left alone\n  ${key}\\SchUseStrongCrypto: access denied\n`);
    expect(code).toBe(0);
  });

  test("cannot be made to print commands for a terminal by what stands in a registry", async () => {
    const recording = JSON.parse(await readFile(samplePath("configured"), "utf8"));
    const key = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727";
    recording.registry[key] = {
      state: "present",
      values: { SchUseStrongCrypto: { type: "REG_SZ", data: `\u001b[2J${"x".repeat(500)}` } },
    };
    await writeFile(folder.at("odd.json"), JSON.stringify(recording));
    const { stdout } = await captured(["plan", "--server", folder.at("odd.json")], home());
    expect(stdout).not.toContain("\u001b");
    expect(stdout).toContain("REG_SZ \\u{1b}[2J");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThan(250);
  });

  test("refuses a target that cannot be used, with nothing written", async () => {
    await keepTarget('{ "tlsProfile": "loose" }');
    const { code, stdout } = await captured(["plan"], home());
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await folder.names()).toEqual(["home", "home/target.json"]);
  });
});

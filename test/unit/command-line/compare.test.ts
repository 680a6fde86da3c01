import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { comparedFindingSchema } from "../../../electron/contract/comparison.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath, sampleTarget } from "./folder.ts";

const folder = ownFolder();
const run = (...argv: readonly string[]) => captured(argv, folder.at("home"));
const [stuck, configured, target] = [
  samplePath("stuck-on-dotnet-2"),
  samplePath("configured"),
  sampleTarget("configured"),
];

/** The target with its confirmations under both servers' names. */
async function namedTarget(): Promise<string> {
  const { backupConfirmed, allowListConfirmed, mailboxConfirmed, tlsCostsConfirmed, mailConfirmed, ...wishes } =
    JSON.parse(await readFile(target, "utf8"));
  const own = { backupConfirmed, allowListConfirmed, mailboxConfirmed, tlsCostsConfirmed, mailConfirmed };
  const path = folder.at("named-target.json");
  await writeFile(path, JSON.stringify({ ...wishes, servers: { MIM01: own, MIM02: own } }));
  return path;
}

interface Answer {
  readonly differences: readonly unknown[];
  readonly verdict?: { readonly before: string; readonly after: string };
  readonly today?: string;
  readonly target?: string;
  readonly findings?: readonly { readonly finding: string; readonly became: string }[];
}
async function answer(...argv: readonly string[]): Promise<Answer> {
  const { code, stdout, stderr } = await run("compare", ...argv, "--json");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("compare --findings", () => {
  test("judges both by one target, and says what is fixed, new and still open", async () => {
    const target = await namedTarget();
    const said = await answer(stuck, configured, "--findings", "--target", target);
    expect(said).toMatchObject({ today: "2026-11-23", target, verdict: { before: "action", after: "attention" } });
    for (const finding of said.findings ?? []) expect(comparedFindingSchema.parse(finding)).toEqual(finding);
    expect(said.findings).toContainEqual(expect.objectContaining({ finding: "tls.dotnet.v2.64", became: "fixed" }));
    const turned = await answer(configured, stuck, "--findings", "--target", target);
    expect(turned.findings).toContainEqual(expect.objectContaining({ finding: "tls.dotnet.v2.64", became: "new" }));
  });

  test("leaves the differences as they are without it", async () => {
    const plain = await answer(stuck, configured);
    expect(Object.keys(plain)).toEqual(["before", "after", "equal", "equalButTimeAndJournal", "differences"]);
    const judged = await answer(stuck, configured, "--findings");
    expect(judged.differences).toEqual(plain.differences);
    const { stdout: plainText } = await run("compare", stuck, configured);
    const { stdout: judgedText } = await run("compare", stuck, configured, "--findings");
    expect(judgedText.startsWith(plainText)).toBe(true);
    expect(plainText).not.toContain("Verdict:");
  });

  test.each(["--target", "--today"])("is meant by %s alone", async (option) => {
    const argv = [option, option === "--today" ? "2026-12-24" : await namedTarget()];
    expect((await answer(stuck, configured, ...argv)).findings?.length).toBeGreaterThan(0);
  });

  test("judges for the day that is named", async () => {
    const target = await namedTarget();
    const became = async (day: string) =>
      (await answer(stuck, configured, "--target", target, "--today", day)).findings?.find(
        ({ finding }) => finding === "exchange.ewsEnd",
      );
    expect(await became("2026-11-23")).toMatchObject({ became: "open", now: { status: "attention" } });
    expect(await became("2027-04-01")).toMatchObject({ became: "open", now: { status: "action" } });
    expect(await run("compare", stuck, configured, "--today", "2026-02-30")).toMatchObject({ code: 2 });
  });

  test("prints each with both verdicts, and how many of each there are", async () => {
    const { code, stdout } = await run("compare", stuck, configured, "--target", await namedTarget());
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /Fixed\n(?: {2}.*\n| {4}.*\n| {12}.*\n)* {2}\.NET Framework 2\.x, 64-bit programs\n {4}before {2}To change: .*\n(?: {12}.*\n)* {4}after {3}Done: /,
    );
    expect(stdout).toMatch(
      /\nVerdict: To change before, Attention after\. 4 fixed, 1 still open, 5 with other details\.\n$/,
    );
  });

  test("says so when no finding changed and nothing is open", async () => {
    const accepted = [{ finding: "exchange.ewsEnd", reason: "known", by: "Ada", until: "2027-12-31" }];
    const wanted = { ...JSON.parse(await readFile(target, "utf8")), accepted };
    await writeFile(folder.at("target.json"), JSON.stringify(wanted));
    const { stdout } = await run("compare", configured, configured, "--target", folder.at("target.json"));
    expect(stdout).toContain("The two recordings are the same.\n");
    expect(stdout).toMatch(/\nVerdict: Done before, Done after\. No finding changed\.\n$/);
    const { stdout: open } = await run("compare", configured, configured, "--target", target);
    expect(open).toMatch(/\nStill open\n {2}End of Exchange Web Services\n {4}both {4}Attention: /);
  });

  test("takes JSON reports, and judges by the target the later one keeps", async () => {
    const argv = ["--format", "json", "--out", folder.at("reports"), "--server", configured, "--target", target];
    expect((await run("report", ...argv)).code).toBe(0);
    const name = (await folder.names()).find((one) => one.endsWith(".json")) ?? "";
    const said = await answer(stuck, folder.at(name), "--findings");
    expect(said).toMatchObject({ target: "kept in the report", verdict: { after: "attention" } });
    expect((await answer(folder.at(name), stuck, "--findings")).target).toBe("kept in the report");
    expect((await answer(folder.at(name), configured, "--findings", "--target", target)).differences).toEqual([]);
  });

  test("refuses a target or a recording that cannot be used, and prints nothing", async () => {
    await writeFile(folder.at("bad.json"), '{ "clientSecret": "hunter2" }');
    for (const argv of [
      [stuck, configured, "--target", folder.at("bad.json")],
      [stuck, folder.at("bad.json"), "--findings"],
      [stuck, folder.at("none.json"), "--findings"],
    ]) {
      const { code, stdout, stderr } = await run("compare", ...argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).not.toContain("hunter2");
      expect(stderr).toMatch(/^mim-mail: .+\(.*(bad|none)\.json.*\)\n\S.*\n$/);
    }
  });
});

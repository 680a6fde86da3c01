import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Checklist } from "../../../electron/contract/checklist.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath, sampleTarget } from "./folder.ts";

const folder = ownFolder();
const run = (...argv: readonly string[]) => captured(argv, folder.at("home"));
/** The computers MIM01 and MIM02. */
const [configured, stuck] = [samplePath("configured"), samplePath("stuck-on-dotnet-2")];
const both = ["--server", configured, "--server", stuck, "--today", "2026-11-23"];
const wishes = { applicationId: "8f6c2b1e-6f0f-4a44-9a4d-3f0d5a1c2b3e", serviceEmail: "mim@contoso.com" };
const accepted = [{ finding: "server.windows", reason: "planned", by: "Kim", until: "2027-01-01" }];
const confirmations = { backupConfirmed: true, mailConfirmed: "2026-11-23", mailboxConfirmed: true, accepted };

async function target(value: unknown): Promise<string[]> {
  await writeFile(folder.at("target.json"), JSON.stringify(value));
  return ["--target", folder.at("target.json")];
}

/** What is said of the confirmed findings, in short: done, or accepted. */
function confirmedIn({ steps }: Checklist): string[] {
  const findings = steps.flatMap((step) => step.findings);
  return findings
    .filter(({ id, status, accepted }) => accepted !== null || (id === "server.backup" && status === "done"))
    .map(({ id }) => id);
}

async function checked(...argv: readonly string[]): Promise<{ confirmed: string[][]; stderr: string }> {
  const { stdout, stderr } = await run("check", "--json", ...argv);
  return { confirmed: [JSON.parse(stdout)].flat().map(confirmedIn), stderr };
}

const all = ["server.windows", "server.backup"];
const notCounted = /^mim-mail: Confirmations at the top of .*target\.json count for no server here[^\n]*"servers"\.\n$/;

describe("confirmations", () => {
  test("at the top of a target hold for the only server that is checked", async () => {
    const file = await target({ ...wishes, ...confirmations });
    for (const server of [configured, stuck]) {
      expect(await checked("--server", server, ...file)).toEqual({ confirmed: [all], stderr: "" });
    }
  });

  test("at the top hold for none of several servers, and one line says so", async () => {
    const file = await target({ ...wishes, ...confirmations });
    const { confirmed, stderr } = await checked(...both, ...file);
    expect(confirmed).toEqual([[], []]);
    expect(stderr).toMatch(notCounted);
    const { stdout } = await run("check", ...both, ...file);
    expect(stdout.match(/Confirmations at the top of/g)).toHaveLength(1);
  });

  test("hold for the server they stand under, whatever its case; the wishes for all", async () => {
    const file = await target({ ...wishes, servers: { mim02: confirmations } });
    expect(await checked(...both, ...file)).toEqual({ confirmed: [[], all], stderr: "" });
    const { stdout } = await run("check", ...both, ...file, "--json");
    for (const { steps } of JSON.parse(stdout) as Checklist[]) {
      const email = steps.flatMap(({ findings }) => findings).find(({ id }) => id === "account.email");
      expect(email?.status).not.toBe("pending");
    }
  });

  test("a report keeps are those of its server, also beside others", async () => {
    const out = folder.at("reports");
    const file = await target({ servers: { MIM01: confirmations, MIM02: { accepted } } });
    await run("report", "--out", out, "--format", "json,html", ...both, ...file);
    const reports = ["MIM01", "MIM02"].flatMap((name) => [
      "--server",
      `${out}/mim-mail-report-${name}-2026-11-23.json`,
    ]);
    expect(await checked(...reports)).toEqual({ confirmed: [all, ["server.windows"]], stderr: "" });
    const { target: kept } = JSON.parse(await readFile(`${out}/mim-mail-report-MIM02-2026-11-23.json`, "utf8"));
    expect(kept).not.toHaveProperty("servers");
    expect(kept).not.toHaveProperty("backupConfirmed");
  });

  test("a report of several servers says which were not counted", async () => {
    const out = folder.at("reports");
    await run("report", "--out", out, "--format", "json", ...both, ...(await target(confirmations)));
    const { report, checklist } = JSON.parse(await readFile(`${out}/mim-mail-report-MIM01-2026-11-23.json`, "utf8"));
    expect(report.notes).toContainEqual(expect.stringContaining("Confirmations at the top of"));
    expect(confirmedIn(checklist)).toEqual([]);
  });

  test("hold in a comparison of one server before and after, and not for two servers", async () => {
    const file = await target(confirmations);
    const backup = async (...recordings: readonly string[]) => {
      const { stdout, stderr } = await run("compare", ...recordings, "--findings", "--json", ...file);
      const findings: { finding: string; now: { status: string } }[] = JSON.parse(stdout).findings;
      return { stderr, status: findings.find(({ finding }) => finding === "server.backup")?.now.status };
    };
    expect(await backup(configured, stuck)).toEqual({ status: "pending", stderr: expect.stringMatching(notCounted) });
    const later = folder.at("later.json");
    await writeFile(later, (await readFile(stuck, "utf8")).replace('"MIM02"', '"mim01"'));
    expect(await backup(configured, later)).toEqual({ status: undefined, stderr: "" });
  });

  test("kept at home for one server do not reach another that is named beside it", async () => {
    const out = folder.at("practice.json");
    await run("collect", "--server", "practice", "--out", out);
    const { computer } = JSON.parse(await readFile(out, "utf8"));
    await writeFile(folder.at("home", "target.json"), JSON.stringify({ servers: { [computer]: confirmations } }));
    expect((await checked("--server", "practice", "--server", stuck)).confirmed).toEqual([all, []]);
  });
});

test("a shipped target counts for its own recording alone", async () => {
  const { confirmed } = await checked(...both, "--target", sampleTarget("configured"));
  expect(confirmed).toEqual([[], []]);
});

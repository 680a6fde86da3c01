import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { targetSchema } from "../../../electron/contract/target.ts";
import { readLines } from "../installer/logs.ts";
import { configured, type PublicReport, publicReports, type ReportProof, reportsToday } from "./public-reports.ts";
import { wordsOf } from "./server-case.ts";

const target = JSON.parse(readFileSync("assets/practice/configured.target.json", "utf8")) as Record<string, unknown>;

function proved(proof: ReportProof): { readonly status: string | null; readonly words: string } {
  if ("log" in proof) {
    const { firstFailure } = readLines(proof.log);
    return { status: null, words: (firstFailure?.said ?? []).map(({ text }) => text).join("\n") };
  }
  const recording = configured();
  proof.server?.(recording);
  const wanted: Record<string, unknown> = { ...target, ...proof.target };
  for (const [field, value] of Object.entries(wanted)) if (value === undefined) delete wanted[field];
  const checklist = judge({
    recording,
    target: targetSchema.parse(wanted),
    today: proof.today ?? reportsToday,
    server: { name: "configured.json" },
  });
  const finding = checklist.steps.flatMap(({ findings }) => findings).find(({ id }) => id === proof.finding);
  return { status: finding?.status ?? null, words: finding === undefined ? "" : wordsOf(finding) };
}

describe.each(publicReports)("report $number: $reported", ({ proofs }) => {
  test.each(proofs.map((proof, index) => ({ proof, index })))("leads to its cure, proof $index", ({ proof }) => {
    const { status, words } = proved(proof);
    expect(words).toMatch(proof.words);
    if ("log" in proof) return;
    expect(status, words).toBe(proof.status);
    if (proof.never !== undefined) expect(words).not.toMatch(proof.never);
  });
});

test("the reports are in their order, each with a proof", () => {
  const numbers = publicReports.map(({ number }) => number);
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const { proofs } of publicReports) expect(proofs.length).toBeGreaterThan(0);
});

const cell = (text: string): string => text.replaceAll("|", "\\|");

function row({ reported, says, source, proofs }: PublicReport): string {
  const shown = new Set(proofs.map((proof) => ("log" in proof ? "the installer's log" : `\`${proof.finding}\``)));
  return `| ${[reported, says, [...shown].join(", "), source].map(cell).join(" | ")} |`;
}

// The document is made from the table: `npx vitest run --project unit test/unit/checklist/public-reports.test.ts -u`.
test("docs/known-problems.md has the table as it is", async () => {
  const text = `# Known problems and what the assistant says

Problems that people who do this job told in public, and what the assistant says when it meets them. Each is a test over
a recording or a log: [public-reports.test.ts](../test/unit/checklist/public-reports.test.ts). They were tried on
${reportsToday}.

| told | what the assistant says | where it shows | source |
|---|---|---|---|
${publicReports.map(row).join("\n")}
`;
  await expect(text).toMatchFileSnapshot("../../../docs/known-problems.md");
});

import { describe, expect, test } from "vitest";
import { writtenAdvice } from "../../../electron/checklist/written-advice.ts";
import { type Finding, findingIds } from "../../../electron/contract/checklist.ts";
import { csvReport } from "../../../electron/report/csv.ts";
import { csvText } from "../../../electron/report/csv-text.ts";
import { planReport } from "../../../electron/report/plan.ts";
import { readCsv } from "./csv-reading.ts";
import { reportOf, sample } from "./report-case.ts";

const configured = { name: "configured.json", ...(await sample("configured")) };
const stuck = { name: "stuck.json", ...(await sample("stuck-on-dotnet-2")) };

function records(csv: string): Record<string, string>[] {
  const [heads = [], ...rows] = readCsv(csv);
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [heads[index] ?? "", cell])));
}

describe("the CSV of findings", () => {
  test("has a row for each finding of each server, told apart by server and computer", () => {
    const rows = records(csvReport(reportOf([stuck, configured])));
    const ids = Object.values(findingIds).flat();
    expect(rows.map((row) => [row["Server"], row["Computer"], row["Check"]])).toEqual([
      ...ids.map((id) => ["stuck.json", "MIM02", id]),
      ...ids.map((id) => ["configured.json", "MIM01", id]),
    ]);
  });

  test("tells of a finding what the checklist tells", () => {
    const document = reportOf([stuck]);
    const findings = document.servers.flatMap(({ steps }) => steps.flatMap((step) => step.findings));
    for (const [index, row] of records(csvReport(document)).entries()) {
      const finding = findings[index];
      expect(row).toMatchObject({ Check: finding?.id, Title: finding?.title, "Should be": finding?.expected });
      expect(row["What to do"]).toBe(writtenAdvice(finding as Finding).join(" | "));
    }
  });

  test("tells who accepted a finding", () => {
    const accepted = [{ finding: "tls.dotnet.v2.32" as const, reason: "None here", by: "Kim", until: "2027-01-01" }];
    const document = reportOf([{ ...stuck, target: { ...stuck.target, accepted } }]);
    const row = records(csvReport(document)).find((one) => one["Check"] === "tls.dotnet.v2.32");
    expect(row).toMatchObject({ "Accepted by": "Kim", "Accepted until": "2027-01-01", Reason: "None here" });
  });
});

describe("the action plan", () => {
  test("has only what is open, the worst first, a row for each step of its advice", () => {
    const accepted = [{ finding: "tls.dotnet.v2.32" as const, reason: "None here", by: "Kim", until: "2027-01-01" }];
    const document = reportOf([{ ...stuck, target: { ...stuck.target, accepted } }]);
    const rows = records(planReport(document));
    const open = document.servers.flatMap(({ steps }) =>
      steps.flatMap(({ findings }) =>
        findings.filter(
          (finding) => finding.accepted === null && finding.status !== "done" && finding.status !== "notApplicable",
        ),
      ),
    );
    expect(rows).toHaveLength(open.reduce((sum, finding) => sum + Math.max(1, writtenAdvice(finding).length), 0));
    expect(new Set(rows.map((row) => row["Check"]))).toEqual(new Set(open.map(({ id }) => id)));
    expect(rows.some((row) => row["Check"] === "tls.dotnet.v2.32")).toBe(false);
    expect(rows[0]).toMatchObject({ Order: "1", Status: "To change", Part: "1 of 3" });
    expect(rows.at(-1)?.["Status"]).toBe("Attention");
  });

  test("is empty but for its head where nothing is left", () => {
    const document = reportOf([configured]);
    const servers = document.servers.map((server) => ({
      ...server,
      steps: server.steps.map((step) => ({
        ...step,
        findings: step.findings.map((finding) => ({ ...finding, status: "done" as const })),
      })),
    }));
    expect(readCsv(planReport({ ...document, servers }))).toHaveLength(1);
  });
});

describe("a cell", () => {
  const written = (value: string, separator = ",") => readCsv(csvText(["head"], [[value]]), separator)[1]?.[0];

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\u{ff1d}1+1"])(
    "is not taken for a formula: %s",
    (value) => {
      expect(written(value)).toBe(`'${value}`);
    },
  );

  test("that begins with a tab or a line end begins with something harmless", () => {
    for (const value of ["\t=1+1", "\r=1+1", "\n=1+1"]) expect(written(value)).toMatch(/^[^=+\-@\t\r\n]/);
  });

  test.each([";=1+1", 'a;=1+1;"=2', "a; =1", 'a";=1', "a;\t@x"])(
    "is none either where a semicolon parts cells: %s",
    (value) => {
      const rows = readCsv(csvText(["head"], [[value]]), ";");
      for (const cell of rows.flat()) expect(cell.replace(/^["\s]+/, "")).not.toMatch(/^[=+\-@]/);
    },
  );

  test("keeps quotes, commas and letters of any script, on one line", () => {
    expect(written('a "b", größer, 日本')).toBe('a "b", größer, 日本');
    expect(written("one\r\ntwo")).toBe("one ⏎ two");
    expect(readCsv(csvText(["a", "b"], [["", "x"]]))).toEqual([
      ["a", "b"],
      ["", "x"],
    ]);
  });

  test("is cut with a note before a spreadsheet refuses it", () => {
    expect(written("x".repeat(1_048_576))).toMatch(/^x{8000}… \(cut: 1,048,576 characters in all\)$/);
  });
});

import { describe, expect, test } from "vitest";
import type { ComparedFinding, Farm } from "../../../electron/contract/comparison.ts";
import { comparedGroups } from "../../../renderer/report/compared-groups.ts";
import { farmSteps } from "../../../renderer/report/farm-steps.ts";

const compared = (finding: ComparedFinding["finding"], became: ComparedFinding["became"]): ComparedFinding => ({
  finding,
  title: finding,
  became,
  before: { status: "action", actual: "before" },
  now: { status: "done", actual: "now" },
});

describe("compared findings", () => {
  test("stand in groups by what became of them", () => {
    const groups = comparedGroups([
      compared("tls.restart", "open"),
      compared("tls.1.0.client", "fixed"),
      compared("verify.token", "open"),
    ]);
    expect(groups.map(({ title, findings }) => [title, findings.map(({ finding }) => finding)])).toEqual([
      ["Fixed", ["tls.1.0.client"]],
      ["New", []],
      ["Still open", ["tls.restart", "verify.token"]],
    ]);
    expect(groups[1]?.none).toBe("Nothing new is open.");
  });

  test("that only read otherwise have a group when there are any", () => {
    expect(comparedGroups([compared("server.build", "changed")]).map(({ became }) => became)).toContain("changed");
    expect(comparedGroups([]).map(({ became }) => became)).toEqual(["fixed", "new", "open"]);
  });
});

describe("the rows of several servers", () => {
  const row = (finding: Farm["rows"][number]["finding"], differs: boolean): Farm["rows"][number] => ({
    finding,
    title: finding,
    cells: [],
    differs,
  });
  const rows = [row("server.build", true), row("server.windows", false), row("verify.token", false)];

  test("stand under their steps", () => {
    expect(farmSteps(rows, false).map(({ step, rows }) => [step, rows.length])).toEqual([
      ["server", 2],
      ["verify", 1],
    ]);
  });

  test("are those that differ when only these are asked for", () => {
    expect(farmSteps(rows, true).map(({ step, rows }) => [step, rows.map(({ finding }) => finding)])).toEqual([
      ["server", ["server.build"]],
    ]);
  });
});

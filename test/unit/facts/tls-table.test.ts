import { describe, expect, test } from "vitest";
import { findingIds } from "../../../electron/contract/checklist.ts";
import { registryValues } from "../../../electron/facts/registry-values.ts";
import { tlsTable } from "../../../electron/facts/tls-table.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { goodServer } from "../checklist/server-case.ts";

const rows = (profile: "guide" | "minimum") => tlsTable(seenIn(goodServer()), profile);
const wanted = (profile: "guide" | "minimum") => new Map(rows(profile).map((row) => [row.finding, row.wanted]));

describe("the table of TLS values", () => {
  test("has a row for every finding that a registry value decides, what decides mail first", () => {
    const findings = rows("guide").map(({ finding }) => finding);
    expect(findings.toSorted()).toEqual([...new Set(registryValues.map(({ finding }) => finding))].toSorted());
    expect(findings.every((finding) => (findingIds.tls as readonly string[]).includes(finding))).toBe(true);
    expect(findings[0]).toBe("tls.dotnet.v2.64");
  });

  test("names both values of each row in the order of its figures", () => {
    const first = rows("guide").find(({ finding }) => finding === "tls.1.2.client");
    expect(first).toMatchObject({ values: ["Enabled", "DisabledByDefault"], figures: ["1", "0"], found: "1, 0" });
  });

  test("says what the guide wants by its figures, and what mail alone needs by its effect", () => {
    const guide = wanted("guide");
    expect(guide.get("tls.dotnet.v2.64")).toBe("1, 1");
    expect(guide.get("tls.1.2.client")).toBe("On: 1, 0");
    expect(guide.get("tls.1.0.server")).toBe("Off: 0, 1");
    expect(guide.get("tls.1.3.client")).toBe("Not turned off");
    const minimum = wanted("minimum");
    expect(minimum.get("tls.1.2.client")).toBe("On");
    expect(minimum.get("tls.1.0.server")).toBe("Off is better");
    expect(minimum.get("tls.dotnet.v4.32")).toBe("1, 1");
  });
});

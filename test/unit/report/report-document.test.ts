import { describe, expect, test } from "vitest";
import { findingIds } from "../../../electron/contract/checklist.ts";
import { reportOf, sample } from "./report-case.ts";

const configured = { name: "configured.json", ...(await sample("configured")) };
const stuck = { name: "stuck.json", ...(await sample("stuck-on-dotnet-2")) };

describe("the model of a report", () => {
  test("says which server was looked at, when, and what was found", () => {
    const report = reportOf([configured]);
    expect(report).toMatchObject({ createdAt: "2026-11-23T12:34:56.000Z", version: "1.2.3", verdict: "attention" });
    expect(report.servers[0]).toMatchObject({
      name: "configured.json",
      computer: "MIM01",
      windows: "Windows Server 2022 Standard, 10.0.20348",
      build: "4.6.673.0",
      today: "2026-11-23",
      verdict: "attention",
    });
    expect(report.servers[0]?.product).toContain("Microsoft Identity Manager Service and Portal");
    const ids = report.servers[0]?.steps.flatMap((step) => step.findings.map(({ id }) => id));
    expect(ids).toEqual(Object.values(findingIds).flat());
  });

  test("has the worst verdict of its servers", () => {
    expect(reportOf([configured, stuck]).verdict).toBe("action");
    expect(reportOf([]).verdict).toBe("notApplicable");
  });

  test("lists what could not be read, with the reason", () => {
    const recording = {
      ...configured.recording,
      services: { FIMService: { state: "unreadable", reason: "access denied" } },
      events: { state: "unreadable", reason: "the log is closed" },
    } as const;
    expect(reportOf([{ ...configured, recording }]).servers[0]?.gaps).toEqual([
      { address: "FIMService", reason: "access denied" },
      { address: "Event log", reason: "the log is closed" },
    ]);
    expect(reportOf([configured]).servers[0]?.gaps).toEqual([]);
  });

  test("names each source once", () => {
    const urls = reportOf([stuck]).servers[0]?.sources.map(({ url }) => url) ?? [];
    expect(urls.length).toBeGreaterThan(3);
    expect(new Set(urls).size).toBe(urls.length);
  });

  test("says what is wanted in words, also what was not entered", () => {
    const facts = reportOf([
      { ...configured, target: { mailServer: "office365", authentication: "applicationContext", tlsProfile: "guide" } },
    ]).servers[0]?.target;
    expect(facts).toContainEqual({ label: "Mail server", value: "Office 365" });
    expect(facts).toContainEqual({ label: "Application ID", value: "not entered" });
    expect(facts).toContainEqual({ label: "Backup", value: "not confirmed" });
  });
});

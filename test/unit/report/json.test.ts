import { describe, expect, test } from "vitest";
import { readTargetText } from "../../../electron/assistant/target-file.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { jsonReport } from "../../../electron/report/json.ts";
import { reportOf, sample } from "./report-case.ts";

const stuck = { name: "stuck.json", ...(await sample("stuck-on-dotnet-2")) };

describe("the JSON report", () => {
  test("opens as the recording it was made from and gives the same checklist", () => {
    const text = jsonReport(reportOf([stuck]));
    const recording = readRecordingText(text, "report");
    expect(recording).toEqual(stuck.recording);
    const { target, checklist, report } = JSON.parse(text);
    expect(
      judge({
        recording,
        target: readTargetText(JSON.stringify(target), "report"),
        today: "2026-11-23",
        server: { name: "stuck.json", kind: "recorded", elevated: null },
      }),
    ).toEqual(checklist);
    expect(report).toEqual({
      title: "MIM mail configuration report",
      createdAt: "2026-11-23T12:34:56.000Z",
      version: "1.2.3",
      server: "stuck.json",
      verdict: "action",
    });
  });

  test("holds one server", () => {
    expect(() => jsonReport(reportOf([stuck, stuck]))).toThrow("one server");
    expect(() => jsonReport(reportOf([]))).toThrow("one server");
  });
});

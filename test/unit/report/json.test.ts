import { describe, expect, test } from "vitest";
import { targetOfServer } from "../../../electron/assistant/farm-target.ts";
import { savedTarget } from "../../../electron/assistant/saved-target.ts";
import { judge } from "../../../electron/checklist/judge.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { jsonReport } from "../../../electron/report/json.ts";
import { contentsOf, picture, reported, reportOf, sample } from "./report-case.ts";

const stuckSample = await sample("stuck-on-dotnet-2");
const stuck = { name: "stuck.json", ...stuckSample };

/** The checklist a JSON report gives when it is opened, with the target it keeps. */
function reopened(text: string, name: string) {
  const recording = readRecordingText(text, "report");
  const kept = savedTarget(text, "report");
  if (kept === null) throw new Error("the report keeps no target");
  const target = targetOfServer(kept, recording.computer, true);
  return judge({ recording, target, today: "2026-11-23", server: { name } });
}

describe("the JSON report", () => {
  test("opens as the recording it was made from and gives the same checklist", () => {
    const text = jsonReport(reportOf([stuck]));
    expect(readRecordingText(text, "report")).toEqual(stuck.recording);
    const { checklist, report } = JSON.parse(text);
    expect(reopened(text, "stuck.json")).toEqual(checklist);
    expect(report).toMatchObject({
      title: "MIM mail configuration report",
      createdAt: "2026-11-23T12:34:56.000Z",
      version: "1.2.3",
      server: "stuck.json",
      verdict: "action",
      masked: false,
    });
  });

  test("with masked names gives the same verdicts as without", () => {
    const accepted = [
      { finding: "tls.dotnet.v2.32" as const, reason: "Told Kim Berg", by: "Kim Berg", until: "2027-01-01" },
    ];
    const server = reported("C:\\Users\\kberg\\MIM02.json", {
      ...stuckSample,
      target: { ...stuckSample.target, accepted },
    });
    const options = { before: true, pictures: true };
    const plain = jsonReport(contentsOf([server], { options: { ...options, maskNames: false } }));
    const text = jsonReport(contentsOf([server], { options: { ...options, maskNames: true } }));
    expect(text).not.toMatch(/contoso|svcMIM|MIM02|Kim|kberg|S-1-5-21-1004336348/i);
    const statuses = (json: string) =>
      reopened(json, "x").steps.flatMap(({ findings }) => findings.map(({ id, status }) => [id, status]));
    expect(statuses(text)).toEqual(statuses(plain));
    const { checklist } = JSON.parse(text);
    expect(reopened(text, "recording 1")).toEqual(checklist);
  });

  test("repeats a long text of the recording no further than a reader needs", () => {
    const log = "y".repeat(1_048_576);
    const recording = { ...stuck.recording, installerRuns: [{ exitCode: 1603, log, firstFailure: log }] };
    const text = jsonReport(contentsOf([reported("x", { ...stuckSample, recording })]));
    expect(readRecordingText(text, "x").installerRuns[0]?.log).toBe(log);
    expect(text.length).toBeLessThan(3_000_000);
    expect(JSON.stringify(JSON.parse(text).checklist)).toContain("(cut: 1,048,");
  });

  test("names the pictures without holding them", () => {
    const pictures = { pictures: [picture()], leftOut: 0 };
    const { report } = JSON.parse(jsonReport(contentsOf([reported("practice", stuckSample, { pictures })])));
    expect(report.pictures).toEqual([expect.objectContaining({ title: "Configure mail server connection" })]);
    expect(JSON.stringify(report)).not.toContain(picture().base64);
  });

  test("holds one server", () => {
    expect(() => jsonReport(reportOf([stuck, stuck]))).toThrow("one server");
    expect(() => jsonReport(reportOf([]))).toThrow("one server");
  });
});

describe("the target a report keeps", () => {
  test("is none for a recording, also one that holds the word", () => {
    expect(savedTarget(JSON.stringify(stuck.recording), "x")).toBeNull();
    expect(savedTarget(JSON.stringify({ ...stuck.recording, report: "none" }), "x")).toBeNull();
  });

  test("is refused when it is not one", () => {
    const text = JSON.stringify({ ...stuck.recording, report: {}, target: { mailServer: "pigeon" } });
    expect(() => savedTarget(text, "x.json")).toThrow(/target is not valid/);
  });
});

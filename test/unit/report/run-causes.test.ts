import { describe, expect, test } from "vitest";
import { htmlReport } from "../../../electron/report/html.ts";
import { jsonReport } from "../../../electron/report/json.ts";
import { pdfReport } from "../../../electron/report/pdf.ts";
import { testOn } from "../../systems.ts";
import { readPdf, unbroken } from "./pdf-reading.ts";
import { contentsOf, reported, sample } from "./report-case.ts";

const configured = await sample("configured");
const causes = [
  {
    text: "Error 25009: The setup wizard cannot configure the specified database. Login failed for CONTOSO\\svcInstall <now>.",
    line: 4,
    lines: [
      { line: 3, text: "Action start 10:00:02: InstallFinalize." },
      { line: 4, text: "Error 25009.The setup wizard & more" },
    ],
  },
];
const withRun = {
  ...configured,
  recording: { ...configured.recording, installerRuns: [{ exitCode: 1603, endedAt: "2026-11-22T10:00:00Z", causes }] },
};
const report = (maskNames = false) =>
  contentsOf([reported("x.json", withRun)], { options: { maskNames, before: true, pictures: true } });

describe("what an installer's log told of causes", () => {
  test("stands in the HTML report with the lines around it", () => {
    const html = htmlReport(report());
    expect(html).toContain("cannot configure the specified database");
    expect(html).toContain(
      "3  Action start 10:00:02: InstallFinalize.\n4  Error 25009.The setup wizard &amp; more</pre>",
    );
    expect(html).not.toContain("<now>");
  });

  test("stands in the JSON report, and is masked with the names", () => {
    expect(JSON.parse(jsonReport(report())).installerRuns[0].causes).toEqual(causes);
    expect(htmlReport(report(true))).not.toMatch(/svcInstall|CONTOSO/);
  });

  testOn("posix")("stands in the PDF report", async () => {
    const { text } = readPdf(await pdfReport(report()));
    expect(unbroken(text)).toContain(unbroken("4  Error 25009.The setup wizard & more"));
  });
});

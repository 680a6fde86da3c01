import { writtenAdvice } from "../checklist/written-advice.ts";
import { statusWords } from "../contract/status.ts";
import { csvText } from "./csv-text.ts";
import type { ReportDocument } from "./report-document.ts";

/** Every finding of every server, a row each. */
export function csvReport(document: ReportDocument): string {
  const heads = [
    "Server",
    "Computer",
    "Judged for",
    "Step",
    "Check",
    "Title",
    "Status",
    "Found",
    "Should be",
    "What to do",
    "Evidence",
    "Accepted by",
    "Accepted until",
    "Reason",
  ];
  const rows = document.servers.flatMap((server) =>
    server.steps.flatMap((step) =>
      step.findings.map((finding) => [
        server.name,
        server.computer,
        server.today,
        step.title,
        finding.id,
        finding.title,
        statusWords[finding.status],
        finding.actual,
        finding.expected,
        writtenAdvice(finding).join(" | "),
        finding.evidence.map(({ address, value }) => `${address}: ${value}`).join(" | "),
        finding.accepted?.by ?? "",
        finding.accepted?.until ?? "",
        finding.accepted?.reason ?? "",
      ]),
    ),
  );
  return csvText(heads, rows);
}

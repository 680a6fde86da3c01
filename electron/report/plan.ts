import { writtenAdvice } from "../checklist/written-advice.ts";
import { statusWords } from "../contract/status.ts";
import { csvText } from "./csv-text.ts";
import type { ReportDocument } from "./report-document.ts";
import { openFindings } from "./report-labels.ts";

/** What is left to do as CSV: of each open finding one row for each step of its advice, the worst finding first. */
export function planReport(document: ReportDocument): string {
  const heads = ["Server", "Computer", "Order", "Check", "Title", "Status", "Part", "What to do", "Found", "Should be"];
  const rows = document.servers.flatMap((server) =>
    openFindings(server).flatMap((finding, index) => {
      const written = writtenAdvice(finding);
      const advice = written.length > 0 ? written : ["See what was found and what should be."];
      return advice.map((line, part) => [
        server.name,
        server.computer,
        String(index + 1),
        finding.id,
        finding.title,
        statusWords[finding.status],
        `${part + 1} of ${advice.length}`,
        line,
        finding.actual,
        finding.expected,
      ]);
    }),
  );
  return csvText(heads, rows);
}

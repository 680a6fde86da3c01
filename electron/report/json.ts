import type { ReportDocument } from "./report-document.ts";

/**
 * A report for programs: the recording itself, with `report`, `target` and `checklist` beside what it holds, so that
 * it opens as a recording and gives the same verdicts with the same target and day.
 * Takes a report of one server; several servers are several files.
 */
export function jsonReport(document: ReportDocument): string {
  const [server, ...others] = document.servers;
  if (server === undefined || others.length > 0) {
    throw new RangeError(`A JSON report holds one server, not ${document.servers.length}.`);
  }
  const { recording, target, checklist } = server.from;
  const { title, createdAt, version, verdict } = document;
  const report = { title, createdAt, version, server: server.name, verdict };
  return `${JSON.stringify({ ...recording, report, target, checklist }, null, 2)}\n`;
}

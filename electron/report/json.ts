import { jsonText } from "./json-text.ts";
import type { ReportDocument } from "./report-document.ts";

/**
 * A report for programs: the recording itself, with `report`, `target` and `checklist` beside what it holds, so that
 * it opens as a recording and gives the same verdicts with the same target and day. Of pictures it names which there
 * are; the pictures themselves are in the HTML and the PDF.
 * Takes a report of one server; several servers are several files.
 */
export function jsonReport(document: ReportDocument): string {
  const [server, ...others] = document.servers;
  if (server === undefined || others.length > 0) {
    throw new RangeError(`A JSON report holds one server, not ${document.servers.length}.`);
  }
  const { recording, target, checklist } = server.from;
  const { title, createdAt, version, verdict, masked, notes } = document;
  const report = {
    title,
    createdAt,
    version,
    server: server.name,
    verdict,
    masked,
    notes,
    comparison: server.comparison,
    changes: server.changes,
    verification: server.verification,
    smtpPlan: server.smtpPlan,
    farm: document.farm,
    pictures: server.pictures.map(({ base64: _content, ...picture }) => picture),
  };
  return jsonText({ ...recording, ...truncate({ report }), target, ...truncate({ checklist }) });
}

/** As much of one text as the report beside the recording repeats, in characters. */
const repeatedLimit = 4000;

/**
 * What is told of a recording repeats what is in it. Long texts are cut there, with a note, so that a report of a
 * recording that can be opened can be opened as well; the recording itself stays whole.
 */
function truncate<Value>(value: Value): Value {
  if (typeof value === "string") {
    if (value.length <= repeatedLimit) return value;
    const length = value.length.toLocaleString("en-US");
    return `${value.slice(0, repeatedLimit)}… (cut: ${length} characters in all)` as Value;
  }
  if (Array.isArray(value)) return value.map((item) => truncate(item)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, truncate(inner)])) as Value;
}

import { isOpen } from "../checklist/compare-checklists.ts";
import { writtenAdvice } from "../checklist/written-advice.ts";
import type { Source, Step } from "../contract/checklist.ts";
import { badge, code, escaped, factTable, moment, table, text } from "./html-parts.ts";
import {
  acceptedSection,
  changeSection,
  cloudSection,
  comparisonSection,
  farmSection,
  pictureSection,
  remark,
  runSection,
  timelineSection,
} from "./html-sections.ts";
import type { ReportDocument, ReportServer } from "./report-document.ts";
import { leftOutWords, openFindings } from "./report-labels.ts";
import { reportStyle } from "./report-style.ts";
import { smtpPlanSection } from "./smtp-plan-parts.ts";

/**
 * A report as one HTML file: no script, nothing loaded from anywhere, light and dark, fit to print. Every value is
 * shown as text; the content security policy in the file holds that too should a value ever slip through: it allows
 * the style inside and pictures inside, and nothing else.
 */
export function htmlReport(document: ReportDocument): string {
  const computers = document.servers.map((server) => server.computer).join(", ");
  const title = text(computers === "" ? document.title : `${document.title}: ${computers}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>${text(document.title)}</h1>
<p class="verdict">${badge(document.verdict)}</p>
<p class="made">Made ${moment(document.createdAt)} by MIM Mail Assistant ${text(document.version)}</p>
</header>
<main>
${overview(document)}
${document.servers.map(serverSection).join("\n")}
</main>
<footer>${document.notes.map((note) => `<p>${text(note)}</p>`).join("\n")}</footer>
</body>
</html>
`;
}

/** The servers beside one another; nothing where there is one alone. */
function overview(document: ReportDocument): string {
  const { servers, farm } = document;
  if (servers.length < 2 && farm === null) return "";
  const rows = (servers[0]?.steps ?? []).map((step) => [
    { html: text(step.title), heads: true } as const,
    ...servers.map((server) => badge(server.steps.find(({ id }) => id === step.id)?.status ?? "notApplicable")),
  ]);
  const heads = ["Step", ...servers.map(({ computer }) => computer)];
  return `<section><h2>All servers</h2>
${servers.length > 1 ? table({ caption: "The steps of each server", heads, rows }) : ""}
${farmSection(farm)}</section>`;
}

function serverSection(server: ReportServer): string {
  const facts: readonly (readonly [string, string])[] = [
    ["Server", text(server.name)],
    ["Computer", text(server.computer)],
    ["Windows", text(server.windows)],
    ["Product", text(server.product)],
    ["Build", text(server.build)],
    ["Looked at", moment(server.lookedAt)],
    ["Judged for", text(server.today)],
    ...server.tools.map((tool) => ["How it was read", text(tool)] as const),
  ];
  return `<section>
<h2>${text(server.computer)} ${badge(server.verdict)}</h2>
<div class="beside">
${factTable("The server", facts)}
${factTable(
  "What is wanted",
  server.target.map(({ label, value }) => [label, text(value)] as const),
)}
</div>
${nextThings(server)}
${comparisonSection(server)}
<h3>Checklist</h3>
${server.steps.map(stepSection).join("\n")}
${acceptedSection(server)}
${changeSection(server)}
${runSection(server)}
${cloudSection(server)}
${smtpPlanSection(server.smtpPlan)}
${timelineSection(server)}
${pictureSection(server)}
${gapTable(server)}
${evidenceTable(server)}
${sourceList(server.sources)}
</section>`;
}

/** What is left to do, the worst first: the first piece of advice of each finding that counts. */
function nextThings(server: ReportServer): string {
  const items = openFindings(server).map(
    (finding) =>
      `<li>${badge(finding.status)} <strong>${text(finding.title)}</strong>${
        finding.advice[0] ? `: ${text(finding.advice[0])}` : ""
      }</li>`,
  );
  const body =
    items.length === 0 ? "<p>Nothing. Every check is done.</p>" : `<ol class="next">${items.join("\n")}</ol>`;
  return `<h3>What to do next</h3>\n${body}`;
}

function stepSection(step: Step): string {
  const rows = step.findings.map((finding) => {
    const accepted = finding.accepted;
    const note = accepted
      ? `<p class="note">Accepted by ${text(accepted.by)} until ${text(accepted.until)}: ${text(accepted.reason)}</p>`
      : "";
    return [
      badge(finding.status),
      { html: `${text(finding.title)}${code(finding.id)}`, heads: true } as const,
      `${text(finding.actual)}${note}`,
      text(finding.expected),
    ];
  });
  const advised = step.findings.filter((finding) => isOpen(finding) && finding.advice.length > 0);
  const advice = advised.map(
    (finding) =>
      `<h5>${text(finding.title)}</h5><ol>${writtenAdvice(finding)
        .map((line) => `<li>${text(line)}</li>`)
        .join("")}</ol>`,
  );
  return `<section class="step"><h4>${text(step.title)} ${badge(step.status)}</h4>
${table({ caption: `${step.title}: what was found and what should be`, heads: ["Status", "Check", "Found", "Should be"], rows })}
${advice.length > 0 ? `<div class="advice">${advice.join("\n")}</div>` : ""}</section>`;
}

function gapTable(server: ReportServer): string {
  if (server.gaps.length === 0) return "<h3>What could not be read</h3>\n<p>Everything asked for could be read.</p>";
  return `<h3>What could not be read</h3>
${table({
  caption: "Addresses that could not be read, and why",
  heads: ["Address", "Reason"],
  rows: server.gaps.map((gap) => [{ html: code(gap.address), heads: true }, text(gap.reason)]),
})}
${remark(leftOutWords(server.leftOut.gaps, "addresses are"))}`;
}

function evidenceTable(server: ReportServer): string {
  if (server.evidence.length === 0) return "";
  return `<h3>Evidence</h3>
${table({
  caption: "What each check rests on: where it was read, and what stood there",
  heads: ["Check", "Address", "Value"],
  rows: server.evidence.map(({ finding, address, value }) => [code(finding), code(address), text(value)]),
})}
${remark(leftOutWords(server.leftOut.evidence, "pieces of evidence are"))}`;
}

function sourceList(sources: readonly Source[]): string {
  if (sources.length === 0) return "";
  const items = sources.map((source) => {
    const title = text(source.title);
    const link = isHttps(source.url)
      ? `<a href="${escaped(source.url)}" rel="noreferrer noopener">${title}</a>`
      : `${title} (${text(source.url)})`;
    return `<li>${link}, looked at ${text(source.lookedAt)}</li>`;
  });
  return `<h3>Sources</h3>\n<ul>${items.join("\n")}</ul>`;
}

function isHttps(url: string): boolean {
  try {
    return new URL(url).protocol === "https:";
  } catch {
    return false;
  }
}

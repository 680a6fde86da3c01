import type { Finding, Source, Step } from "../contract/checklist.ts";
import { type Status, statuses, statusWords } from "../contract/status.ts";
import type { ReportDocument, ReportServer } from "./report-document.ts";
import { reportStyle } from "./report-style.ts";
import { shownText } from "./shown-text.ts";

/**
 * A report as one HTML file: no script, nothing loaded from anywhere, light and dark, fit to print. Every value is
 * shown as text; the content security policy in the file holds that too should a value ever slip through.
 */
export function htmlReport(document: ReportDocument): string {
  const computers = document.servers.map((server) => server.computer).join(", ");
  const title = text(computers === "" ? document.title : `${document.title}: ${computers}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
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
${document.servers.length > 1 ? overview(document) : ""}
${document.servers.map(serverSection).join("\n")}
</main>
<footer><p>This report holds no secret: encrypted values and tokens are shown as present, never as text.</p></footer>
</body>
</html>
`;
}

function overview(document: ReportDocument): string {
  const servers = document.servers;
  const heads = servers.map((server) => `<th scope="col">${text(server.computer)}</th>`).join("");
  const rows = (servers[0]?.steps ?? []).map((step) => {
    const cells = servers.map((server) => {
      const status = server.steps.find(({ id }) => id === step.id)?.status ?? "notApplicable";
      return `<td>${badge(status)}</td>`;
    });
    return `<tr><th scope="row">${text(step.title)}</th>${cells.join("")}</tr>`;
  });
  return `<section><h2>All servers</h2>
<div class="wide"><table><caption>The steps of each server</caption>
<thead><tr><th scope="col">Step</th>${heads}</tr></thead><tbody>${rows.join("\n")}</tbody></table></div></section>`;
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
<h3>Checklist</h3>
${server.steps.map(stepSection).join("\n")}
${gapTable(server)}
${evidenceTable(server)}
${sourceList(server.sources)}
</section>`;
}

function factTable(caption: string, facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(([label, value]) => `<tr><th scope="row">${text(label)}</th><td>${value}</td></tr>`);
  return `<table class="facts"><caption>${text(caption)}</caption><tbody>${rows.join("\n")}</tbody></table>`;
}

/** What is left to do, the worst first: the first piece of advice of each finding that counts. */
function nextThings(server: ReportServer): string {
  const open = server.steps
    .flatMap((step) => step.findings.filter(isOpen))
    .sort((one, other) => statuses.indexOf(one.status) - statuses.indexOf(other.status));
  const items = open.map(
    (finding) =>
      `<li>${badge(finding.status)} <strong>${text(finding.title)}</strong>${
        finding.advice[0] ? `: ${text(finding.advice[0])}` : ""
      }</li>`,
  );
  const body =
    items.length === 0 ? "<p>Nothing. Every check is done.</p>" : `<ol class="next">${items.join("\n")}</ol>`;
  return `<h3>What to do next</h3>\n${body}`;
}

function isOpen(finding: Finding): boolean {
  return finding.accepted === null && finding.status !== "done" && finding.status !== "notApplicable";
}

function stepSection(step: Step): string {
  const rows = step.findings.map((finding) => {
    const accepted = finding.accepted;
    const note = accepted
      ? `<p class="note">Accepted by ${text(accepted.by)} until ${text(accepted.until)}: ${text(accepted.reason)}</p>`
      : "";
    return `<tr><td>${badge(finding.status)}</td><th scope="row">${text(finding.title)}<code>${text(finding.id)}</code></th><td>${text(
      finding.actual,
    )}${note}</td><td>${text(finding.expected)}</td></tr>`;
  });
  const advised = step.findings.filter((finding) => isOpen(finding) && finding.advice.length > 0);
  const advice = advised.map(
    (finding) =>
      `<h5>${text(finding.title)}</h5><ol>${finding.advice.map((line) => `<li>${text(line)}</li>`).join("")}</ol>`,
  );
  return `<section class="step"><h4>${text(step.title)} ${badge(step.status)}</h4>
<div class="wide"><table><caption>${text(step.title)}: what was found and what should be</caption>
<thead><tr><th scope="col">Status</th><th scope="col">Check</th><th scope="col">Found</th><th scope="col">Should be</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>
${advice.length > 0 ? `<div class="advice">${advice.join("\n")}</div>` : ""}</section>`;
}

function gapTable(server: ReportServer): string {
  if (server.gaps.length === 0) return "<h3>What could not be read</h3>\n<p>Everything asked for could be read.</p>";
  const rows = server.gaps.map(
    (gap) => `<tr><th scope="row"><code>${text(gap.address)}</code></th><td>${text(gap.reason)}</td></tr>`,
  );
  return `<h3>What could not be read</h3>
<div class="wide"><table><caption>Addresses that could not be read, and why</caption>
<thead><tr><th scope="col">Address</th><th scope="col">Reason</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></div>`;
}

function evidenceTable(server: ReportServer): string {
  if (server.evidence.length === 0) return "";
  const rows = server.evidence.map(
    (evidence) =>
      `<tr><td><code>${text(evidence.finding)}</code></td><td><code>${text(evidence.address)}</code></td><td>${text(
        evidence.value,
      )}</td></tr>`,
  );
  return `<h3>Evidence</h3>
<div class="wide"><table><caption>What each check rests on: where it was read, and what stood there</caption>
<thead><tr><th scope="col">Check</th><th scope="col">Address</th><th scope="col">Value</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
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

/** One drawing a status: they differ in shape as well as in colour. */
const icons: Readonly<Record<Status, string>> = {
  action: '<rect x="1" y="1" width="14" height="14" rx="3"/><path class="mark" d="M5 5l6 6M11 5l-6 6"/>',
  unknown:
    '<circle cx="8" cy="8" r="7"/><path class="mark" d="M5.8 6.2a2.2 2.2 0 1 1 3 2.1c-.6.3-.8.7-.8 1.4M8 11.6v.4"/>',
  pending: '<circle class="ring" cx="8" cy="8" r="6"/>',
  attention: '<path d="M8 1l7 14H1z"/><path class="mark" d="M8 6v4.4M8 12.6v.4"/>',
  done: '<circle cx="8" cy="8" r="7"/><path class="mark" d="M4.8 8.2l2.2 2.3 4.2-4.6"/>',
  notApplicable: '<path class="ring" d="M3 8h10"/>',
};

function badge(status: Status): string {
  return `<span class="status ${status}"><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">${icons[status]}</svg>${statusWords[status]}</span>`;
}

function moment(at: string): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return text(at);
  const iso = time.toISOString();
  return `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

function text(value: string): string {
  return escaped(shownText(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

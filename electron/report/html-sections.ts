import type { Farm } from "../contract/comparison.ts";
import { badge, code, escaped, factTable, moment, table, text } from "./html-parts.ts";
import type { ReportServer } from "./report-document.ts";
import type { ReportChange } from "./report-history.ts";
import { becameWords, byWords, comparisonWords, leftOutWords, settingDiffers, timelineWords } from "./report-labels.ts";

/** A remark below a list; nothing for none. */
export function remark(sentence: string | null): string {
  return sentence === null ? "" : `<p class="note">${text(sentence)}</p>`;
}

/** Several servers side by side: what is next on each, what their service shares, and the findings that differ. */
export function farmSection(farm: Farm | null): string {
  if (farm === null) return "";
  return [nextOnEach(farm), sharedSettings(farm), nodeOrder(farm), differentChecks(farm)].join("\n");
}

function nextOnEach({ servers }: Farm): string {
  const rows = servers.map(({ computer, service, verdict, next }) => [
    { html: text(computer), heads: true } as const,
    badge(verdict),
    text(service ?? "not known"),
    next === null
      ? "Nothing is left."
      : `<strong>${text(next.title)}</strong>${next.advice === null ? "" : `: ${text(next.advice)}`}`,
  ]);
  return table({ caption: "What is next on each server", heads: ["Computer", "Verdict", "Database", "Next"], rows });
}

function sharedSettings({ servers, settings }: Farm): string {
  const differing = settings.filter(settingDiffers);
  if (differing.length === 0)
    return "<h3>Settings of one service</h3>\n<p>The nodes of one MIM Service have the same settings.</p>";
  const rows = differing.map(({ title, status, cells, advice }) => [
    { html: `${text(title)}<br/>${badge(status)}`, heads: true } as const,
    ...cells.map((cell) => ({ html: text(cell ?? "not known"), marked: true }) as const),
    text(advice.join(" ")),
  ]);
  const heads = ["Setting", ...servers.map(({ computer }) => computer), "What to do"];
  return `<h3>Settings of one service</h3>
${table({ caption: "Settings that differ between nodes of one MIM Service", heads, rows, name: "settings" })}`;
}

function nodeOrder({ order }: Farm): string {
  if (order.length === 0) return "";
  const items = order.map(
    ({ computer, steps }) =>
      `<li><strong>${text(computer)}</strong><ol>${steps
        .map(
          ({ title, done, day }) =>
            `<li>${text(title)}: ${done ? `done${day === null ? "" : `, ${text(day)}`}` : "to do"}</li>`,
        )
        .join("")}</ol></li>`,
  );
  return `<h3>Change mode, one node at a time</h3>\n<ol class="next">${items.join("\n")}</ol>`;
}

function differentChecks(farm: Farm): string {
  const rows = farm.rows
    .filter(({ differs }) => differs)
    .map((row) => [
      { html: `${text(row.title)}${code(row.finding)}`, heads: true } as const,
      ...row.cells.map((cell) => ({ html: `${badge(cell.status)}<br/>${text(cell.actual)}`, marked: true }) as const),
    ]);
  if (rows.length === 0) return "<h3>Differences</h3>\n<p>Every check reads the same on all servers.</p>";
  const heads = ["Check", ...farm.servers.map(({ computer }) => computer)];
  return `<h3>Differences</h3>
${table({ caption: "Checks that do not read the same on all servers", heads, rows, name: "farm" })}`;
}

/** Before against now: what was fixed, what is new, what is open, and what differs in what was read. */
export function comparisonSection(server: ReportServer): string {
  const { comparison, leftOut } = server;
  if (comparison === null) return "";
  const { before, findings, differences } = comparison;
  const findingRows = findings.map((one) => [
    text(becameWords[one.became]),
    { html: `${text(one.title)}${code(one.finding)}`, heads: true } as const,
    `${badge(one.before.status)}<br/>${text(one.before.actual)}`,
    `${badge(one.now.status)}<br/>${text(one.now.actual)}`,
  ]);
  const differenceRows = differences.map(({ area, address, from, to }) => [
    text(area),
    { html: code(address), heads: true } as const,
    text(from ?? "not there"),
    text(to ?? "not there"),
  ]);
  return `<h3>Before and after</h3>
<p>Before: ${text(before.label)}, ${moment(before.at)}, ${badge(before.verdict)}. Now: ${moment(server.lookedAt)}, ${badge(server.verdict)}.</p>
<p>${text(comparisonWords(server))}</p>
${
  findingRows.length === 0
    ? ""
    : table({ caption: "What became of each check", heads: ["Became", "Check", "Before", "Now"], rows: findingRows })
}
${remark(leftOutWords(leftOut.findings, "checks are"))}
${
  differenceRows.length === 0
    ? ""
    : table({
        caption: "What differs in what was read",
        heads: ["Area", "Address", "Before", "Now"],
        rows: differenceRows,
      })
}
${remark(leftOutWords(leftOut.differences, "differences are"))}`;
}

export function acceptedSection(server: ReportServer): string {
  if (server.accepted.length === 0) return "";
  return `<h3>Accepted findings</h3>
${table({
  caption: "What may stay as it is for a time: it does not count until that day has passed",
  heads: ["Status", "Check", "Reason", "Accepted by", "Until"],
  rows: server.accepted.map((one) => [
    badge(one.status),
    { html: `${text(one.title)}${code(one.finding)}`, heads: true } as const,
    text(one.reason),
    text(one.by),
    text(one.until),
  ]),
})}`;
}

/** What was changed, newest first: each journal, which can put it back, with its values. */
export function changeSection(server: ReportServer): string {
  if (server.changes.length === 0) return "<h3>Changes</h3>\n<p>No change was made with this program.</p>";
  const parts = server.changes.map((change) => {
    const when = change.at === null ? "at a time not recorded" : moment(change.at);
    const reason = change.reason === null ? "" : `<p class="note">${text(change.reason)}</p>`;
    return `<h4>${text(change.what)}, ${when}</h4>
<p>Journal ${code(change.id)}, ${text(change.state)}${text(byWords(change.by))}.</p>${reason}
${valueTable(change)}`;
  });
  return `<h3>Changes</h3>
${parts.join("\n")}
${remark(leftOutWords(server.leftOut.changes, "journals are"))}`;
}

/** Values that were set; of a change that only the recording knows there are the places alone. */
function valueTable({ id, values }: ReportChange): string {
  if (values.length === 0) return "<p>No value was set.</p>";
  if (values.every(({ from, to }) => from === null && to === null)) {
    return `<ul>${values.map(({ address }) => `<li>${code(address)}</li>`).join("")}</ul>`;
  }
  return table({
    caption: `Values of journal ${id}`,
    heads: ["Value", "From", "To"],
    rows: values.map(({ address, from, to }) => [
      { html: code(address), heads: true },
      text(from ?? "not recorded"),
      text(to ?? "not recorded"),
    ]),
  });
}

/** What the log of a run told of causes, with the lines around each. */
function causesOf({ startedAt, causes }: ReportServer["runs"][number]): string {
  if (causes.length === 0) return "";
  const when = startedAt === null ? "a run" : `the run of ${moment(startedAt)}`;
  const items = causes.map((cause) => {
    const lines = cause.lines === "" ? "" : `<pre>${escaped(cause.lines)}</pre>`;
    return `<li>${text(cause.text)}${lines}</li>`;
  });
  return `<h4>What the log of ${when} says</h4>\n<ul>${items.join("\n")}</ul>\n`;
}

export function runSection(server: ReportServer): string {
  if (server.runs.length === 0) return "<h3>Installer runs</h3>\n<p>No run of the installer is recorded.</p>";
  return `<h3>Installer runs</h3>
${table({
  caption: "Runs of the installer in Change mode, newest first",
  heads: ["Started", "Ended", "Exit code", "First failure", "Secrets in its log", "Log"],
  rows: server.runs.map((run) => [
    { html: run.startedAt === null ? "not recorded" : moment(run.startedAt), heads: true } as const,
    run.endedAt === null ? "not recorded" : moment(run.endedAt),
    text(run.outcome),
    text(run.firstFailure),
    text(run.secretsInLog),
    code(run.log),
  ]),
})}
${remark(leftOutWords(server.leftOut.runs, "runs are"))}
${server.runs.map(causesOf).join("")}`;
}

export function cloudSection(server: ReportServer): string {
  const cloud = server.cloud;
  if (cloud === null) return "<h3>Cloud check</h3>\n<p>Microsoft's cloud was not asked.</p>";
  const facts = cloud.facts.map(({ label, value }) => [label, text(value)] as const);
  return `<h3>Cloud check</h3>
${factTable("The last check of Microsoft's cloud", [["Made", moment(cloud.at)], ...facts])}`;
}

/** The line of time, newest first, and the trace switch. */
export function timelineSection(server: ReportServer): string {
  const { verification, leftOut } = server;
  if (verification === null) return "";
  const rows = verification.timeline.map((entry) => [
    moment(entry.at),
    text(timelineWords[entry.kind]),
    badge(entry.status),
    `${text(entry.title + byWords(entry.by))}${entry.detail === null ? "" : `<p class="note">${text(entry.detail)}</p>`}${
      entry.address === null ? "" : code(entry.address)
    }`,
  ]);
  const { trace } = verification;
  return `<h3>Timeline</h3>
${
  rows.length === 0
    ? "<p>Nothing is recorded that has a time.</p>"
    : table({
        caption: "What happened, newest first",
        heads: ["When", "Kind", "Status", "What"],
        rows,
        name: "timeline",
      })
}
${remark(leftOutWords(leftOut.timeline, "older entries are"))}
${trace.text === "" ? "" : `<h3>Trace of the service</h3>\n<p>${text(trace.text)}</p>${trace.address === null ? "" : `<p>${code(trace.address)}</p>`}`}
${trace.advice.length === 0 ? "" : `<ol>${trace.advice.map((line) => `<li>${text(line)}</li>`).join("")}</ol>`}`;
}

/** Nothing but base64 may come into an address of a picture. */
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function pictureSection(server: ReportServer): string {
  const figures = server.pictures
    .filter((picture) => base64.test(picture.base64))
    .map((picture) => {
      const words = `${picture.origin === "taken" ? "Taken" : "Added"} ${moment(picture.at)}${picture.masked ? ", parts of it blacked out" : ""}`;
      return `<figure><img src="data:${escaped(picture.mediaType)};base64,${picture.base64}" width="${picture.width}" height="${picture.height}" alt="${text(`The installer's page: ${picture.title}`)}"/><figcaption>${text(picture.title)}. ${words}.</figcaption></figure>`;
    });
  return figures.length === 0 ? "" : `<h3>Pictures of the installer</h3>\n${figures.join("\n")}`;
}

import { isOpen } from "../checklist/compare-checklists.ts";
import { writtenAdvice } from "../checklist/written-advice.ts";
import type { Checklist, Finding } from "../contract/checklist.ts";
import { momentWords } from "../contract/date.ts";
import { findingsIn } from "../contract/findings.ts";
import { type Status, statuses, statusWords } from "../contract/status.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Io } from "./io.ts";
import type { JudgedServer } from "./judged-server.ts";
import { paintFor } from "./paint.ts";

const statusWidth = Math.max(...Object.values(statusWords).map((word) => word.length));
/** Titles longer than this do not widen their column. */
const titleLimit = 38;
/** Below this there is no room for three columns. */
const narrow = 90;

/** One server's checklist for a terminal: every step with its findings, and what to do first for what is left. */
export function checklistText(judged: JudgedServer, io: Io, verbose: boolean): string {
  const { checklist, recording, targetFrom } = judged;
  const { label } = judged.server;
  const paint = paintFor(io.colours);
  const findings = findingsIn(checklist);
  const build = findings.find(({ id }) => id === "server.build")?.actual ?? "";
  const about = [recording.computer, recording.windows?.caption ?? "Windows not known", build].map((part) =>
    shownText(part, 120),
  );
  const judgedFor = `Looked at ${momentWords(recording.recordedAt)}, judged for ${checklist.today}, target: `;
  const lines = [
    ...wrapped(`${paint.bold(shownText(label, 200))}: ${about.join(", ")}`, io.columns),
    ...wrapped(judgedFor + shownText(targetFrom, 200), io.columns).map(paint.soft),
  ];
  const titleWidth = Math.min(Math.max(...findings.map(({ title }) => title.length)), titleLimit);
  for (const step of checklist.steps) {
    lines.push("", `${paint.status(step.status, word(step.status))}  ${paint.bold(step.title)}`);
    for (const finding of step.findings) lines.push(...findingLines(finding, titleWidth, io, verbose));
  }
  const verdict = paint.status(checklist.verdict, statusWords[checklist.verdict]);
  lines.push("", ...wrapped(`${paint.bold("Verdict:")} ${verdict}. ${counts(findings)}.`, io.columns));
  const next = firstLeft(checklist);
  if (next) lines.push(...wrapped(`Next: ${next}`, io.columns));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function findingLines(finding: Finding, titleWidth: number, io: Io, verbose: boolean): string[] {
  const paint = paintFor(io.colours);
  const { status, accepted } = finding;
  const title = shownText(finding.title, 200);
  const start = `  ${paint.status(status, word(status))}  `;
  const startWidth = statusWidth + 4;
  const isNarrow = io.columns < narrow;
  const indent = isNarrow ? startWidth : startWidth + titleWidth + 2;
  const width = io.columns - indent;
  const below = (text: string): string[] => hanging(" ".repeat(indent), indent, wrapped(text, width));
  const actual = wrapped(shownText(finding.actual, 600), width);
  const lines =
    isNarrow || title.length > titleWidth
      ? [
          ...hanging(start, startWidth, wrapped(title, io.columns - startWidth)),
          ...hanging(" ".repeat(indent), indent, actual),
        ]
      : hanging(`${start}${title.padEnd(titleWidth)}  `, indent, actual);
  if (accepted) {
    lines.push(
      ...below(`Accepted by ${shownText(accepted.by)} until ${accepted.until}: ${shownText(accepted.reason)}`),
    );
  }
  const left = isOpen(finding);
  if (verbose) {
    lines.push(...below(`Id: ${finding.id}`));
    lines.push(...below(`Should be: ${shownText(finding.expected)}`));
    writtenAdvice(finding).forEach((advice, index) => {
      lines.push(...below(`${index + 1}. ${shownText(advice)}`));
    });
    for (const { address, value } of finding.evidence) {
      lines.push(...below(paint.soft(`${shownText(address)} = ${shownText(value)}`)));
    }
    for (const source of finding.sources)
      lines.push(...below(paint.soft(`${source.url} (looked at ${source.lookedAt})`)));
  } else if (left && finding.advice[0]) {
    lines.push(...below(`> ${shownText(finding.advice[0], 600)}`));
  }
  return lines;
}

/** A server as a column of a table. */
export interface JudgedColumn extends Pick<JudgedServer, "name" | "checklist"> {
  readonly computer: string;
}

/** Several servers' checklists as one table, a column each; as many tables below one another as the width asks for. */
export function checklistTable(judged: readonly JudgedColumn[], io: Io): string {
  const paint = paintFor(io.colours);
  const steps = judged[0]?.checklist.steps ?? [];
  const titles = steps.flatMap((step) => [step.title, ...step.findings.map(({ title }) => `  ${title}`)]);
  const firstWidth = Math.min(Math.max(...titles.map((title) => title.length)), titleLimit + 2);
  const headWidth = 18;
  const heads = judged.map((server) => [
    truncateStart(shownText(server.computer, 200), headWidth),
    truncateStart(shownText(server.name, 400), headWidth),
  ]);
  const columnWidth = Math.max(statusWidth, ...heads.flat().map((head) => head.length));
  const fitting = Math.max(1, Math.floor((io.columns - firstWidth) / (columnWidth + 2)));
  const tables: string[] = [];
  for (let start = 0; start < judged.length; start += fitting) {
    const part = judged.slice(start, start + fitting);
    const partHeads = heads.slice(start, start + fitting);
    const row = (title: string, cells: readonly string[]): string =>
      `${truncateEnd(title, firstWidth).padEnd(firstWidth)}  ${cells.join("  ")}`.trimEnd();
    const cell = (status: Status): string =>
      `${paint.status(status, statusWords[status])}${" ".repeat(columnWidth - statusWords[status].length)}`;
    const lines = [0, 1].map((line) =>
      row(
        "",
        partHeads.map((head) => (head[line] ?? "").padEnd(columnWidth)),
      ),
    );
    for (const [index, step] of steps.entries()) {
      lines.push(
        "",
        row(
          step.title,
          part.map(({ checklist }) => cell(checklist.steps[index]?.status ?? "notApplicable")),
        ),
      );
      for (const [place, finding] of step.findings.entries()) {
        lines.push(
          row(
            `  ${finding.title}`,
            part.map(({ checklist }) => cell(checklist.steps[index]?.findings[place]?.status ?? "notApplicable")),
          ),
        );
      }
    }
    lines.push(
      "",
      row(
        "Verdict",
        part.map(({ checklist }) => cell(checklist.verdict)),
      ),
    );
    tables.push(lines.join("\n"));
  }
  return `${tables.join("\n\n")}\n\nCheck one server alone to see what to do.\n`;
}

function counts(findings: readonly Finding[]): string {
  const parts = statuses.flatMap((status) => {
    const count = findings.filter((finding) => finding.status === status && finding.accepted === null).length;
    return count === 0 ? [] : [`${count} ${statusWords[status].toLowerCase()}`];
  });
  const accepted = findings.filter((finding) => finding.accepted !== null).length;
  if (accepted > 0) parts.push(`${accepted} accepted`);
  return parts.join(", ");
}

/** The first thing to do: of the worst findings the first in the checklist's order. */
function firstLeft(checklist: Checklist): string | null {
  const left = findingsIn(checklist).filter(isOpen);
  const worst = statuses.find((status) => left.some((finding) => finding.status === status));
  const finding = left.find(({ status }) => status === worst);
  if (finding === undefined) return null;
  const advice = finding.advice[0];
  return advice ? `${shownText(finding.title)}: ${shownText(advice, 600)}` : shownText(finding.title);
}

function word(status: Status): string {
  return statusWords[status].padEnd(statusWidth);
}

function truncateEnd(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** The end of a path says more than its start. */
function truncateStart(text: string, width: number): string {
  return text.length <= width ? text : `…${text.slice(text.length - width + 1)}`;
}

import { judgePair, type KeptRecording } from "../assistant/judged.ts";
import { compareChecklists } from "../checklist/compare-checklists.ts";
import type { ComparedFinding } from "../contract/comparison.ts";
import { type Status, statusWords } from "../contract/status.ts";
import { areaTitles, compareRecordings, type Difference, equalButTimeAndJournal } from "../recording/compare.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Context, Io } from "./io.ts";
import { dayFrom, type JudgeOptions, uncounted, wantedFor } from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { noticeText } from "./problem-text.ts";
import { openRecording } from "./server-option.ts";

interface CompareOptions extends JudgeOptions {
  readonly json?: true;
  readonly findings?: true;
}

/** What became of the findings, judged alike in both. */
interface ComparedFindings {
  readonly today: string;
  /** Where the target came from, in words. */
  readonly target: string;
  /** That confirmations count for neither, in a line; left out where each has its server. */
  readonly notCounted?: string;
  readonly verdict: { readonly before: Status; readonly after: Status };
  readonly findings: readonly ComparedFinding[];
}

/** `compare`: prints what differs between two recordings. Ends with 0 whether or not anything does. */
export const defineCompare: Define = (command, context) => {
  command
    .argument("<a.json>", "the recording or JSON report before")
    .argument("<b.json>", "the recording or JSON report after")
    .option("--findings", "judge both and say what is fixed, new and still open")
    .option("--target <file>", "what both are judged by, with --findings; the default is the target a report keeps")
    .option("--today <YYYY-MM-DD>", "the day to judge both for, with --findings; the default is today")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
To see servers side by side, name each with --server: mim-mail check --server MIM01.json --server MIM02.json

Examples:
  mim-mail compare before.json after.json
  mim-mail compare before.json after.json --findings --target target.json
  mim-mail compare MIM01.json MIM02.json --json`,
    )
    .action(async (before: string, after: string, options: CompareOptions) => {
      const pair = [await kept(before, context), await kept(after, context)] as const;
      const differences = compareRecordings(pair[0].recording, pair[1].recording);
      const asked = options.findings ?? (options.target !== undefined || options.today !== undefined);
      const judged = asked ? await findingsOf(pair, options, context) : null;
      const { notCounted, ...said } = judged ?? {};
      if (options.json) {
        const equal = differences.length === 0;
        const answer = {
          before,
          after,
          equal,
          equalButTimeAndJournal: equalButTimeAndJournal(differences),
          differences,
          ...said,
        };
        if (notCounted !== undefined) context.io.stderr(noticeText(notCounted));
        context.io.stdout(jsonText(answer));
      } else {
        const findings = judged === null ? "" : `\n${findingsText(judged, context.io)}`;
        context.io.stdout(differenceText(before, after, differences, context.io) + findings);
      }
    });
};

async function findingsOf(
  pair: readonly [KeptRecording, KeptRecording],
  options: CompareOptions,
  { io, home }: Context,
): Promise<ComparedFindings> {
  const today = dayFrom(options.today, io.now());
  const [from, to] = pair;
  // The later one's target counts; a plain recording keeps none.
  const { targetFrom, ...wanted } = await wantedFor(to.savedTarget === null ? from : to, options.target, home);
  const { before, after, uncounted: left } = judgePair(pair, { ...wanted, today });
  return {
    today,
    target: targetFrom,
    verdict: { before: before.verdict, after: after.verdict },
    findings: compareChecklists(before, after),
    ...(left ? { notCounted: uncounted(targetFrom) } : {}),
  };
}

async function kept(path: string, context: Context): Promise<KeptRecording> {
  const named = await openRecording(path, context);
  return { ...named, recording: await named.server.look() };
}

function differenceText(before: string, after: string, differences: readonly Difference[], io: Io): string {
  const paint = paintFor(io.colours);
  const lines = [`From ${shownText(before, 400)} to ${shownText(after, 400)}`];
  let area: Difference["area"] | null = null;
  for (const difference of differences) {
    if (difference.area !== area) {
      area = difference.area;
      lines.push("", paint.bold(areaTitles[area]));
    }
    const { address, change, from, to } = difference;
    lines.push(`  ${change.padEnd(7)}  ${shownText(address, 600)}`);
    if (from !== null) lines.push(...hanging("           from  ", 17, wrapped(shownText(from, 600), io.columns - 17)));
    if (to !== null) lines.push(...hanging("           to    ", 17, wrapped(shownText(to, 600), io.columns - 17)));
  }
  lines.push("", summary(differences));
  return `${lines.join("\n")}\n`;
}

function summary(differences: readonly Difference[]): string {
  if (differences.length === 0) return "The two recordings are the same.";
  if (equalButTimeAndJournal(differences)) return "The same in everything but when they were made and the journal.";
  return differences.length === 1 ? "1 difference." : `${differences.length} differences.`;
}

/** What became of findings, in the order it is printed: the title, and the words behind how many there are. */
const becameWords: Readonly<Record<ComparedFinding["became"], { readonly title: string; readonly counted: string }>> = {
  fixed: { title: "Fixed", counted: "fixed" },
  new: { title: "New", counted: "new" },
  open: { title: "Still open", counted: "still open" },
  changed: { title: "Details changed", counted: "with other details" },
};

function findingsText({ today, target, notCounted, verdict, findings }: ComparedFindings, io: Io): string {
  const paint = paintFor(io.colours);
  const word = (status: Status): string => paint.status(status, statusWords[status]);
  const lines = wrapped(`Findings, judged for ${today}, target: ${shownText(target, 200)}`, io.columns);
  if (notCounted !== undefined) lines.push(shownText(notCounted));
  const counts: string[] = [];
  for (const [became, { title, counted }] of Object.entries(becameWords)) {
    const listed = findings.filter((finding) => finding.became === became);
    if (listed.length === 0) continue;
    counts.push(`${listed.length} ${counted}`);
    lines.push("", paint.bold(title), ...listed.flatMap((finding) => findingLines(finding, io)));
  }
  const both = `${paint.bold("Verdict:")} ${word(verdict.before)} before, ${word(verdict.after)} after.`;
  lines.push("", `${both} ${counts.join(", ") || "No finding changed"}.`);
  return `${lines.join("\n")}\n`;
}

function findingLines({ title, before, now }: ComparedFinding, io: Io): string[] {
  const said = (at: ComparedFinding["now"]): string => `${statusWords[at.status]}: ${shownText(at.actual, 600)}`;
  const line = (label: string, text: string): string[] =>
    hanging(`    ${label.padEnd(6)}  `, 12, wrapped(text, io.columns - 12));
  const verdicts =
    said(before) === said(now)
      ? line("both", said(now))
      : [...line("before", said(before)), ...line("after", said(now))];
  return [`  ${shownText(title, 200)}`, ...verdicts];
}

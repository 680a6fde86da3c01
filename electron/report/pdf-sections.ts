import type { Content, Margins, TableCell } from "pdfmake/interfaces";
import { isOpen } from "../checklist/compare-checklists.ts";
import { writtenAdvice } from "../checklist/written-advice.ts";
import type { Step } from "../contract/checklist.ts";
import { momentWords } from "../contract/date.ts";
import { type Status, statusWords } from "../contract/status.ts";
import {
  addressText,
  bookmarked,
  facts,
  narrow,
  paragraph,
  plain,
  remark,
  sheetWord,
  soften,
  statusText,
  type Title,
  type Titled,
  table,
  together,
} from "./pdf-parts.ts";
import { pdfRuns, pdfText } from "./pdf-text.ts";
import type { ReportServer } from "./report-document.ts";
import type { ReportChange } from "./report-history.ts";
import { becameWords, byWords, comparisonWords, leftOutWords, openFindings, timelineWords } from "./report-labels.ts";

import { smtpPlanPart } from "./smtp-plan-parts.ts";

/** The widest a picture is drawn, in points: an A4 page less its margins. */
const pictureWidth = 515;
const pictureHeight = 380;

export function serverPart(server: ReportServer, index: number, count: number): Content[] {
  const id = `server${index}`;
  const titled: Titled = (name, text) => ({
    style: "h3",
    text: pdfText(text),
    bookmark: { text, id: `${id}-${name}`, parent: id },
  });
  return [
    {
      text: [pdfText(server.computer), "  ", { ...statusText(server.verdict), fontSize: 10 }],
      style: "h2",
      ...bookmarked({ text: server.computer, id, parent: null }),
      outlineExpanded: true,
      ...(count > 1 ? { pageBreak: "before" as const } : {}),
    },
    facts([
      ["Server", server.name],
      ["Computer", server.computer],
      ["Windows", server.windows],
      ["Product", server.product],
      ["Build", server.build],
      ["Looked at", momentWords(server.lookedAt)],
      ["Judged for", server.today],
      ...server.tools.map((tool) => ["How it was read", tool] as const),
    ]),
    together(
      titled("wanted", "What is wanted"),
      facts(server.target.map(({ label, value }) => [label, value] as const)),
    ),
    ...nextThings(server, titled("next", "What to do next")),
    ...beforeAndAfter(server, titled),
    ...checklistPart(server, id),
    ...acceptedPart(server, titled("accepted", "Accepted findings")),
    ...changePart(server, titled("changes", "Changes")),
    ...runPart(server, titled("runs", "Installer runs")),
    cloudPart(server, titled("cloud", "Cloud check")),
    ...smtpPlanPart(server.smtpPlan, titled),
    ...timelinePart(server, titled),
    ...picturePart(server, titled("pictures", "Pictures of the installer")),
    ...gapPart(server, titled("gaps", "What could not be read")),
    ...evidencePart(server, titled("evidence", "Evidence")),
    ...sourcePart(server, titled("sources", "Sources")),
  ];
}

/** As many items of a list as stay with their heading. */
const kept = 3;

function nextThings(server: ReportServer, title: Title): Content[] {
  const items = openFindings(server).map(
    (finding): Content => ({
      text: [
        statusText(finding.status),
        "  ",
        { text: pdfText(finding.title), bold: true },
        ...(finding.advice[0] === undefined ? [] : [pdfRuns(`: ${finding.advice[0]}`, sheetWord)].flat()),
      ],
      margin: [0, 0, 0, 2],
    }),
  );
  if (items.length === 0) return [together(title, paragraph("Nothing. Every check is done."))];
  return [
    together(title, { ol: items.slice(0, kept) }),
    ...(items.length > kept ? [{ ol: items.slice(kept), start: kept + 1 }] : []),
  ];
}

function beforeAndAfter(server: ReportServer, titled: Titled): Content[] {
  const { comparison, leftOut } = server;
  if (comparison === null) return [];
  const { before, findings, differences } = comparison;
  const cell = (verdict: { status: Status; actual: string }): TableCell => ({
    stack: [statusText(verdict.status), plain(verdict.actual)],
  });
  const words = `Before: ${before.label}, ${momentWords(before.at)}, ${statusWords[before.verdict]}. Now: ${momentWords(server.lookedAt)}, ${statusWords[server.verdict]}.`;
  const parent = titled("comparison", "Before and after");
  const below = (name: string, text: string): Title => ({
    style: "h4",
    text,
    bookmark: { text, id: `${parent.bookmark.id}-${name}`, parent: parent.bookmark.id },
  });
  return [
    together(parent, paragraph(words), paragraph(comparisonWords(server))),
    ...(findings.length === 0
      ? []
      : [
          table({
            title: below("checks", "What became of each check"),
            heads: ["Became", "Check", "Before", "Now"],
            widths: [60, 120, "*", "*"],
            rows: findings.map((one) => [
              plain(becameWords[one.became]),
              plain(one.title),
              cell(one.before),
              cell(one.now),
            ]),
          }),
        ]),
    ...remark(leftOutWords(leftOut.findings, "checks are")),
    ...(differences.length === 0
      ? []
      : [
          table({
            title: below("differences", "What differs in what was read"),
            heads: ["Area", "Address", "Before", "Now"],
            widths: [65, "*", 110, 110],
            rows: differences.map(({ area, address, from, to }) => [
              narrow(area),
              addressText(address),
              narrow(from ?? "not there"),
              narrow(to ?? "not there"),
            ]),
          }),
        ]),
    ...remark(leftOutWords(leftOut.differences, "differences are")),
  ];
}

/** The checklist begins on a page of its own: it is what a reader looks for. */
function checklistPart(server: ReportServer, parent: string): Content[] {
  const id = `${parent}-checklist`;
  return [
    {
      text: "Checklist",
      style: "h3",
      pageBreak: "before",
      ...bookmarked({ text: "Checklist", id, parent }),
    },
    ...server.steps.flatMap((step) => stepPart(step, id)),
  ];
}

function stepPart(step: Step, parent: string): Content[] {
  const advised = step.findings.filter((finding) => isOpen(finding) && finding.advice.length > 0);
  return [
    table({
      title: {
        style: "h4",
        text: { text: [pdfText(step.title), "  ", { ...statusText(step.status), fontSize: 9 }] },
        bookmark: { text: step.title, id: `${parent}-${step.id}`, parent },
      },
      heads: ["Status", "Check", "Found", "Should be"],
      widths: [92, 115, "*", "*"],
      rows: step.findings.map((finding) => [
        statusText(finding.status),
        { stack: [plain(finding.title), addressText(finding.id)] },
        finding.accepted === null
          ? plain(finding.actual)
          : {
              stack: [
                plain(finding.actual),
                soften(
                  `Accepted by ${finding.accepted.by} until ${finding.accepted.until}: ${finding.accepted.reason}`,
                ),
              ],
            },
        plain(finding.expected),
      ]),
    }),
    ...advised.flatMap((finding): Content[] => {
      const items = writtenAdvice(finding).map((line): Content => ({ text: pdfRuns(line, sheetWord) }));
      return [
        {
          stack: [
            { text: pdfText(finding.title), style: "h5" },
            { ol: items.slice(0, kept), margin: [8, 0, 0, 0] },
          ],
          unbreakable: true,
        },
        ...(items.length > kept ? [{ ol: items.slice(kept), start: kept + 1, margin: [8, 0, 0, 0] as Margins }] : []),
      ];
    }),
  ];
}

function acceptedPart(server: ReportServer, title: Title): Content[] {
  if (server.accepted.length === 0) return [];
  return [
    table({
      title,
      heads: ["Status", "Check", "Reason", "Accepted by", "Until"],
      widths: [92, 120, "*", 80, 60],
      rows: server.accepted.map((one) => [
        statusText(one.status),
        plain(one.title),
        plain(one.reason),
        narrow(one.by),
        narrow(one.until),
      ]),
    }),
  ];
}

function changePart(server: ReportServer, title: Title): Content[] {
  if (server.changes.length === 0) return [together(title, paragraph("No change was made with this program."))];
  return [
    ...server.changes.flatMap((change, index): Content[] => {
      const when = change.at === null ? "at a time not recorded" : momentWords(change.at);
      const words: Content = {
        stack: [
          ...(index === 0 ? [{ text: title.text as string, style: "h3" }] : []),
          {
            text: [
              { text: pdfText(change.what), bold: true },
              ...[pdfRuns(`, ${when}, ${change.state}${byWords(change.by)}, journal ${change.id}`, sheetWord)].flat(),
            ],
          },
          ...(change.reason === null ? [] : [soften(change.reason)]),
        ],
      };
      const bookmark =
        index === 0
          ? title.bookmark
          : { text: `${change.what}, ${when}`, id: `${title.bookmark.id}-${index}`, parent: title.bookmark.id };
      return [valueTable(change.values, { style: "h4", text: words, bookmark })];
    }),
    ...remark(leftOutWords(server.leftOut.changes, "journals are")),
  ];
}

/** Values that were set; of a change that only the recording knows there are the places alone. */
function valueTable(values: ReportChange["values"], title: Title): Content {
  if (values.length === 0) return together(title, paragraph("No value was set."));
  if (values.every(({ from, to }) => from === null && to === null)) {
    return table({ title, heads: ["Value"], widths: ["*"], rows: values.map(({ address }) => [addressText(address)]) });
  }
  return table({
    title,
    heads: ["Value", "From", "To"],
    widths: ["*", 90, 90],
    rows: values.map(({ address, from, to }) => [
      addressText(address),
      narrow(from ?? "not recorded"),
      narrow(to ?? "not recorded"),
    ]),
  });
}

function runPart(server: ReportServer, title: Title): Content[] {
  if (server.runs.length === 0) return [together(title, paragraph("No run of the installer is recorded."))];
  return [
    table({
      title,
      heads: ["Started", "Ended", "Exit code", "First failure", "Secrets in its log", "Log"],
      widths: [70, 70, 75, 70, 60, "*"],
      rows: server.runs.map((run) => [
        narrow(run.startedAt === null ? "not recorded" : momentWords(run.startedAt)),
        narrow(run.endedAt === null ? "not recorded" : momentWords(run.endedAt)),
        narrow(run.outcome),
        narrow(run.firstFailure),
        plain(run.secretsInLog),
        addressText(run.log),
      ]),
    }),
    ...remark(leftOutWords(server.leftOut.runs, "runs are")),
    ...server.runs.flatMap(causesOf),
  ];
}

/** What the log of a run told of causes, with the lines around each. */
function causesOf({ startedAt, causes }: ReportServer["runs"][number]): Content[] {
  const when = startedAt === null ? "a run" : `the run of ${momentWords(startedAt)}`;
  return causes.flatMap((cause, index) => [
    paragraph(`${index === 0 ? `What the log of ${when} says: ` : ""}${cause.text}`),
    ...cause.lines
      .split("\n")
      .filter((line) => line !== "")
      .map(addressText),
  ]);
}

function cloudPart({ cloud }: ReportServer, title: Title): Content {
  if (cloud === null) return together(title, paragraph("Microsoft's cloud was not asked."));
  const asked = cloud.facts.map(({ label, value }) => [label, value] as const);
  return together(title, facts([["Made", momentWords(cloud.at)], ...asked]));
}

function timelinePart(server: ReportServer, titled: Titled): Content[] {
  const { verification, leftOut } = server;
  if (verification === null) return [];
  const { timeline, trace } = verification;
  const title = titled("timeline", "Timeline");
  return [
    timeline.length === 0
      ? together(title, paragraph("Nothing is recorded that has a time."))
      : table({
          title,
          heads: ["When", "Kind", "Status", "What"],
          widths: [75, 75, 92, "*"],
          rows: timeline.map((entry) => [
            plain(momentWords(entry.at)),
            plain(timelineWords[entry.kind]),
            statusText(entry.status),
            {
              stack: [
                plain(entry.title + byWords(entry.by)),
                ...(entry.detail === null ? [] : [soften(entry.detail)]),
                ...(entry.address === null ? [] : [addressText(entry.address)]),
              ],
            },
          ]),
        }),
    ...remark(leftOutWords(leftOut.timeline, "older entries are")),
    ...(trace.text === ""
      ? []
      : [
          together(
            titled("trace", "Trace of the service"),
            paragraph(trace.text),
            ...(trace.address === null ? [] : [addressText(trace.address)]),
            ...(trace.advice.length === 0 ? [] : [{ ol: trace.advice.map((line) => paragraph(line)) }]),
          ),
        ]),
  ];
}

function picturePart(server: ReportServer, title: Title): Content[] {
  return server.pictures.map((picture, index): Content => {
    const words = `${picture.origin === "taken" ? "Taken" : "Added"} ${momentWords(picture.at)}${picture.masked ? ", parts of it blacked out" : ""}.`;
    const drawn: Content[] = [
      {
        image: `data:${picture.mediaType};base64,${picture.base64}`,
        fit: [Math.min(pictureWidth, picture.width), pictureHeight],
      },
      soften(`${picture.title}. ${words}`),
    ];
    return index === 0 ? together(title, ...drawn) : { stack: drawn, unbreakable: true, margin: [0, 4, 0, 6] };
  });
}

function gapPart(server: ReportServer, title: Title): Content[] {
  if (server.gaps.length === 0) return [together(title, paragraph("Everything asked for could be read."))];
  return [
    table({
      title,
      heads: ["Address", "Reason"],
      widths: ["*", 200],
      rows: server.gaps.map(({ address, reason }) => [addressText(address), plain(reason)]),
    }),
    ...remark(leftOutWords(server.leftOut.gaps, "addresses are")),
  ];
}

function evidencePart(server: ReportServer, title: Title): Content[] {
  if (server.evidence.length === 0) return [];
  return [
    table({
      title,
      heads: ["Check", "Address", "Value"],
      widths: [95, "*", 170],
      rows: server.evidence.map(({ finding, address, value }) => [plain(finding), addressText(address), plain(value)]),
    }),
    ...remark(leftOutWords(server.leftOut.evidence, "pieces of evidence are")),
  ];
}

function sourcePart(server: ReportServer, title: Title): Content[] {
  const items = server.sources.map(
    (source): Content => ({
      text: [
        ...[pdfRuns(`${source.title}, ${source.url}`, sheetWord)].flat(),
        { text: pdfText(`, looked at ${source.lookedAt}`), style: "soft" },
      ],
    }),
  );
  if (items.length === 0) return [];
  return [together(title, { ul: items.slice(0, kept) }), { ul: items.slice(kept) }];
}

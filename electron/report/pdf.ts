import type {
  Content,
  ContentTable,
  ContentText,
  CustomTableLayout,
  Margins,
  TableCell,
  TDocumentDefinitions,
} from "pdfmake/interfaces";
import { isOpen } from "../checklist/compare-checklists.ts";
import type { Step } from "../contract/checklist.ts";
import { type Status, statusWords } from "../contract/status.ts";
import { pdfRuns, pdfText } from "./pdf-text.ts";
import type { ReportDocument, ReportServer } from "./report-document.ts";
import type { ReportChange } from "./report-history.ts";
import {
  becameWords,
  comparisonWords,
  leftOutWords,
  momentWords,
  openFindings,
  timelineWords,
} from "./report-words.ts";

/** Told by word and sign; the colour only helps. */
const signs: Readonly<Record<Status, string>> = {
  action: "×",
  unknown: "?",
  pending: "○",
  attention: "!",
  done: "√",
  notApplicable: "–",
};

/** The colours of the HTML report in its light form; each is dark enough on white for small text. */
const colours: Readonly<Record<Status, string>> = {
  action: "#b10e1c",
  unknown: "#575757",
  pending: "#575757",
  attention: "#a8400b",
  done: "#0e700e",
  notApplicable: "#575757",
};

const line = "#d1d1d1";
const band = "#f0f0f0";
const soft = "#575757";

const paddings: CustomTableLayout = {
  vLineWidth: () => 0,
  hLineColor: () => line,
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 3,
  paddingBottom: () => 3,
};

/** A list of facts: lines between its rows. */
const factLayout: CustomTableLayout = {
  ...paddings,
  hLineWidth: (row, { table }) => (row === 0 || row === table.body.length ? 0 : 0.5),
};

/** A table whose first row is its heading and whose second is its head. */
const tableLayout: CustomTableLayout = {
  ...paddings,
  hLineWidth: (row, { table }) => (row < 2 || row === table.body.length ? 0 : 0.5),
  fillColor: (row) => (row === 1 ? band : null),
};

/** The widest a picture is drawn, in points: an A4 page less its margins. */
const pictureWidth = 515;
const pictureHeight = 380;

/**
 * A report as a PDF: page numbers, bookmarks, heads of tables repeated on each page.
 * Pictures that the PDF cannot hold are left out with a sentence that says so.
 */
export async function pdfReport(document: ReportDocument): Promise<Uint8Array> {
  const { printPdf } = await import("./pdf-printer.ts");
  const withPictures = document.servers.some(({ pictures }) => pictures.length > 0);
  if (!withPictures) return printPdf(pdfDefinition(document));
  try {
    return await printPdf(pdfDefinition(document));
  } catch {
    const note = "The pictures could not be put into this PDF; the HTML report shows them.";
    const servers = document.servers.map((server) => ({ ...server, pictures: [] }));
    return printPdf(pdfDefinition({ ...document, servers, notes: [...document.notes, note] }));
  }
}

/** The report as pdfmake lays it out. */
export function pdfDefinition(document: ReportDocument): TDocumentDefinitions {
  const computers = document.servers.map(({ computer }) => computer).join(", ");
  const title = pdfText(computers === "" ? document.title : `${document.title}: ${computers}`);
  const servers = document.servers.flatMap((server, index) => serverPart(server, index, document.servers.length));
  return {
    info: {
      title,
      author: "MIM Mail Assistant",
      creator: `MIM Mail Assistant ${pdfText(document.version)}`,
      creationDate: new Date(document.createdAt),
    },
    language: "en",
    displayTitle: true,
    version: "1.7",
    pageSize: "A4",
    pageMargins: [40, 48, 40, 48],
    defaultStyle: { font: "Roboto", fontSize: 9, lineHeight: 1.15, color: "#242424" },
    styles: {
      h1: { fontSize: 20, bold: true, margin: [0, 0, 0, 4] },
      h2: { fontSize: 15, bold: true, margin: [0, 12, 0, 6] },
      h3: { fontSize: 12, bold: true, margin: [0, 12, 0, 4] },
      h4: { fontSize: 10, bold: true, margin: [0, 8, 0, 3] },
      h5: { fontSize: 9, bold: true, margin: [0, 5, 0, 2] },
      head: { bold: true },
      soft: { color: soft },
      address: { fontSize: 8, color: soft },
    },
    content: [
      { text: pdfText(document.title), style: "h1" },
      { text: statusText(document.verdict), fontSize: 11, margin: [0, 0, 0, 2] },
      {
        text: pdfText(`Made ${momentWords(document.createdAt)} by MIM Mail Assistant ${document.version}`),
        style: "soft",
        margin: [0, 0, 0, 8],
      },
      ...allServers(document),
      ...servers,
      together(
        { style: "h3", text: "About this report", bookmark: { text: "About this report", id: "about", parent: null } },
        ...document.notes.map((note) => paragraph(note)),
        paragraph("Characters this PDF's font does not have are written as \\u{…}, with their number."),
      ),
    ],
    footer: (page, pages) => ({
      columns: [
        { text: title.slice(0, 90), style: "soft", fontSize: 8 },
        { text: `Page ${page} of ${pages}`, style: "soft", fontSize: 8, alignment: "right", width: 80 },
      ],
      margin: [40, 16, 40, 0],
    }),
  };
}

/** A heading that belongs to what follows it: its words, and the bookmark it is. */
interface Title {
  readonly style: "h3" | "h4";
  readonly text: Content;
  readonly bookmark: Bookmark;
}

interface Bookmark {
  readonly text: string;
  readonly id: string;
  /** The bookmark it stands below; null for the top. */
  readonly parent: string | null;
}

type Titled = (name: string, text: string) => Title;

function serverPart(server: ReportServer, index: number, count: number): Content[] {
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
    ...timelinePart(server, titled),
    ...picturePart(server, titled("pictures", "Pictures of the installer")),
    ...gapPart(server, titled("gaps", "What could not be read")),
    ...evidencePart(server, titled("evidence", "Evidence")),
    ...sourcePart(server, titled("sources", "Sources")),
  ];
}

function allServers(document: ReportDocument): Content[] {
  const { servers, farm } = document;
  if (servers.length < 2 && farm === null) return [];
  const all = "all";
  const found: Content[] = [
    { text: "All servers", style: "h2", ...bookmarked({ text: "All servers", id: all, parent: null }) },
  ];
  // A page holds six columns that can be read; more servers are told in tables below one another.
  for (let from = 0; servers.length > 1 && from < servers.length; from += 5) {
    const some = servers.slice(from, from + 5);
    found.push(
      table({
        title:
          from === 0 ? { style: "h3", text: "Steps", bookmark: { text: "Steps", id: "steps", parent: all } } : null,
        heads: ["Step", ...some.map(({ computer }) => computer)],
        widths: ["*", ...some.map(() => 82)],
        rows: (some[0]?.steps ?? []).map((step) => [
          { text: pdfText(step.title), style: "head" },
          ...some.map((server) => statusText(server.steps.find(({ id }) => id === step.id)?.status ?? "notApplicable")),
        ]),
      }),
    );
  }
  if (farm === null) return found;
  const title: Title = {
    style: "h3",
    text: "Differences",
    bookmark: { text: "Differences", id: "differences", parent: all },
  };
  const differing = farm.rows.filter(({ differs }) => differs);
  if (differing.length === 0)
    return [...found, together(title, paragraph("Every check reads the same on all servers."))];
  found.push(
    table({
      title,
      heads: ["Check", "Computer", "Status", "Found"],
      widths: [130, 80, 90, "*"],
      rows: differing.flatMap((row) =>
        row.cells.map((cell, index) => [
          index === 0 ? { text: pdfText(row.title), style: "head" } : plain(""),
          narrow(farm.servers[index]?.computer ?? ""),
          statusText(cell.status),
          plain(cell.actual),
        ]),
      ),
    }),
  );
  return found;
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
    ...advised.flatMap(({ title, advice }): Content[] => {
      const items = advice.map((line): Content => ({ text: pdfRuns(line, sheetWord) }));
      return [
        {
          stack: [
            { text: pdfText(title), style: "h5" },
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
              ...[pdfRuns(`, ${when}, ${change.state}, journal ${change.id}`, sheetWord)].flat(),
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
  ];
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
                plain(entry.title),
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

/** What makes a text a bookmark. */
function bookmarked({ text, id, parent }: Bookmark) {
  return { id, outline: true, outlineText: pdfText(text), ...(parent === null ? {} : { outlineParentId: parent }) };
}

/** A heading and what belongs to it, on one page. */
function together({ style, text, bookmark }: Title, ...content: readonly Content[]): Content {
  const heading: Content =
    typeof text === "string" ? { text, style, ...bookmarked(bookmark) } : { stack: [marked(text, bookmark)], style };
  return { stack: [heading, ...content], unbreakable: true, margin: [0, 0, 0, 2] };
}

/**
 * A table with its heading as the first of two rows that stand on each page it goes over: so a heading never stands
 * alone at the foot of a page, and the reader of the next page knows what goes on there. (pdfmake's own way, asking
 * before each page break, lays the whole document out anew for every heading it moves.)
 * The bookmark is on the first row of data, because what is repeated would be a bookmark on every page.
 */
function table({
  title,
  heads,
  widths,
  rows,
}: {
  readonly title: Title | null;
  readonly heads: readonly string[];
  readonly widths: readonly (string | number)[];
  readonly rows: readonly (readonly TableCell[])[];
}): ContentTable {
  const head = heads.map((text): TableCell => ({ text: pdfRuns(text, narrowWord), style: "head" }));
  const words: Content =
    title === null ? { text: "" } : typeof title.text === "string" ? { text: title.text } : { stack: [title.text] };
  const heading: TableCell = {
    ...(words as { text: string }),
    ...(title === null ? {} : { style: title.style }),
    colSpan: heads.length,
    margin: title === null ? [0, 0, 0, 0] : [-4, title.style === "h3" ? 10 : 6, 0, 0],
  };
  const [first, ...others] = rows;
  const body = [
    [heading, ...heads.slice(1).map((): TableCell => ({ text: "" }))],
    head,
    ...(first === undefined ? [] : [first.map((cell, index) => (index === 0 ? marked(cell, title?.bookmark) : cell))]),
    ...others.map((row) => [...row]),
  ];
  return {
    table: { headerRows: 2, keepWithHeaderRows: 1, dontBreakRows: true, widths: [...widths], body },
    layout: tableLayout,
    margin: [0, 0, 0, 4],
  };
}

/** A cell or content with a bookmark on its first text. */
function marked<Cell extends TableCell | Content>(cell: Cell, bookmark: Bookmark | undefined): Cell {
  if (bookmark === undefined || typeof cell !== "object" || cell === null) return cell;
  if ("stack" in cell && Array.isArray(cell.stack)) {
    const [first, ...others] = cell.stack as Content[];
    return { ...cell, stack: [...(first === undefined ? [] : [marked(first, bookmark)]), ...others] };
  }
  return { ...cell, ...bookmarked(bookmark) };
}

function facts(rows: readonly (readonly [string, string])[]): ContentTable {
  return {
    table: {
      widths: [130, "*"],
      body: rows.map(([label, value]) => [{ text: pdfText(label), style: "soft" }, plain(value)]),
    },
    layout: factLayout,
    margin: [0, 0, 0, 4],
  };
}

/** The longest word that a column of text holds, and that a narrow one holds, in characters. */
const columnWord = 25;
const narrowWord = 9;
/** The longest part of a path that the narrowest column of addresses holds. */
const addressWord = 26;
/** The longest word that a line over the whole page holds. */
const sheetWord = 80;

function plain(text: string): ContentText {
  return { text: pdfRuns(text, columnWord) };
}

/** A text for a narrow column. */
function narrow(text: string): ContentText {
  return { text: pdfRuns(text, narrowWord) };
}

function addressText(text: string): ContentText {
  return { text: pdfRuns(text, addressWord), style: "address" };
}

function soften(text: string): ContentText {
  return { text: pdfRuns(text, columnWord), style: "soft" };
}

function paragraph(text: string): ContentText {
  return { text: pdfRuns(text, sheetWord), margin: [0, 0, 0, 3] };
}

function remark(sentence: string | null): Content[] {
  return sentence === null ? [] : [soften(sentence)];
}

function statusText(status: Status): { text: string; color: string; bold: true } {
  return { text: `${signs[status]} ${statusWords[status]}`, color: colours[status], bold: true };
}

import type { Content, TDocumentDefinitions } from "pdfmake/interfaces";
import type { Farm } from "../contract/comparison.ts";
import { momentWords } from "../contract/date.ts";
import { bookmarked, narrow, paragraph, plain, soft, statusText, type Title, table, together } from "./pdf-parts.ts";
import { serverPart } from "./pdf-sections.ts";
import { pdfText } from "./pdf-text.ts";
import type { ReportDocument } from "./report-document.ts";
import { settingDiffers } from "./report-labels.ts";

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
  found.push(...farmSettings(farm, all));
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

/** What differs between nodes of one service, and what is next on each server. */
function farmSettings({ servers, settings, order }: Farm, parent: string): Content[] {
  const titled = (id: string, text: string): Title => ({ style: "h3", text, bookmark: { text, id, parent } });
  const differing = settings.filter(settingDiffers);
  const next = titled("next-on-each", "What is next on each server");
  const shared = titled("settings", "Settings of one service");
  const nodes = titled("order", "Change mode, one node at a time");
  return [
    table({
      title: next,
      heads: ["Computer", "Verdict", "Database", "Next"],
      widths: [80, 90, 90, "*"],
      rows: servers.map(({ computer, verdict, service, next: step }) => [
        narrow(computer),
        statusText(verdict),
        plain(service ?? "not known"),
        plain(step === null ? "Nothing is left." : `${step.title}${step.advice === null ? "" : `: ${step.advice}`}`),
      ]),
    }),
    differing.length === 0
      ? together(shared, paragraph("The nodes of one MIM Service have the same settings."))
      : table({
          title: shared,
          heads: ["Setting", "Computer", "Found", "What to do"],
          widths: [110, 80, 130, "*"],
          rows: differing.flatMap(({ title, cells, advice }) =>
            cells.map((cell, index) => [
              index === 0 ? { text: pdfText(title), style: "head" } : plain(""),
              narrow(servers[index]?.computer ?? ""),
              plain(cell ?? "not known"),
              plain(index === 0 ? advice.join(" ") : ""),
            ]),
          ),
        }),
    ...(order.length === 0
      ? []
      : [
          table({
            title: nodes,
            heads: ["Computer", "Step", "State"],
            widths: [80, "*", 90],
            rows: order.flatMap(({ computer, steps }) =>
              steps.map(({ title, done, day }) => [
                narrow(computer),
                plain(title),
                plain(done ? `done ${day ?? ""}`.trim() : "to do"),
              ]),
            ),
          }),
        ]),
  ];
}

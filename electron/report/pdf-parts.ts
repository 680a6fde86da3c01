import type { Content, ContentTable, ContentText, CustomTableLayout, TableCell } from "pdfmake/interfaces";
import { type Status, statusWords } from "../contract/status.ts";
import { pdfRuns, pdfText } from "./pdf-text.ts";

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
/** The colour of what matters less. */
export const soft = "#575757";

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

/** A heading that belongs to what follows it: its words, and the bookmark it is. */
export interface Title {
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

/** Makes the heading of a part: its name for the bookmark, and its words. */
export type Titled = (name: string, text: string) => Title;

/** What makes a text a bookmark. */
export function bookmarked({ text, id, parent }: Bookmark) {
  return { id, outline: true, outlineText: pdfText(text), ...(parent === null ? {} : { outlineParentId: parent }) };
}

/** A heading and what belongs to it, on one page. */
export function together({ style, text, bookmark }: Title, ...content: readonly Content[]): Content {
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
export function table({
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

/** Facts as rows of label and value. */
export function facts(rows: readonly (readonly [string, string])[]): ContentTable {
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
export const sheetWord = 80;

/** A text in its column. */
export function plain(text: string): ContentText {
  return { text: pdfRuns(text, columnWord) };
}

/** A text for a narrow column. */
export function narrow(text: string): ContentText {
  return { text: pdfRuns(text, narrowWord) };
}

/** An address: small, broken where its column ends. */
export function addressText(text: string): ContentText {
  return { text: pdfRuns(text, addressWord), style: "address" };
}

/** A text that matters less. */
export function soften(text: string): ContentText {
  return { text: pdfRuns(text, columnWord), style: "soft" };
}

/** A text on lines of its own. */
export function paragraph(text: string): ContentText {
  return { text: pdfRuns(text, sheetWord), margin: [0, 0, 0, 3] };
}

/** A sentence that matters less; nothing for null. */
export function remark(sentence: string | null): Content[] {
  return sentence === null ? [] : [soften(sentence)];
}

/** A status by sign and word, in its colour. */
export function statusText(status: Status): { text: string; color: string; bold: true } {
  return { text: `${signs[status]} ${statusWords[status]}`, color: colours[status], bold: true };
}

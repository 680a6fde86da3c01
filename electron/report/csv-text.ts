import { stringify } from "csv-stringify/sync";
import { shownText } from "./shown-text.ts";

/** As much of one cell as a spreadsheet takes: Excel's limit is 32,767 characters. */
const cellLimit = 8000;

/**
 * Rows as CSV, a head first. No cell is taken for a formula: what begins like one, in full-width signs as well, gets an
 * apostrophe, and so does what would begin like one where a spreadsheet parts cells at semicolons. Lines end as RFC 4180
 * wants it.
 */
export function csvText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify(
    [heads, ...rows].map((row) => row.map(cell)),
    {
      escape_formulas: true,
      quoted: true,
      quoted_empty: true,
      record_delimiter: "windows",
    },
  );
}

function cell(value: string): string {
  return shownText(value, cellLimit)
    .replace(/^(?=[＝＋－＠])/, "'")
    .replace(/;(?=["'\s]{0,9}[=+\-@＝＋－＠])/g, ";'");
}

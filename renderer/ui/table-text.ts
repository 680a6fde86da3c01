/** A table as text that a spreadsheet or a mail takes: a row a line, cells parted by tabs. */
export function tableText(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, ...rows].map((row) => row.map((cell) => cell.replace(/\s+/g, " ")).join("\t")).join("\n");
}

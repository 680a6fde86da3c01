import { type Status, statusWords } from "../contract/status.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** As many characters as the word of a status takes. */
export const statusWidth = Math.max(...Object.values(statusWords).map((word) => word.length)) + 2;

/** A status, what it is of, what was found, and below it what to do, a line each. */
export function statusRow(
  { columns, colours }: Pick<Io, "columns" | "colours">,
  status: Status,
  head: string,
  text: string,
  advice: readonly string[],
): string[] {
  const first = `${paintFor(colours).status(status, statusWords[status].padEnd(statusWidth))}${head}`;
  const indent = statusWidth + head.length;
  const steps = status === "done" || status === "notApplicable" ? [] : advice;
  return [
    ...hanging(first, indent, wrapped(shownText(text), columns - indent)),
    ...steps.flatMap((step) =>
      hanging(`${" ".repeat(statusWidth)}> `, statusWidth + 2, wrapped(shownText(step), columns - statusWidth - 2)),
    ),
  ];
}

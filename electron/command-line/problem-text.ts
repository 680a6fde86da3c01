import { shownText } from "../report/shown-text.ts";

/** An error in its one form: `mim-mail: <what> (<where>)`, and below it what to do, a line each. */
export function problemText(what: string, where: string, ...cure: readonly string[]): string {
  return [`mim-mail: ${shownText(what)} (${shownText(where)})`, ...cure.map((line) => shownText(line)), ""].join("\n");
}

/** What the person should know beside what was asked for, on one line. */
export function noticeText(text: string): string {
  return `mim-mail: ${shownText(text)}\n`;
}

import { Help } from "commander";

const help = Object.assign(new Help(), { minWidthToWrap: 10 });

/** A text wrapped at blanks to lines of at most `width` characters; a longer word keeps its line to itself. */
export function wrapped(text: string, width: number): string[] {
  return help.boxWrap(text, Math.max(width, 10)).split("\n");
}

/** Lines with the first behind `first` and all others behind as many blanks as `first` shows. */
export function hanging(first: string, shownLength: number, lines: readonly string[]): string[] {
  return lines.map((line, index) => (index === 0 ? first : " ".repeat(shownLength)) + line);
}

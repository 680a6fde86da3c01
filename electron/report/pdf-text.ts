import { shownText } from "./shown-text.ts";

/**
 * The characters the PDF's font has, as far as a report is likely to need them: Latin, Greek and Cyrillic letters and
 * the usual signs. Everything else is written out, because the font would show an empty box for it.
 */
const drawn =
  /[\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u0513\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2010\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122\u2202\u2206\u2211\u2212\u221a\u221e\u2248\u2260\u2264\u2265\u25a0\u25ca\u25cb\u25cf]/u;

/** Signs the product itself uses and the font has not, with what stands for them. */
const replaced: Readonly<Record<string, string>> = { "⏎": "¶", "→": ">", "↵": "¶" };

/** As much of one value as a PDF shows, in characters: a page has room for less than a window. */
export const pdfTextLimit = 600;

/**
 * A text as the PDF shows it: one line, hidden characters and those its font has not written out as `\u{…}`, cut with
 * a note.
 */
export function pdfText(text: string): string {
  const shown = shownText(text, pdfTextLimit);
  let written = "";
  for (const character of shown) {
    written += drawn.test(character)
      ? character
      : (replaced[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  }
  return written;
}

/** A run of text whose words may be broken anywhere: without it a long path would push its column off the page. */
export type Run = string | { readonly text: string; readonly wordBreak: "break-all" };

/**
 * {@link pdfText} in runs: a word longer than `longest` characters may be broken, behind a backslash, a slash or a
 * hyphen where it has them, else anywhere.
 */
export function pdfRuns(text: string, longest: number): string | Run[] {
  const parts = pdfText(text).split(new RegExp(`([^ ]{${longest + 1},})`));
  return parts.length === 1
    ? parts.join("")
    : parts.flatMap((part, index) => (index % 2 === 0 ? [part] : brokenRuns(part, longest)));
}

/** pdfmake breaks between the characters of a run marked so: a run of two gives one place to break. */
function brokenRuns(word: string, longest: number): Run[] {
  const breaks = new Set<number>();
  let at = 0;
  for (const [segment] of word.matchAll(/[^\\/-]*[\\/-]+|[^\\/-]+/g)) {
    if (at > 0) breaks.add(at);
    if (segment.length > longest) for (let inside = 1; inside < segment.length; inside += 1) breaks.add(at + inside);
    at += segment.length;
  }
  const runs: Run[] = [];
  for (let start = 0, end = 1; start < word.length; start = end, end += 1) {
    const breaking = breaks.has(start + 1);
    while (end < word.length && (breaking ? breaks.has(end) : !breaks.has(end + 1))) end += 1;
    const text = word.slice(start, end);
    runs.push(breaking ? { text, wordBreak: "break-all" } : text);
  }
  return runs;
}

/** Characters that do not show or turn the reading direction: controls, formats, line separators, halves of pairs. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** As much of one value as a report or a terminal shows, in characters. */
export const shownLimit = 2000;

/**
 * A text from a server as it may be shown: on one line, hidden characters written out as `\u{…}` so that nothing is
 * turned round or hidden, and cut with a note when it is longer than `limit` characters.
 */
export function shownText(text: string, limit: number = shownLimit): string {
  // Cut first, so that a line of a megabyte costs no more than a short one.
  const kept = text.slice(0, limit);
  const shown = kept
    .replace(/\r\n|\n|\r/g, " ⏎ ")
    .replace(/\t/g, " ")
    .replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
  return kept === text ? shown : `${shown}… (cut: ${text.length.toLocaleString("en-US")} characters in all)`;
}

/** Characters that do not show or turn the reading direction: controls, formats, line separators, halves of pairs. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu;

/**
 * A text from a server as one plain line of at most `limit` characters, and a note when it was cut: line ends, controls
 * and what turns the reading direction become blanks.
 */
export function plainLine(text: string, limit: number): string {
  // Cut first, so that a line of a megabyte costs no more than a short one.
  const kept = text.slice(0, limit);
  const plain = kept.replace(hidden, " ").trim();
  return kept === text ? plain : `${plain}… (cut: ${text.length.toLocaleString("en-US")} characters in all)`;
}

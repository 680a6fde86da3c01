/** Controls, formats, line separators, halves of pairs: what does not show, or turns the reading direction. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * A value as pretty-printed JSON with a line end, to be read by programs and shown by terminals: whatever JSON leaves as
 * it is and a terminal would obey (U+009B, a turned reading direction) is escaped, which changes no value.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(hidden, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
          .join(""),
  );
  return `${text}\n`;
}

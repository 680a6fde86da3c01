/** How the characters of a log stand in its bytes: two bytes each, low one first, or one. */
export type CharacterWidth = 1 | 2;

/** Without a byte-order mark this many bytes are looked at before the width is decided. */
export const sniffedBytes = 64;

/**
 * The width of a log's characters, told from its first bytes. Windows Installer writes UTF-16LE with a byte-order mark;
 * other programs write ASCII or UTF-8. Null when more bytes are needed.
 * @param ended true when no more bytes come
 */
export function widthIn(head: Uint8Array, ended: boolean): CharacterWidth | null {
  if (head.length >= 2 && head[0] === 0xff && head[1] === 0xfe) return 2;
  if (head.length < sniffedBytes && !ended) return null;
  let [low, high, pairs] = [0, 0, 0];
  for (let index = 0; index + 1 < Math.min(head.length, sniffedBytes); index += 2) {
    pairs += 1;
    if (head[index] === 0) low += 1;
    if (head[index + 1] === 0) high += 1;
  }
  return pairs > 0 && low === 0 && high * 2 > pairs ? 2 : 1;
}

/**
 * The text of a log's bytes. Logs of one byte a character become a text with one character a byte, so that what is not
 * valid UTF-8 comes through unharmed; {@link shownCharacters} gives what such a text says.
 */
export function textOf(bytes: Buffer, width: CharacterWidth): string {
  return width === 2 ? bytes.toString("utf16le") : bytes.toString("latin1");
}

/** The bytes of a text that {@link textOf} gave. */
export function bytesOf(text: string, width: CharacterWidth): Buffer {
  return Buffer.from(text, width === 2 ? "utf16le" : "latin1");
}

/** A text of a person as it stands in a text that {@link textOf} gave: in UTF-8 and, where it fits, in one byte each. */
export function formsOf(text: string, width: CharacterWidth): readonly string[] {
  if (width === 2) return [text];
  const utf8 = Buffer.from(text, "utf8").toString("latin1");
  const narrow = Buffer.from(text, "latin1").toString("latin1");
  return utf8 === text || narrow !== text ? [utf8] : [utf8, text];
}

/** A text of its own: it does not keep the much larger text it was cut from in memory. */
export function detached(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}

/**
 * What a text that {@link textOf} gave says to a person. The result is a text of its own: it does not keep the much
 * larger text it was cut from in memory.
 */
export function shownCharacters(text: string, width: CharacterWidth): string {
  if (width === 2) return detached(text);
  const bytes = Buffer.from(text, "latin1");
  const utf8 = bytes.toString("utf8");
  return utf8.includes("\ufffd") ? bytes.toString("latin1") : utf8;
}

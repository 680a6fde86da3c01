import type { LogLine } from "../contract/history.ts";

/** So many lines before and after a cause are shown with it. */
export const linesBefore = 5;
export const linesAfter = 2;
/** Of a line no more is shown. */
const shownCharacters = 600;
/** So many characters of the text before are kept. */
const keptTail = 16 * 1024;
/** Lines whose secrets were taken out are remembered so far back. */
const keptMasked = 32;

/** The last lines of a log, without their secrets, for showing what stands around a cause. In constant memory. */
export class RecentLines {
  readonly #own: (text: string) => string;
  /** The last lines of the texts before this one, as a person reads them. */
  #tail = "";
  #text = "";
  #readable = (text: string): string => text;
  readonly #masked: LogLine[] = [];

  /** @param own gives a text cut loose from the text it came from */
  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** A text of whole lines is looked at from now on; `readable` gives a part of it as a person reads it. */
  begin(text: string, readable: (text: string) => string): void {
    this.#text = text;
    this.#readable = readable;
  }

  /** The text was looked at to its end. */
  end(): void {
    const from = beginningOfLast(this.#text, this.#text.length);
    const last = this.#readable(this.#text.slice(Math.max(from, this.#text.length - keptTail)));
    this.#tail = this.#own(from > 0 || last.length > keptTail ? last : `${this.#tail}${last}`.slice(-keptTail));
    this.#text = "";
  }

  /** What stands in place of a line with a secret. */
  mask(line: number, text: string): void {
    this.#masked.push({ line, text: this.shown(text) });
    if (this.#masked.length > keptMasked) this.#masked.shift();
  }

  /** A line went by that was too long to be read. */
  overlong(note: string): void {
    this.#tail = `${this.#tail}${note}\n`.slice(-keptTail);
  }

  /** The lines before the one that begins at `from` of the text and has this number. */
  before(from: number, line: number): LogLine[] {
    const begin = beginningOfLast(this.#text, from);
    const here = this.#readable(this.#text.slice(begin, from));
    const lines = (begin > 0 ? here : this.#tail + here).split("\n").slice(0, -1).slice(-linesBefore);
    return lines
      .map((text, index) => ({ line: line - lines.length + index, text }))
      .filter(({ line: number }) => number > 0)
      .map(({ line: number, text }) => {
        const masked = this.#masked.find((one) => one.line === number)?.text;
        return { line: number, text: masked ?? this.shown(text) };
      });
  }

  /** A line as it is shown. */
  shown(text: string): string {
    // The mark before a log's first character belongs to no line.
    const whole = text.replace(/^\ufeff/, "").trimEnd();
    return this.#own(whole.length <= shownCharacters ? whole : `${whole.slice(0, shownCharacters)}…`);
  }
}

/** Where the last lines before a line's beginning begin; 0 when there are not that many. */
function beginningOfLast(text: string, from: number): number {
  let begin = from;
  for (let count = 0; count < linesBefore && begin > 0; count += 1) {
    begin = begin === 1 ? 0 : text.lastIndexOf("\n", begin - 2) + 1;
  }
  return begin;
}

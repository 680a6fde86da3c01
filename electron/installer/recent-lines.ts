import type { LogLine } from "../contract/change-mode.ts";

/** So many lines before and after a cause are shown with it. */
export const linesBefore = 5;
export const linesAfter = 2;
/** Of a line no more is shown. */
const shownCharacters = 600;
/** Lines whose secrets were taken out are remembered so far back. */
const keptMasked = 32;

/** The last lines of a log, without their secrets, for showing what stands around a cause. In constant memory. */
export class RecentLines {
  readonly #own: (text: string) => string;
  /** The last lines of the texts before this one, the newest last. */
  #before: string[] = [];
  #text = "";
  #readable = (line: string): string => line;
  readonly #masked: LogLine[] = [];

  /** @param own gives a text as a person reads it, cut loose from the text it came from */
  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** A text of whole lines is looked at from now on; `readable` gives one of them as a person reads it. */
  begin(text: string, readable: (line: string) => string): void {
    this.#text = text;
    this.#readable = readable;
  }

  /** The text was looked at to its end; `line` is the number of its last line. */
  end(line: number): void {
    const text = this.#text;
    const end = text.endsWith("\n") ? text.length - 1 : text.length;
    this.#before = this.#backwards(end + 1, line + 1).map(({ text: shown }) => shown);
    this.#text = "";
  }

  /** What stands in place of a line with a secret. */
  mask(line: number, text: string): void {
    this.#masked.push({ line, text: this.shown(text) });
    if (this.#masked.length > keptMasked) this.#masked.shift();
  }

  /** A line went by that was too long to be read. */
  overlong(note: string): void {
    this.#before = [...this.#before, note].slice(-linesBefore);
  }

  /** The lines before the one that begins at `from` of the text and has this number. */
  before(from: number, line: number): LogLine[] {
    return this.#backwards(from, line);
  }

  /** A line as it is shown. */
  shown(text: string): string {
    const whole = text.trimEnd();
    return this.#own(whole.length <= shownCharacters ? whole : `${whole.slice(0, shownCharacters)}…`);
  }

  #backwards(from: number, line: number): LogLine[] {
    const text = this.#text;
    const newestFirst: string[] = [];
    for (let end = from - 1; end >= 0 && newestFirst.length < linesBefore; ) {
      const begin = end === 0 ? 0 : text.lastIndexOf("\n", end - 1) + 1;
      newestFirst.push(this.shown(this.#readable(text.slice(begin, end))));
      end = begin - 1;
    }
    newestFirst.push(...this.#before.toReversed());
    return newestFirst
      .slice(0, linesBefore)
      .map((shown, index) => ({ line: line - 1 - index, text: shown }))
      .map(({ line, text }) => ({ line, text: this.#masked.find((one) => one.line === line)?.text ?? text }))
      .toReversed();
  }
}

import type { LogLine } from "../contract/history.ts";
import { isStandardAction } from "./install-progress.ts";

const kept = 10;
const keptCharacters = 600;
const keptTellers = 3;
/** No standard action has a longer name. */
const longestName = 40;

/** What others than the engine said last: custom actions, the programs they run, what they throw. */
export class SaidLines {
  readonly #own: (text: string) => string;
  /** The last lines in a ring: where the next one goes, and all of them. */
  #next = 0;
  readonly #lines: LogLine[] = [];
  /** Standard actions that told something lately: each tells of thousands of files. */
  readonly #tellers: string[] = [];

  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** Takes in a line. What a standard action tells of its files and values is the engine's own. */
  add(text: string, line: number): void {
    if (text.length === 0 || this.#tellers.some((teller) => text.startsWith(teller))) return;
    const colon = text.indexOf(":");
    if (colon > 0 && colon < longestName && isStandardAction(text.slice(0, colon))) {
      if (this.#tellers.length >= keptTellers) this.#tellers.shift();
      this.#tellers.push(this.#own(text.slice(0, colon + 1)));
      return;
    }
    this.#lines[this.#next] = { line, text };
    this.#next = (this.#next + 1) % kept;
  }

  /** What was said from a line on. */
  since(line: number): LogLine[] {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)]
      .filter((said) => said.line >= line && said.text.trim() !== "")
      .map(({ line: number, text }) => ({ line: number, text: this.#own(text.trimEnd().slice(0, keptCharacters)) }));
  }
}

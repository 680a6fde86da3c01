import type { LogLine } from "../contract/change-mode.ts";
import { isStandardAction } from "./install-progress.ts";

const kept = 10;
const keptCharacters = 600;

/** What others than the engine said last: custom actions, the programs they run, what they throw. */
export class SaidLines {
  readonly #own: (text: string) => string;
  #lines: LogLine[] = [];

  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** Takes in a line. What a standard action tells of its files and values is the engine's own. */
  add(text: string, line: number): void {
    if (text.trim() === "" || isStandardAction(text.slice(0, Math.max(0, text.indexOf(":"))))) return;
    if (this.#lines.length >= kept) this.#lines.shift();
    this.#lines.push({ line, text });
  }

  /** What was said from a line on. */
  since(line: number): LogLine[] {
    return this.#lines
      .filter((said) => said.line >= line)
      .map(({ line: number, text }) => ({ line: number, text: this.#own(text.trimEnd().slice(0, keptCharacters)) }));
  }
}

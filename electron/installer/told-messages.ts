import type { LogLine } from "../contract/history.ts";
import type { LogEvent } from "./log-event.ts";
import type { LogMessage } from "./log-reading.ts";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };
type Message = Extract<LogEvent, { kind: "message" }>;

const keptMessages = 200;
/** Of so many messages the lines around them are kept. */
const keptAround = 60;
/** Messages of one number that begin alike are one. */
const alike = 60;
const keptCharacters = 2000;
const keptLines = 20;
/** What begins a line that is no part of a message: somebody's name and what they say. */
const teller = /^\w{2,60}: {1,2}/;

/** The messages of a run, each with the whole of its text. */
export class ToldMessages {
  readonly #own: (text: string) => string;
  readonly #messages = new Map<string, Mutable<LogMessage>>();
  /** The message told last: it may go on in the next line. */
  #last: { readonly message: Mutable<LogMessage>; text: string; line: number; lines: number } | null = null;
  #lastOfSource: string | null = null;

  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** Takes in a message; gives a list to put the lines around it in, where those are to be kept. */
  tell({ code, level, text }: Message, line: number): LogLine[] | null {
    const key = `${level} ${code} ${text.slice(0, alike)}`;
    if (code === 1706 && level === "note") this.#lastOfSource = key;
    const known = this.#messages.get(key);
    if (known !== undefined) {
      known.count += 1;
      this.#last = { message: known, text, line, lines: 1 };
      return null;
    }
    if (this.#messages.size >= keptMessages) return null;
    const around: LogLine[] = [];
    const message = { code, level, text: this.#own(text), line, count: 1, around };
    this.#messages.set(this.#own(key), message);
    this.#last = { message, text, line, lines: 1 };
    return this.#messages.size <= keptAround ? around : null;
  }

  /** Takes in a line that may be the next of the message told last; true when it was. */
  goOn(text: string, line: number): boolean {
    const last = this.#last;
    if (last === null) return false;
    const goesOn = line === last.line + 1 && text.trim() !== "" && !teller.test(text) && last.lines < keptLines;
    if (!goesOn || last.text.length > keptCharacters) {
      this.#last = null;
      return false;
    }
    last.text = `${last.text} ${text.trim()}`.trim().slice(0, keptCharacters);
    last.line = line;
    last.lines += 1;
    // The same message often stands twice, once in one line only.
    if (last.text.length > last.message.text.length) last.message.text = this.#own(last.text);
    return true;
  }

  /** The source that was missed last was a hotfix's, without which it goes on. */
  forgetMissingSource(): void {
    const key = this.#lastOfSource;
    const message = key === null ? undefined : this.#messages.get(key);
    if (key === null || message === undefined) return;
    if (message.count > 1) message.count -= 1;
    else this.#messages.delete(key);
  }

  get all(): readonly LogMessage[] {
    return [...this.#messages.values()]
      .map((message) => ({ ...message, around: [...message.around] }))
      .sort((one, other) => one.line - other.line);
  }
}

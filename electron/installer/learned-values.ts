import type { LogLine } from "../contract/history.ts";
import type { RunReading } from "./log-account.ts";
import { hiddenMark, unquoted } from "./log-secrets.ts";

/** Values shorter than this would be found in other words; longer ones are whole sentences. */
const shortest = 8;
const longest = 200;
/** A word of letters alone may well stand in a log for itself. */
const shortestWord = 12;
const kept = 50;

/** What stood in a line where its secrets were taken out, each as a value that may stand elsewhere without its name. */
export function takenOut(line: string, masked: string): readonly string[] {
  const pieces = masked.split(hiddenMark);
  const values: string[] = [];
  let from = pieces[0]?.length ?? 0;
  for (const piece of pieces.slice(1)) {
    const to = piece === "" ? line.length : line.indexOf(piece, from);
    if (to === -1) break;
    values.push(unquoted(line.slice(from, to)));
    from = to + piece.length;
  }
  return values.filter(isTelling);
}

function isTelling(value: string): boolean {
  if (value.length < shortest || value.length > longest || value.includes(hiddenMark)) return false;
  // A reference to another property is no value.
  return !/^\[.*\]$/.test(value) && (value.length >= shortestWord || !/^\p{L}+$/u.test(value));
}

/** Values that were found by the name before them. They stay in memory, for one more look at the same log. */
export class LearnedValues {
  readonly #values = new Set<string>();

  readonly learn = (value: string): void => {
    if (this.#values.size < kept) this.#values.add(value);
  };

  /** What a run says without the values that another line has named: a line may hold one without its name. */
  hiddenIn(run: RunReading): RunReading {
    const values = this.all;
    if (values.length === 0) return run;
    const hide = (text: string): string => values.reduce((shown, value) => shown.replaceAll(value, hiddenMark), text);
    const hideLines = (lines: readonly LogLine[]): readonly LogLine[] =>
      lines.map(({ line, text }) => ({ line, text: hide(text) }));
    const { messages, customActions, firstFailure, changedProperties } = run;
    return {
      ...run,
      messages: messages.map((message) => ({
        ...message,
        text: hide(message.text),
        around: hideLines(message.around),
      })),
      customActions: customActions.map((failed) => ({ ...failed, around: hideLines(failed.around) })),
      firstFailure:
        firstFailure === null
          ? null
          : { ...firstFailure, said: hideLines(firstFailure.said), around: hideLines(firstFailure.around) },
      changedProperties: changedProperties.map((changed) => ({
        ...changed,
        before: changed.before === null ? null : hide(changed.before),
        after: changed.after === null ? null : hide(changed.after),
      })),
    };
  }

  /** The longest first. */
  get all(): readonly string[] {
    return [...this.#values].sort((one, other) => other.length - one.length);
  }
}

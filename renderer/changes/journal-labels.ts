import type { JournalSummary } from "../../electron/contract/change.ts";
import { isInterrupted, type JournalWords, journalWords } from "../../electron/contract/journal-end.ts";
import { counted } from "../ui/phrases.ts";

/** A journal in the list of changes. */
export interface ListedJournal extends Pick<JournalWords, "word" | "status"> {
  readonly title: string;
  /** What can be done with it: put back what it changed, or make again what it put back. */
  readonly offer: "putBack" | "again" | null;
}

/** The journal that has to be ended first; null when there is none. */
export function interruptedIn(journals: readonly JournalSummary[]): JournalSummary | null {
  return journals.find(isInterrupted) ?? null;
}

/**
 * A journal's title, state and what is offered, seen among all the others. What was made again is put back through the
 * change itself, which is in force once more; so the journal that made it again offers nothing.
 */
export function listedJournal(journal: JournalSummary, all: readonly JournalSummary[]): ListedJournal {
  const { work, end, word, status } = journalWords(journal, all);
  const values = counted(journal.changes.length, "value");
  const titles = { change: `Change of ${values}`, undo: `Undo of ${values}`, redo: `${values} made again` };
  const offers = { change: "putBack", undo: "again", redo: null } as const;
  return {
    title: end === "unreadable" ? `Journal ${journal.id}` : titles[work],
    word,
    status,
    offer: end === "made" ? offers[work] : null,
  };
}

import type { JournalSummary } from "../../electron/contract/change.ts";
import type { Status } from "../../electron/contract/status.ts";
import { counted } from "./change-words.ts";

/** What a journal came to, for a person. */
export interface JournalWords {
  readonly title: string;
  readonly status: Status;
  readonly word: string;
  /** What can be done with it: put back what it changed, or make again what it put back. */
  readonly offer: "putBack" | "again" | null;
}

/** True when what a journal wrote is a change; false when it put one back. An undo of an undo makes the change again. */
function changes(journal: JournalSummary, all: readonly JournalSummary[]): boolean {
  if (journal.kind === "apply") return true;
  const undone = all.find(({ id }) => id === journal.of);
  // Journals are named by their time: one that undoes a later one is no honest journal, and must not go round in circles.
  return undone !== undefined && undone.id < journal.id && !changes(undone, all);
}

/** True for a journal that was interrupted, or could not be put back whole: it has to be ended before anything else. */
export function isInterrupted({ state }: JournalSummary): boolean {
  return state === "open" || state === "stuck";
}

/** The journal that has to be ended first; null when there is none. */
export function interruptedIn(journals: readonly JournalSummary[]): JournalSummary | null {
  return journals.find(isInterrupted) ?? null;
}

/**
 * A journal's title, state and what is offered, seen among all the others. What was made again is put back through the
 * change itself, which is in force once more; so the journal that made it again offers nothing.
 */
export function journalWords(journal: JournalSummary, all: readonly JournalSummary[]): JournalWords {
  const change = changes(journal, all);
  const values = counted(journal.changes.length, "value");
  const title =
    journal.state === "damaged"
      ? `Journal ${journal.id}`
      : journal.kind === "apply"
        ? `Change of ${values}`
        : change
          ? `${values} made again`
          : `Undo of ${values}`;
  switch (journal.state) {
    case "applied": {
      const offer = journal.kind === "apply" ? "putBack" : change ? null : "again";
      return { title, status: "done", word: change ? "In force" : "Put back", offer };
    }
    case "undone":
      if (change) return { title, status: "notApplicable", word: "Put back", offer: null };
      return { title, status: "notApplicable", word: journal.reason === null ? "Made again" : "Not done", offer: null };
    case "open":
      return { title, status: "action", word: "Interrupted", offer: null };
    case "stuck":
      return { title, status: "action", word: "Not put back whole", offer: null };
    case "damaged":
      return { title, status: "unknown", word: "Cannot be read", offer: null };
  }
}

import { type JournalState, type JournalSummary, journalStateSchema } from "./change.ts";
import type { JournalEntry } from "./history.ts";
import type { Status } from "./status.ts";

/** What a journal did: a change, an undo of one, or a redo: the undo of an undo, which makes the change again. */
export type JournalWork = "change" | "undo" | "redo";

/**
 * How a journal stands: `made` and in force · `reversed` by a later journal ·
 * `takenBack` after it was interrupted · `rolledBack` by the program itself, because a step of it failed · `notActive` one of these two, where a recording of an
 * older build does not tell which · `interrupted` · `rollbackFailed` half made · `unreadable`.
 */
export type JournalEnd =
  | "made"
  | "reversed"
  | "takenBack"
  | "rolledBack"
  | "notActive"
  | "interrupted"
  | "rollbackFailed"
  | "unreadable";

/** The reason that a journal keeps when it was interrupted and a person had it put back. */
export const rolledBackReason = "it was interrupted and put back";

/** What is told of a journal. */
export interface JournalWords {
  readonly work: JournalWork;
  readonly end: JournalEnd;
  /** "Rolled back": a word for a list. */
  readonly word: string;
  readonly status: Status;
  /** "An undo of 3 values failed": what happened, as a line of time says it. */
  readonly happened: string;
  /** What stands since and what to do, null where that is all. */
  readonly since: string | null;
}

/** As much of a journal as tells its end; a recording of an older build has no reason. */
export interface JournalFacts extends Pick<JournalSummary, "id" | "kind" | "of"> {
  readonly state: JournalState;
  readonly reason: string | null | undefined;
  /** What it names; only how many is told. */
  readonly changes: readonly unknown[];
}

type Told = Pick<JournalWords, "word" | "status" | "since"> & { readonly happened: (values: string) => string };

const told = (word: string, status: Status, happened: Told["happened"], since: string | null = null): Told => ({
  word,
  status,
  happened,
  since,
});

const finish = "Finish it or put it back before anything else is changed.";
const unreadable = told("Cannot be read", "unknown", () => "A journal cannot be read", "What it changed is not known.");
const changed = (values: string): string => `${values} of the registry changed`;
const putBack = (values: string): string => `${values} of the registry put back`;
const again = (values: string): string => `${values} of the registry set again`;

/** The one place where the end of a journal has its words: the window, the command line and the reports take them here. */
const table: Readonly<Record<JournalWork, Readonly<Record<JournalEnd, Told>>>> = {
  change: {
    made: told("In force", "done", changed),
    reversed: told("Put back", "notApplicable", changed, "Put back since."),
    takenBack: told(
      "Put back",
      "notApplicable",
      (values) => `A change of ${values} was interrupted`,
      "It was put back: every value stands as before the change.",
    ),
    rolledBack: told(
      "Rolled back",
      "attention",
      (values) => `A change of ${values} failed`,
      "It was rolled back: every value stands as before the change.",
    ),
    notActive: told("Not in force", "notApplicable", changed, "Put back since, or rolled back because it failed."),
    interrupted: told("Interrupted", "action", (values) => `A change of ${values} was interrupted`, finish),
    rollbackFailed: told(
      "Rollback failed",
      "action",
      (values) => `A change of ${values} failed and could not be rolled back`,
      finish,
    ),
    unreadable,
  },
  undo: {
    made: told("Put back", "done", putBack),
    reversed: told("Made again", "notApplicable", putBack, "The change was made again since."),
    takenBack: told(
      "Taken back",
      "notApplicable",
      (values) => `An undo of ${values} was interrupted`,
      "It was taken back: the change is in force as before the undo.",
    ),
    rolledBack: told(
      "Undo failed",
      "attention",
      (values) => `An undo of ${values} failed`,
      "It was rolled back: the change is in force as before the undo.",
    ),
    notActive: told(
      "Not in force",
      "attention",
      (values) => `An undo of ${values} is not in force`,
      "It failed and was rolled back, or the change was made again since.",
    ),
    interrupted: told("Undo interrupted", "action", (values) => `An undo of ${values} was interrupted`, finish),
    rollbackFailed: told(
      "Undo failed half-way",
      "action",
      (values) => `An undo of ${values} failed and could not be rolled back`,
      finish,
    ),
    unreadable,
  },
  redo: {
    made: told("In force", "done", again),
    reversed: told("Put back", "notApplicable", again, "Put back since."),
    takenBack: told(
      "Put back",
      "notApplicable",
      (values) => `Making a change of ${values} again was interrupted`,
      "It was put back: every value stands as the undo left it.",
    ),
    rolledBack: told(
      "Rolled back",
      "attention",
      (values) => `Making a change of ${values} again failed`,
      "It was rolled back: every value stands as the undo left it.",
    ),
    notActive: told("Not in force", "notApplicable", again, "Put back since, or rolled back because it failed."),
    interrupted: told(
      "Interrupted",
      "action",
      (values) => `Making a change of ${values} again was interrupted`,
      finish,
    ),
    rollbackFailed: told(
      "Rollback failed",
      "action",
      (values) => `Making a change of ${values} again failed and could not be rolled back`,
      finish,
    ),
    unreadable,
  },
};

type Kin = Pick<JournalFacts, "id" | "kind" | "of">;

/** What a journal did, seen among the others: an undo of an undo makes the change again. */
export function journalWork(journal: Kin, all: readonly Kin[]): JournalWork {
  if (journal.kind === "apply") return "change";
  const undone = all.find(({ id }) => id === journal.of);
  // Journals are named by their time: one that undoes a later one is no honest journal, and must not go round in circles.
  if (undone === undefined || undone.id >= journal.id) return "undo";
  return journalWork(undone, all) === "undo" ? "redo" : "undo";
}

/** A journal of a recording; an older build recorded none of what it undoes and why it failed. */
export function journalFactsOf({ id, kind, of, state, reason, changes }: JournalEntry): JournalFacts {
  const known = journalStateSchema.safeParse(state ?? "applied");
  return {
    id: id ?? "",
    kind: kind ?? "apply",
    of: of ?? null,
    state: known.success ? known.data : "damaged",
    reason,
    changes: changes ?? [],
  };
}

function endOf({ state, reason }: JournalFacts): JournalEnd {
  switch (state) {
    case "applied":
      return "made";
    case "undone":
      if (reason === undefined) return "notActive";
      if (reason === rolledBackReason) return "takenBack";
      return reason === null ? "reversed" : "rolledBack";
    case "open":
      return "interrupted";
    case "stuck":
      return "rollbackFailed";
    case "damaged":
      return "unreadable";
  }
}

/** What is told of a journal's end, seen among the others of its server. */
export function journalWords(journal: JournalFacts, all: readonly Kin[]): JournalWords {
  const work = journalWork(journal, all);
  const end = endOf(journal);
  const count = journal.changes.length;
  const { happened, ...words } = table[work][end];
  return { work, end, ...words, happened: happened(count === 1 ? "1 value" : `${count} values`) };
}

/** True for a journal that was interrupted, or could not be rolled back: it has to be ended before anything else. */
export function isInterrupted({ state }: Pick<JournalFacts, "state">): boolean {
  return state === "open" || state === "stuck";
}

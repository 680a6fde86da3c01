import { createHash } from "node:crypto";
import * as z from "zod";
import type { JournalSummary } from "../contract/change.ts";
import { momentSchema } from "../contract/date.ts";
import type { JournalEntry as RecordedJournal } from "../contract/history.ts";
import type { RegistryType } from "../recording/recording.ts";
import type { StoredValue } from "./stored-value.ts";

const storedSchema: z.ZodType<StoredValue> = z.union([
  z.literal("absent"),
  z.strictObject({
    type: z.string() as unknown as z.ZodType<RegistryType>,
    data: z.union([z.string(), z.number(), z.array(z.string())]),
  }),
]);

const entrySchema = z.strictObject({
  /** The catalogue's id. */
  id: z.string(),
  key: z.string(),
  name: z.string(),
  /** What stood there when the journal was written. */
  found: storedSchema,
  /** What an undo puts back: the first recorded original, where an earlier journal in force wrote what was found. */
  original: storedSchema,
  /** What the journal writes. */
  to: storedSchema,
});
export type JournalValue = z.infer<typeof entrySchema>;

const headSchema = z.strictObject({
  format: z.literal("mim-mail-journal"),
  version: z.literal(1),
  id: z.string(),
  kind: z.enum(["apply", "undo"]),
  /** The journal an undo puts back. */
  of: z.string().nullable(),
  at: momentSchema,
  entries: z.array(entrySchema),
  /** Keys that were not there and are created, outermost first. */
  creates: z.array(z.string()),
  /** Keys an undo takes away again when they are empty, innermost first. */
  removes: z.array(z.string()),
});
/** The first line of a journal: everything that will be done and everything that was there, before anything is done. */
export type JournalHead = z.infer<typeof headSchema>;

const noteSchema = z.union([
  z.strictObject({ at: momentSchema, note: z.enum(["set", "putBack"]), id: z.string() }),
  z.strictObject({ at: momentSchema, note: z.enum(["keyCreated", "keyRemoved"]), key: z.string() }),
  z.strictObject({
    at: momentSchema,
    note: z.literal("end"),
    state: z.enum(["applied", "undone", "stuck"]),
    reason: z.string().nullable(),
  }),
]);
/** A later line of a journal: one thing that was done. */
export type JournalNote = z.infer<typeof noteSchema>;

/** A journal as read from its file. */
export interface Journal {
  readonly head: JournalHead;
  readonly notes: readonly JournalNote[];
}

/** Where journals are kept. Every method flushes before it resolves; each rejects with the reason when it cannot. */
export interface JournalStore {
  /** The text of every journal, by id. */
  readonly readAll: () => Promise<ReadonlyMap<string, string>>;
  /** Keeps a new journal whole or not at all, with the .reg file that undoes it beside it. */
  readonly create: (id: string, text: string, undoScript: string) => Promise<void>;
  /** Adds one line. */
  readonly append: (id: string, line: string) => Promise<void>;
  /** Where a journal is, for a person. */
  readonly pathOf: (id: string) => string;
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The first line of a journal's file: the head, and its SHA-256. */
export function headLine(head: JournalHead): string {
  const text = JSON.stringify(head);
  return `${JSON.stringify({ sha256: digest(text), head: text })}\n`;
}

export function noteLine(note: JournalNote): string {
  return `${JSON.stringify(note)}\n`;
}

const lineSchema = z.strictObject({ sha256: z.string(), head: z.string() });

/**
 * A journal from its file. A last line that was torn off by a crash is left out: what it noted is seen in the
 * registry. Null when the head is not whole, or a line before the last is not.
 */
export function readJournal(text: string): Journal | null {
  const lines = text.split("\n");
  const torn = lines.pop() ?? "";
  try {
    const first = lineSchema.parse(JSON.parse(lines[0] ?? torn));
    if (digest(first.head) !== first.sha256) return null;
    const head = headSchema.parse(JSON.parse(first.head));
    // A line after a torn one begins behind its rest: skip what is no note, for the registry tells the truth.
    const notes = lines.slice(1).flatMap((line) => {
      const note = parseNote(line);
      return note === null ? [] : [note];
    });
    return { head, notes };
  } catch {
    return null;
  }
}

function parseNote(line: string): JournalNote | null {
  try {
    return noteSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** How the journal ended; null while it is open: interrupted by a crash. */
export function endOf(journal: Journal): Extract<JournalNote, { note: "end" }> | null {
  return journal.notes.findLast((note) => note.note === "end") ?? null;
}

/** The journals of a store: those that can be read, oldest first, and the ids of those that cannot. */
export interface Journals {
  readonly readable: readonly Journal[];
  readonly damaged: readonly string[];
}

export async function readJournals(store: JournalStore): Promise<Journals> {
  const readable: Journal[] = [];
  const damaged: string[] = [];
  for (const [id, text] of await store.readAll()) {
    const journal = readJournal(text);
    if (journal === null || journal.head.id !== id) damaged.push(id);
    else readable.push(journal);
  }
  readable.sort((one, other) => (one.head.id < other.head.id ? -1 : 1));
  return { readable, damaged };
}

/** True while what a journal wrote is in force: it was applied, and no undo of it is in force. */
export function inForce(journal: Journal, all: readonly Journal[]): boolean {
  if (endOf(journal)?.state !== "applied") return false;
  return !all.some((other) => other.head.kind === "undo" && other.head.of === journal.head.id && inForce(other, all));
}

/** A journal as the window and the command line list it. */
export function summaryOf(journal: Journal, all: readonly Journal[]): JournalSummary {
  const { head } = journal;
  const end = endOf(journal);
  const state = end === null ? "open" : end.state === "applied" && !inForce(journal, all) ? "undone" : end.state;
  const shown = (value: StoredValue): JournalSummary["changes"][number]["from"] =>
    value === "absent"
      ? value
      : { type: value.type, data: typeof value.data === "object" ? [...value.data] : value.data };
  return {
    id: head.id,
    kind: head.kind,
    of: head.of,
    at: head.at,
    state,
    reason: end?.reason ?? null,
    changes: head.entries.map(({ key, name, found, to }) => ({
      address: `${key}\\${name}`,
      from: shown(found),
      to: shown(to),
    })),
  };
}

/** A journal that cannot be read, as the window lists it: its id tells when it was written. */
export function damagedSummary(id: string): JournalSummary {
  const moment = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\dZ)/.exec(id);
  const at = moment === null ? "1970-01-01T00:00:00Z" : `${moment[1]}:${moment[2]}:${moment[3]}`;
  const reason = "its file is not whole";
  return { id, kind: "apply", of: null, at, state: "damaged", reason, changes: [] };
}

/** A journal as a recording keeps it: when values were changed and which. */
export function recordedJournal(journal: Journal, all: readonly Journal[]): RecordedJournal {
  return {
    id: journal.head.id,
    kind: journal.head.kind,
    startedAt: journal.head.at,
    endedAt: journal.notes.at(-1)?.at ?? journal.head.at,
    state: summaryOf(journal, all).state,
    changes: journal.head.entries.map(({ key, name }) => ({ address: `${key}\\${name}` })),
  };
}

import { createHash } from "node:crypto";
import * as z from "zod";
import type { JournalSummary } from "../contract/change.ts";
import { momentSchema } from "../contract/date.ts";
import type { JournalEntry as RecordedJournal } from "../contract/history.ts";
import type { RegistryType } from "../recording/recording.ts";
import { scrubText } from "../recording/redact.ts";
import { unknownInJournal } from "./journal-check.ts";
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

/** A computer, and the installation of Windows on it: a journal of one means nothing on another. */
const hostSchema = z.strictObject({ computer: z.string(), installation: z.string() });
export type Host = z.infer<typeof hostSchema>;

const headSchema = z.strictObject({
  format: z.literal("mim-mail-journal"),
  version: z.literal(1),
  id: z.string(),
  kind: z.enum(["apply", "undo"]),
  /** The journal an undo puts back. */
  of: z.string().nullable(),
  at: momentSchema,
  /** The Windows it was written for; journals of earlier builds name none. */
  host: hostSchema.optional(),
  /** Who had it made, `DOMAIN\user`; journals of earlier builds do not say. */
  by: z.string().max(300).optional(),
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

/** Something in the place of a journal that cannot be read. Only what is a file can be a journal of ours. */
export interface UnreadableFile {
  readonly isFile: boolean;
  readonly reason: string;
}

/** Where journals are kept. Every method flushes before it resolves; each rejects with the reason when it cannot. */
export interface JournalStore {
  /** The text of every journal by id, or why it cannot be read. */
  readonly readAll: () => Promise<ReadonlyMap<string, string | UnreadableFile>>;
  /** The text of one journal. */
  readonly read: (id: string) => Promise<string>;
  /** Keeps a new journal whole or not at all, with the .reg file that undoes it beside it. */
  readonly create: (id: string, text: string, undoScript: string) => Promise<void>;
  /** Adds one line. */
  readonly append: (id: string, line: string) => Promise<void>;
  /** Who writes in it, `DOMAIN\user`; missing where that is not known. */
  readonly by?: string;
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

/** A journal that is not believed, and why. */
export interface SetAside {
  readonly id: string;
  readonly reason: string;
  /** Whether it may be a change of ours that was interrupted: then nothing may be changed before it is looked into. */
  readonly mayBeOpen: boolean;
}

/** The journals of a store: those that can be used, oldest first, and those that cannot. */
export interface Journals {
  readonly readable: readonly Journal[];
  readonly setAside: readonly SetAside[];
}

/** What became of a file of a store: its journal, or why it is set aside. */
type Examined = Journal | SetAside;

/** What was found in texts before, by the way they are read: thousands of journals are not examined at each look. */
const examinedBefore = new WeakMap<JournalStore["readAll"], Map<string, { text: string; examined: Examined }>>();

const isJournal = (examined: Examined): examined is Journal => "head" in examined;

function examine(id: string, text: string): Examined {
  const journal = readJournal(text);
  if (journal === null) {
    const version = laterVersion(text);
    return version === null
      ? { id, reason: "its file is not whole", mayBeOpen: false }
      : { id, reason: `a later build of this program wrote it (version ${version})`, mayBeOpen: true };
  }
  if (journal.head.id !== id) return { id, reason: `its file is named ${id}`, mayBeOpen: false };
  const unknown = unknownInJournal(journal.head);
  return unknown === null ? journal : { id, reason: `it names ${unknown}`, mayBeOpen: false };
}

/** The version of a journal that a later build wrote; null for anything else. */
function laterVersion(text: string): number | null {
  try {
    const { head } = z.object({ head: z.string() }).parse(JSON.parse(text.split("\n", 1)[0] ?? ""));
    const { version } = z
      .object({ format: z.literal("mim-mail-journal"), version: z.number().int() })
      .parse(JSON.parse(head));
    return version > 1 ? version : null;
  } catch {
    return null;
  }
}

/**
 * Reads every journal of a store. One that cannot be read, is not whole, or names anything this program never changes
 * is set aside with the reason; it stops nobody from looking.
 */
export async function readJournals(store: JournalStore): Promise<Journals> {
  const before = examinedBefore.get(store.readAll) ?? new Map<string, { text: string; examined: Examined }>();
  const now = new Map<string, { text: string; examined: Examined }>();
  const readable: Journal[] = [];
  const setAside: SetAside[] = [];
  for (const [id, text] of await store.readAll()) {
    if (typeof text !== "string") {
      setAside.push({ id, reason: text.reason, mayBeOpen: text.isFile });
      continue;
    }
    const known = before.get(id);
    const examined = known?.text === text ? known.examined : examine(id, text);
    now.set(id, { text, examined });
    if (isJournal(examined)) readable.push(examined);
    else setAside.push(examined);
  }
  examinedBefore.set(store.readAll, now);
  readable.sort((one, other) => (one.head.id < other.head.id ? -1 : 1));
  return { readable, setAside };
}

/** The ids of journals in force, by the list they stand in: each is asked for many times. */
const activeOf = new WeakMap<readonly Journal[], ReadonlySet<string>>();

/** True while what a journal wrote is in force: it was applied, and no undo of it is in force. */
export function isActive(journal: Journal, all: readonly Journal[]): boolean {
  let ids = activeOf.get(all);
  if (ids === undefined) {
    const applied = all.filter((one) => endOf(one)?.state === "applied");
    const [undone, found] = [new Set<string>(), new Set<string>()];
    // An undo is later than what it undoes: from the newest on, whatever undoes a journal has been seen before it.
    for (const { head } of applied.toSorted((one, other) => (one.head.id < other.head.id ? 1 : -1))) {
      if (undone.has(head.id)) continue;
      found.add(head.id);
      if (head.kind === "undo" && head.of !== null && head.of < head.id) undone.add(head.of);
    }
    ids = found;
    activeOf.set(all, ids);
  }
  return ids.has(journal.head.id);
}

/** A journal as the window and the command line list it. */
export function summaryOf(journal: Journal, all: readonly Journal[]): JournalSummary {
  const { head } = journal;
  const end = endOf(journal);
  const state = end === null ? "open" : end.state === "applied" && !isActive(journal, all) ? "undone" : end.state;
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
    ...(head.by === undefined ? {} : { by: head.by }),
    changes: head.entries.map(({ key, name, found, to }) => ({
      address: `${key}\\${name}`,
      from: shown(found),
      to: shown(to),
    })),
  };
}

/** A journal that is set aside, as the window lists it: its id tells when it was written. */
export function setAsideSummary({ id, reason }: SetAside): JournalSummary {
  const moment = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\dZ)/.exec(id);
  const at = moment === null ? "1970-01-01T00:00:00Z" : `${moment[1]}:${moment[2]}:${moment[3]}`;
  return { id, kind: "apply", of: null, at, state: "damaged", reason, changes: [] };
}

/** A journal as a recording keeps it: when values were changed and which. */
export function recordedJournal(journal: Journal, all: readonly Journal[]): RecordedJournal {
  const { state, reason } = summaryOf(journal, all);
  return {
    id: journal.head.id,
    kind: journal.head.kind,
    of: journal.head.of,
    startedAt: journal.head.at,
    endedAt: journal.notes.at(-1)?.at ?? journal.head.at,
    state,
    reason: reason === null ? null : scrubText(reason),
    ...(journal.head.by === undefined ? {} : { by: journal.head.by }),
    changes: journal.head.entries.map(({ key, name }) => ({ address: `${key}\\${name}` })),
  };
}

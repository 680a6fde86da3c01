import { plainValueSchema } from "../recording/recording.ts";
import { valueChange } from "./catalogue.ts";
import type { JournalHead, JournalValue } from "./journal.ts";
import type { StoredValue } from "./stored-value.ts";

const isStored = (value: StoredValue): boolean => value === "absent" || plainValueSchema.safeParse(value).success;

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** What an entry names that this program never writes; null when it is one of the catalogue's. */
function unknownInEntry({ id, key, name, found, original, to }: JournalValue, isUndo: boolean): string | null {
  const address = `${key}\\${name}`;
  const known = valueChange(id);
  if (known === null || !isSame(known.key, key) || !isSame(known.name, name)) {
    return `${address}, which may not be changed`;
  }
  if (![found, original, to].every(isStored)) return `data for ${address} that its type does not have`;
  // An undo puts back whatever stood there; a change writes nothing but what the catalogue allows.
  if (isUndo) return null;
  const isAllowed =
    to !== "absent" && to.type === known.type && (known.allowed as readonly unknown[]).includes(to.data);
  return isAllowed ? null : `data for ${address} that it may not be given`;
}

/** The keys a change of these values may create: each value's key and those above it, never a root. */
function ownKeys(entries: readonly JournalValue[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { key } of entries) {
    const parts = key.toLowerCase().split("\\");
    for (let depth = 2; depth <= parts.length; depth += 1) keys.add(parts.slice(0, depth).join("\\"));
  }
  return keys;
}

/**
 * Holds a journal against this program's own catalogue: a journal lies in a file, and whoever could write there would
 * say what an undo sets, creates and deletes. The first thing that this program would not have written refuses all of it.
 * @returns what it names, to go behind "it names"; null when every entry is the catalogue's
 */
export function unknownInJournal(head: JournalHead): string | null {
  const isUndo = head.kind === "undo";
  const ids = new Set<string>();
  for (const entry of head.entries) {
    if (ids.has(entry.id)) return `${entry.key}\\${entry.name} twice`;
    ids.add(entry.id);
    const unknown = unknownInEntry(entry, isUndo);
    if (unknown !== null) return unknown;
  }
  const own = ownKeys(head.entries);
  const key = [...head.creates, ...head.removes].find((one) => !own.has(one.toLowerCase()));
  return key === undefined ? null : `the key ${key}, which a change of its values does not create`;
}

import { valueChange } from "./catalogue.ts";
import {
  endOf,
  headLine,
  inForce,
  type Journal,
  type JournalHead,
  type JournalNote,
  type JournalStore,
  type Journals,
  type JournalValue,
  noteLine,
  readJournal,
  readJournals,
} from "./journal.ts";
import type { ChosenValue } from "./plan.ts";
import { fulfils } from "./plan.ts";
import { regFile } from "./reg-file.ts";
import type { Registry } from "./registry.ts";
import { type StoredValue, sameValue, shownStored, storedIn } from "./stored-value.ts";

/** What a change needs: the registry, the journals, the time, and someone to tell how far it is. */
export interface ChangePorts {
  readonly registry: Registry;
  readonly journals: JournalStore;
  readonly now: () => Date;
  readonly progress?: (text: string, fraction: number) => void;
  /** Stops between two values; what was changed is put back. */
  readonly signal?: AbortSignal;
}

/** A value that is neither what the journal wrote nor what it found: someone else changed it. */
export interface ForeignValue {
  readonly address: string;
  readonly stands: string;
}

/** How a change ended. Only `applied` and `undone` of an undo leave the server other than it was. */
export type ChangeOutcome =
  /** Nothing differed; nothing was written, no journal either. */
  | { readonly outcome: "nothing" }
  | { readonly outcome: "applied"; readonly journal: string; readonly changed: number; readonly warning: string | null }
  /** Refused before anything was changed. */
  | {
      readonly outcome: "refused";
      readonly code:
        | "open-journal"
        | "journal-unwritable"
        | "unreadable"
        | "foreign"
        | "no-journal"
        | "damaged-journal";
      readonly reason: string;
      readonly foreign: readonly ForeignValue[];
    }
  /** A change failed, or was interrupted and its end was asked for; everything was put back. */
  | { readonly outcome: "undone"; readonly journal: string; readonly reason: string; readonly asked: boolean }
  /** A change failed and could not be put back whole; the journal says what is left. */
  | { readonly outcome: "stuck"; readonly journal: string; readonly reason: string; readonly path: string };

type Refusal = Extract<ChangeOutcome, { outcome: "refused" }>;

function refused(code: Refusal["code"], reason: string, foreign: readonly ForeignValue[] = []): Refusal {
  return { outcome: "refused", code, reason, foreign };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const folded = (address: string): string => address.toLowerCase();
const addressOf = ({ key, name }: { readonly key: string; readonly name: string }): string => `${key}\\${name}`;

/** One thing to write: where, and what shall stand there. */
interface Wish {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly to: StoredValue;
}

/**
 * Sets the values chosen. Journalled and flushed before the first change; each value is read back; the first failure
 * puts everything back in reverse. Values that already fulfil what is chosen are left alone.
 */
export async function applyChanges(ports: ChangePorts, chosen: readonly ChosenValue[]): Promise<ChangeOutcome> {
  const before = await readyForChange(ports);
  if ("outcome" in before) return before;
  const found = await readValues(
    ports.registry,
    chosen.map(({ change }) => change),
  );
  if ("outcome" in found) return found;
  const wishes: Wish[] = chosen
    .filter(({ change, data }, index) => !fulfils(change, found.values[index] ?? "absent", data))
    .map(({ change: { id, key, name, type }, data }) => ({ id, key, name, to: { type, data } }));
  return write(ports, before.readable, { kind: "apply", of: null, wishes, removes: [] });
}

/**
 * Puts back what a journal found; without an id, the last change in force. An interrupted journal is put back itself.
 * Refuses, before changing anything, when a value is neither what the journal wrote nor what it found, unless forced.
 */
export async function undoJournal(
  ports: ChangePorts,
  id: string | null,
  options: { readonly force?: boolean } = {},
): Promise<ChangeOutcome> {
  const all = await readJournals(ports.journals);
  const journal = chooseJournal(all, id);
  if ("outcome" in journal) return journal;
  if (isOpen(journal)) return recover(ports, journal, "putBack", options);
  const open = openJournal(all);
  if (open !== null) return open;
  if (!inForce(journal, all.readable)) {
    return refused("no-journal", `journal ${journal.head.id} is not in force: it was undone already`);
  }
  const foreign = await foreignValues(ports, journal);
  if ("outcome" in foreign) return foreign;
  if (foreign.length > 0 && options.force !== true) return foreignRefusal(foreign);
  const wishes = journal.head.entries
    .toReversed()
    .map(({ id: entry, key, name, original }) => ({ id: entry, key, name, to: original }));
  const removes = [...journal.head.creates].reverse();
  return write(ports, all.readable, { kind: "undo", of: journal.head.id, wishes, removes });
}

/**
 * Ends a journal that a crash left open: `finish` makes the changes that are missing, `putBack` takes back those that
 * were made. Refuses when someone else changed a value since, unless forced.
 */
export async function recoverJournal(
  ports: ChangePorts,
  id: string,
  how: "finish" | "putBack",
  options: { readonly force?: boolean } = {},
): Promise<ChangeOutcome> {
  const journal = chooseJournal(await readJournals(ports.journals), id);
  if ("outcome" in journal) return journal;
  if (!isOpen(journal)) return refused("no-journal", `journal ${id} is not open`);
  return recover(ports, journal, how, options);
}

async function recover(
  ports: ChangePorts,
  journal: Journal,
  how: "finish" | "putBack",
  options: { readonly force?: boolean },
): Promise<ChangeOutcome> {
  const foreign = await foreignValues(ports, journal);
  if ("outcome" in foreign) return foreign;
  if (foreign.length > 0 && options.force !== true) return foreignRefusal(foreign);
  const { head } = journal;
  try {
    // A line torn off by the crash has no end; the next note begins a line of its own.
    await ports.journals.append(head.id, "\n");
  } catch (error) {
    return refused("journal-unwritable", `the journal cannot be written: ${reasonOf(error)}`);
  }
  const force = options.force === true;
  return how === "putBack"
    ? takeBack(ports, head, "it was interrupted and put back", force, true)
    : perform(ports, head, force);
}

/** True for a journal that a crash interrupted, or that could not be put back whole: it has to be ended first. */
function isOpen(journal: Journal): boolean {
  const end = endOf(journal);
  return end === null || end.state === "stuck";
}

function foreignRefusal(foreign: readonly ForeignValue[]): Refusal {
  const which = foreign.map(({ address, stands }) => `${address} is ${stands}`).join("; ");
  return refused("foreign", `someone else has changed since: ${which}`, foreign);
}

function chooseJournal(all: Journals, id: string | null): Journal | Refusal {
  if (id !== null && all.damaged.includes(id)) {
    return refused("damaged-journal", `journal ${id} cannot be read; its .reg file beside it holds what was there`);
  }
  const journal =
    id === null
      ? (all.readable.findLast(isOpen) ??
        all.readable.findLast((one) => one.head.kind === "apply" && inForce(one, all.readable)))
      : all.readable.find((one) => one.head.id === id);
  const stranger = journal?.head.entries.find(({ id: entry, key, name }) => {
    const known = valueChange(entry);
    return known === null || known.key !== key || known.name !== name;
  });
  if (stranger !== undefined) {
    return refused(
      "damaged-journal",
      `journal ${journal?.head.id} names ${addressOf(stranger)}, which may not be changed`,
    );
  }
  if (journal !== undefined) return journal;
  return refused("no-journal", id === null ? "there is no change to undo" : `there is no journal ${id}`);
}

function openJournal(all: Journals): Refusal | null {
  const open = all.readable.find(isOpen);
  if (open === undefined) return null;
  return refused("open-journal", `journal ${open.head.id} was interrupted: finish it or put it back first`);
}

async function readyForChange(ports: ChangePorts): Promise<Journals | Refusal> {
  const all = await readJournals(ports.journals);
  return openJournal(all) ?? all;
}

type Place = { readonly key: string; readonly name: string };

/** What stands at each place, in the order asked; refused when one cannot be read. */
async function readValues(
  registry: Registry,
  places: readonly Place[],
): Promise<{ readonly values: readonly StoredValue[] } | Refusal> {
  const keys = await registry.readKeys([...new Set(places.map(({ key }) => key))]);
  const values: StoredValue[] = [];
  for (const place of places) {
    const key = keys.get(place.key);
    const value = storedIn(key, place.name);
    if (value === null) {
      const reason = key?.state === "unreadable" ? key.reason : "no answer";
      return refused("unreadable", `${addressOf(place)} cannot be read: ${reason}`);
    }
    values.push(value);
  }
  return { values };
}

async function foreignValues(ports: ChangePorts, journal: Journal): Promise<readonly ForeignValue[] | Refusal> {
  const { entries } = journal.head;
  const now = await readValues(ports.registry, entries);
  if ("outcome" in now) return now;
  return entries.flatMap((entry, index) => {
    const stands = now.values[index] ?? "absent";
    const ours = [entry.to, entry.found, entry.original].some((value) => sameValue(value, stands));
    return ours ? [] : [{ address: addressOf(entry), stands: shownStored(stands) }];
  });
}

/** The keys above and including each key that are not there, outermost first. */
async function missingKeys(registry: Registry, keys: readonly string[]): Promise<string[]> {
  const paths = new Map<string, string>();
  for (const key of keys) {
    const parts = key.split("\\");
    for (let depth = 2; depth <= parts.length; depth += 1) {
      const path = parts.slice(0, depth).join("\\");
      if (!paths.has(folded(path))) paths.set(folded(path), path);
    }
  }
  if (paths.size === 0) return [];
  const states = await registry.readKeys([...paths.values()]);
  return [...paths.values()].filter((path) => states.get(path)?.state === "absent");
}

/** The first recorded original of a value: where a journal in force wrote what was found, what that journal keeps. */
function originalOf(wish: Wish, found: StoredValue, journals: readonly Journal[]): StoredValue {
  for (const journal of journals.toReversed()) {
    if (journal.head.kind !== "apply" || !inForce(journal, journals)) continue;
    const entry = journal.head.entries.find((one) => folded(addressOf(one)) === folded(addressOf(wish)));
    if (entry !== undefined) return sameValue(entry.to, found) ? entry.original : found;
  }
  return found;
}

interface Intent {
  readonly kind: JournalHead["kind"];
  readonly of: string | null;
  readonly wishes: readonly Wish[];
  readonly removes: readonly string[];
}

/** Journals an intent, then performs it. Shared by change and undo: an undo is a change with a journal of its own. */
async function write(ports: ChangePorts, journals: readonly Journal[], intent: Intent): Promise<ChangeOutcome> {
  const now = await readValues(ports.registry, intent.wishes);
  if ("outcome" in now) return now;
  const entries: JournalValue[] = intent.wishes.flatMap((wish, index) => {
    const found = now.values[index] ?? "absent";
    if (intent.kind === "apply" && sameValue(found, wish.to)) return [];
    const original = intent.kind === "apply" ? originalOf(wish, found, journals) : found;
    return [{ ...wish, found, original }];
  });
  if (entries.length === 0) return { outcome: "nothing" };
  const creates = await missingKeys(
    ports.registry,
    entries.filter(({ to }) => to !== "absent").map(({ key }) => key),
  );
  // A key that is gone already is not removed by us, and must not come back when this fails.
  const gone = new Set((await missingKeys(ports.registry, intent.removes)).map(folded));
  const at = ports.now().toISOString();
  const head: JournalHead = {
    format: "mim-mail-journal",
    version: 1,
    id: journalId(at, [...(await ports.journals.readAll()).keys()]),
    kind: intent.kind,
    of: intent.of,
    at,
    entries,
    creates,
    removes: intent.removes.filter((key) => !gone.has(folded(key))),
  };
  try {
    ports.progress?.("Writing the journal", 0);
    await ports.journals.create(
      head.id,
      headLine(head),
      regFile(entries.map((entry) => ({ ...entry, to: entry.found }))),
    );
    const kept = (await ports.journals.readAll()).get(head.id) ?? "";
    if (kept !== headLine(head) || readJournal(kept) === null) throw new Error("it could not be read back");
  } catch (error) {
    return refused("journal-unwritable", `the journal cannot be written, so nothing was changed: ${reasonOf(error)}`);
  }
  return perform(ports, head);
}

/** Sortable, readable, and never that of an earlier journal: `2026-11-23T10-00-00Z-1`. */
function journalId(at: string, taken: readonly string[]): string {
  const moment = at.replace(/\.\d+/, "").replaceAll(":", "-");
  // A clock that was set back must not put a later journal before an earlier one.
  const last = taken.toSorted().at(-1)?.slice(0, moment.length) ?? moment;
  const base = last > moment ? last : moment;
  const sameMoment = taken.filter((id) => id.startsWith(base)).map((id) => Number(id.slice(base.length + 1)) || 0);
  return `${base}-${String(Math.max(0, ...sameMoment) + 1).padStart(3, "0")}`;
}

async function note(ports: ChangePorts, head: JournalHead, what: DistributedOmit<JournalNote>): Promise<void> {
  await ports.journals.append(head.id, noteLine({ ...what, at: ports.now().toISOString() } as JournalNote));
}
type DistributedOmit<Note> = Note extends JournalNote ? Omit<Note, "at"> : never;

/** Makes every change of a journal that is not made yet, then removes the keys it takes away when they are empty. */
async function perform(ports: ChangePorts, head: JournalHead, force = false): Promise<ChangeOutcome> {
  try {
    for (const [index, entry] of head.entries.entries()) {
      ports.signal?.throwIfAborted();
      ports.progress?.(`${addressOf(entry)}: ${shownStored(entry.to)}`, index / head.entries.length);
      await put(ports, head, entry, entry.to, force);
      await note(ports, head, { note: "set", id: entry.id });
    }
    for (const key of head.removes) {
      if (await removeEmptyKey(ports.registry, key)) await note(ports, head, { note: "keyRemoved", key });
    }
  } catch (error) {
    return takeBack(ports, head, error, force);
  }
  let warning: string | null = null;
  try {
    await note(ports, head, { note: "end", state: "applied", reason: null });
  } catch (error) {
    // Whether the line was kept cannot be known. Taking back now and being interrupted would leave a journal that says
    // "applied" over values that are not; so everything stays as wanted, and at worst the journal stays open.
    warning = `everything was changed, but the journal could not be ended: ${reasonOf(error)}`;
  }
  ports.progress?.("Done", 1);
  return { outcome: "applied", journal: head.id, changed: head.entries.length, warning };
}

/**
 * Writes one value of a journal, or takes it away, and reads it back. Unless forced, throws when what stands there is
 * neither what the journal found nor what it writes: someone else is at work.
 */
async function put(
  ports: ChangePorts,
  head: JournalHead,
  entry: JournalValue,
  to: StoredValue,
  force: boolean,
): Promise<void> {
  const { registry } = ports;
  const read = async (): Promise<StoredValue> => {
    const current = await readValues(registry, [entry]);
    if ("outcome" in current) throw new Error(current.reason);
    return current.values[0] ?? "absent";
  };
  const stands = await read();
  if (sameValue(stands, to)) return;
  if (!force && !sameValue(stands, entry.found) && !sameValue(stands, entry.to)) {
    throw new Error(`someone else has just changed ${addressOf(entry)} to ${shownStored(stands)}`);
  }
  if (to === "absent") {
    await registry.deleteValue(entry.key, entry.name);
  } else {
    for (const key of await registry.createKey(entry.key)) await note(ports, head, { note: "keyCreated", key });
    await registry.setValue(entry.key, entry.name, to);
  }
  const after = await read();
  if (sameValue(after, to)) return;
  throw new WrongAfterWriting(
    entry,
    `${addressOf(entry)} was set to ${shownStored(to)} but reads ${shownStored(after)}`,
  );
}

/** Removes a key that holds nothing, and makes sure that it is gone; true when it was removed. */
async function removeEmptyKey(registry: Registry, path: string): Promise<boolean> {
  const removed = await registry.deleteKeyWhenEmpty(path);
  const key = (await registry.readKeys([path])).get(path);
  if (key?.state !== "present" || Object.keys(key.values).length > 0) return removed;
  const below = (await registry.listSubKeys([path])).get(path);
  if (below?.state === "present" && below.names.length === 0) throw new Error(`${path} is empty and was not removed`);
  return false;
}

/** What stands there after a write is not what was written. It is our own doing, whatever it is. */
class WrongAfterWriting extends Error {
  readonly entry: JournalValue;

  constructor(entry: JournalValue, message: string) {
    super(message);
    this.entry = entry;
  }
}

/** Puts back in reverse whatever a journal found, and ends it. A value someone else changed meanwhile is left, and said. */
async function takeBack(
  ports: ChangePorts,
  head: JournalHead,
  cause: unknown,
  force: boolean,
  asked = false,
): Promise<ChangeOutcome> {
  const reason = reasonOf(cause);
  const ours = cause instanceof WrongAfterWriting ? cause.entry : null;
  const left: string[] = [];
  for (const entry of head.entries.toReversed()) {
    try {
      await put(ports, head, entry, entry.found, force || entry === ours);
    } catch (error) {
      left.push(`${addressOf(entry)}: ${reasonOf(error)}`);
    }
  }
  for (const key of head.creates.toReversed()) {
    try {
      await removeEmptyKey(ports.registry, key);
    } catch (error) {
      left.push(`${key}: ${reasonOf(error)}`);
    }
  }
  for (const key of head.removes.toReversed()) {
    try {
      await ports.registry.createKey(key);
      if ((await ports.registry.readKeys([key])).get(key)?.state !== "present") throw new Error("it was not created");
    } catch (error) {
      left.push(`${key}: ${reasonOf(error)}`);
    }
  }
  const stuck = left.length > 0;
  const whole = stuck ? `${reason}; not put back: ${left.join("; ")}` : reason;
  try {
    // What failed may have been a line of the journal, cut short: this one begins anew.
    const end = {
      note: "end",
      state: stuck ? "stuck" : "undone",
      reason: whole,
      at: ports.now().toISOString(),
    } as const;
    await ports.journals.append(head.id, `\n${noteLine(end)}`);
  } catch (error) {
    // The server is as it was; only the journal stays open, and the next start offers to end it.
    if (!stuck)
      return {
        outcome: "undone",
        journal: head.id,
        reason: `${whole}; the journal stays open: ${reasonOf(error)}`,
        asked,
      };
  }
  return stuck
    ? { outcome: "stuck", journal: head.id, reason: whole, path: ports.journals.pathOf(head.id) }
    : { outcome: "undone", journal: head.id, reason: whole, asked };
}

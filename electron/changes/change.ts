import { rolledBackReason } from "../contract/journal-end.ts";
import {
  endOf,
  type Host,
  headLine,
  isActive,
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
import type { FoundKey, Registry } from "./registry.ts";
import { type StoredValue, sameValue, shownStored, storedIn } from "./stored-value.ts";

/** What a change needs: the registry, the journals, the time, and someone to tell how far it is. */
export interface ChangePorts {
  readonly registry: Registry;
  readonly journals: JournalStore;
  readonly now: () => Date;
  readonly progress?: (text: string, fraction: number) => void;
  /** Stops it: no further value is written then, and what was set is put back. */
  readonly signal?: AbortSignal;
}

/** A value that is neither what the journal wrote nor what it found: someone else changed it. */
export interface ModifiedValue {
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
        | "modified-outside"
        | "no-journal"
        | "damaged-journal"
        | "other-computer";
      readonly reason: string;
      readonly modifiedOutside: readonly ModifiedValue[];
    }
  /** A change failed, or was interrupted and its end was asked for; everything was put back. */
  | { readonly outcome: "undone"; readonly journal: string; readonly reason: string; readonly asked: boolean }
  /** A change failed and could not be put back whole; the journal says what is left. */
  | { readonly outcome: "stuck"; readonly journal: string; readonly reason: string; readonly path: string };

type Refusal = Extract<ChangeOutcome, { outcome: "refused" }>;

function refused(code: Refusal["code"], reason: string, modifiedOutside: readonly ModifiedValue[] = []): Refusal {
  return { outcome: "refused", code, reason, modifiedOutside };
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
  const seen = await see(
    ports.registry,
    chosen.map(({ change }) => change),
  );
  if ("outcome" in seen) return seen;
  const wishes: Wish[] = chosen
    .filter(({ change, data }) => !fulfils(change, seen.stands(change), data))
    .map(({ change: { id, key, name, type }, data }) => ({ id, key, name, to: { type, data } }));
  return write(ports, before, { kind: "apply", of: null, wishes, removes: [] }, seen);
}

/**
 * Puts back what a journal found; without an id, the last change in force. An interrupted journal is put back itself.
 * Refuses, before changing anything, when a value is neither what the journal wrote nor what it found, unless forced.
 */
export async function undoJournal(
  ports: ChangePorts,
  id: string | null,
  options: UndoOptions = {},
): Promise<ChangeOutcome> {
  const all = await readJournals(ports.journals);
  const journal = chooseJournal(all, id);
  if ("outcome" in journal) return journal;
  if (isOpen(journal)) return recover(ports, journal, "putBack", options);
  const open = openJournal(all);
  if (open !== null) return open;
  if (!isActive(journal, all.readable)) {
    return refused("no-journal", `journal ${journal.head.id} is not in force: it was undone already`);
  }
  const seen = await see(ports.registry, journal.head.entries, journal.head.creates);
  if ("outcome" in seen) return seen;
  const other = refuseOther(journal, seen, options);
  if (other !== null) return other;
  const modifiedOutside = valuesModifiedOutside(journal, seen);
  if (modifiedOutside.length > 0 && options.force !== true) return modifiedOutsideRefusal(modifiedOutside);
  const wishes = journal.head.entries
    .toReversed()
    .map(({ id: entry, key, name, original }) => ({ id: entry, key, name, to: original }));
  const removes = [...journal.head.creates].reverse();
  return write(ports, all, { kind: "undo", of: journal.head.id, wishes, removes }, seen);
}

/**
 * Ends a journal that a crash left open: `finish` makes the changes that are missing, `putBack` takes back those that
 * were made. Refuses when someone else changed a value since, unless forced.
 */
export async function recoverJournal(
  ports: ChangePorts,
  id: string,
  how: "finish" | "putBack",
  options: UndoOptions = {},
): Promise<ChangeOutcome> {
  const journal = chooseJournal(await readJournals(ports.journals), id);
  if ("outcome" in journal) return journal;
  if (!isOpen(journal)) return refused("no-journal", `journal ${id} is not open`);
  return recover(ports, journal, how, options);
}

/** What a person may insist on: writing over what others changed, and a journal of another computer. */
export interface UndoOptions {
  readonly force?: boolean;
  readonly otherComputer?: boolean;
}

/** Where Windows keeps the computer's name and the id that its set-up gave this installation. */
const nameKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName";
const installationKey = "HKLM\\SOFTWARE\\Microsoft\\Cryptography";
const hostKeys = [nameKey, installationKey];

/** The Windows that was seen; null where the registry does not say. */
function hostIn(keys: ReadonlyMap<string, FoundKey>): Host | null {
  const text = (key: string, name: string): string => {
    const value = storedIn(keys.get(key), name);
    return value !== null && value !== "absent" && typeof value.data === "string" ? value.data : "";
  };
  const installation = text(installationKey, "MachineGuid");
  return installation === "" ? null : { computer: text(nameKey, "ComputerName"), installation };
}

/** Refuses a journal of another Windows: what stood there before it says nothing of this one. */
function refuseOther({ head }: Journal, { host: here }: Seen, options: UndoOptions): Refusal | null {
  if (head.host === undefined || here === null || options.otherComputer === true) return null;
  if (here.installation.toLowerCase() === head.host.installation.toLowerCase()) return null;
  const which =
    here.computer.toLowerCase() === head.host.computer.toLowerCase()
      ? `another installation of Windows on ${head.host.computer}`
      : head.host.computer;
  return refused("other-computer", `journal ${head.id} was written on ${which}, and this is ${here.computer}`);
}

async function recover(
  ports: ChangePorts,
  journal: Journal,
  how: "finish" | "putBack",
  options: UndoOptions,
): Promise<ChangeOutcome> {
  const seen = await see(ports.registry, journal.head.entries);
  if ("outcome" in seen) return seen;
  const other = refuseOther(journal, seen, options);
  if (other !== null) return other;
  const modifiedOutside = valuesModifiedOutside(journal, seen);
  if (modifiedOutside.length > 0 && options.force !== true) return modifiedOutsideRefusal(modifiedOutside);
  const { head } = journal;
  try {
    // A line torn off by the crash has no end; the next note begins a line of its own.
    await ports.journals.append(head.id, "\n");
  } catch (error) {
    return refused("journal-unwritable", `the journal cannot be written: ${reasonOf(error)}`);
  }
  const force = options.force === true;
  return how === "putBack" ? rollBack(ports, head, rolledBackReason, force, true) : perform(ports, head, seen, force);
}

/** True for a journal that a crash interrupted, or that could not be put back whole: it has to be ended first. */
function isOpen(journal: Journal): boolean {
  const end = endOf(journal);
  return end === null || end.state === "stuck";
}

function modifiedOutsideRefusal(modifiedOutside: readonly ModifiedValue[]): Refusal {
  const which = modifiedOutside.map(({ address, stands }) => `${address} is ${stands}`).join("; ");
  return refused("modified-outside", `someone else has changed since: ${which}`, modifiedOutside);
}

function chooseJournal(all: Journals, id: string | null): Journal | Refusal {
  const aside = all.setAside.find((one) => one.id === id);
  if (aside !== undefined) return refused("damaged-journal", `journal ${id} cannot be used: ${aside.reason}`);
  const journal =
    id === null
      ? (all.readable.findLast(isOpen) ??
        all.readable.findLast((one) => one.head.kind === "apply" && isActive(one, all.readable)))
      : all.readable.find((one) => one.head.id === id);
  if (journal !== undefined) return journal;
  return refused("no-journal", id === null ? "there is no change to undo" : `there is no journal ${id}`);
}

function openJournal(all: Journals): Refusal | null {
  const open = all.readable.find(isOpen);
  if (open !== undefined) {
    return refused("open-journal", `journal ${open.head.id} was interrupted: finish it or put it back first`);
  }
  // What cannot be read may be a change that was interrupted: another one on top of it could not be undone rightly.
  const unknown = all.setAside.find(({ mayBeOpen }) => mayBeOpen);
  if (unknown === undefined) return null;
  return refused("damaged-journal", `journal ${unknown.id} cannot be used: ${unknown.reason}`);
}

async function readyForChange(ports: ChangePorts): Promise<Journals | Refusal> {
  const all = await readJournals(ports.journals);
  return openJournal(all) ?? all;
}

type Place = { readonly key: string; readonly name: string };

/** What stands at a place, or why that cannot be told. */
type Stand = { readonly value: StoredValue } | { readonly reason: string };

function standIn(keys: ReadonlyMap<string, FoundKey>, place: Place): Stand {
  const key = keys.get(place.key);
  const value = storedIn(key, place.name);
  if (value !== null) return { value };
  const reason = key?.state === "unreadable" ? key.reason : "no answer";
  return { reason: `${addressOf(place)} cannot be read: ${reason}` };
}

/** What stands at each place, in the order asked. */
async function readStands(registry: Registry, places: readonly Place[]): Promise<readonly Stand[]> {
  const keys = await registry.readKeys([...new Set(places.map(({ key }) => key))]);
  return places.map((place) => standIn(keys, place));
}

/** What a change saw before it began. */
interface Seen {
  /** What stands at a place that was asked for. */
  readonly stands: (place: Place) => StoredValue;
  /** Of keys that were asked for, and those above them, those that are not there, outermost first. */
  readonly missing: (keys: readonly string[]) => string[];
  /** Whose registry it is; null where it does not say. */
  readonly host: Host | null;
}

/** Reads places, keys besides, and whose registry it is, all at once; refused when a place cannot be read. */
async function see(
  registry: Registry,
  places: readonly Place[],
  keysBesides: readonly string[] = [],
): Promise<Seen | Refusal> {
  const keys = await registry.readKeys([...new Set([...places.map(({ key }) => key), ...keysBesides, ...hostKeys])]);
  for (const place of places) {
    const stand = standIn(keys, place);
    if ("reason" in stand) return refused("unreadable", stand.reason);
  }
  return {
    host: hostIn(keys),
    stands: (place) => {
      const stand = standIn(keys, place);
      return "value" in stand ? stand.value : "absent";
    },
    missing: (asked) => {
      const paths = new Map<string, string>();
      for (const key of asked) {
        const found = keys.get(key);
        if (found?.state !== "absent") continue;
        const parts = key.split("\\");
        for (let depth = found.below.split("\\").length + 1; depth <= parts.length; depth += 1) {
          const path = parts.slice(0, depth).join("\\");
          if (!paths.has(folded(path))) paths.set(folded(path), path);
        }
      }
      return [...paths.values()];
    },
  };
}

function valuesModifiedOutside(journal: Journal, seen: Seen): readonly ModifiedValue[] {
  return journal.head.entries.flatMap((entry) => {
    const stands = seen.stands(entry);
    const ours = [entry.to, entry.found, entry.original].some((value) => sameValue(value, stands));
    return ours ? [] : [{ address: addressOf(entry), stands: shownStored(stands) }];
  });
}

/** The first recorded original of a value: where a journal in force wrote what was found, what that journal keeps. */
function originalOf(wish: Wish, found: StoredValue, journals: readonly Journal[]): StoredValue {
  for (const journal of journals.toReversed()) {
    if (journal.head.kind !== "apply" || !isActive(journal, journals)) continue;
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
async function write(ports: ChangePorts, journals: Journals, intent: Intent, seen: Seen): Promise<ChangeOutcome> {
  const entries: JournalValue[] = intent.wishes.flatMap((wish) => {
    const found = seen.stands(wish);
    if (intent.kind === "apply" && sameValue(found, wish.to)) return [];
    const original = intent.kind === "apply" ? originalOf(wish, found, journals.readable) : found;
    return [{ ...wish, found, original }];
  });
  if (entries.length === 0) return { outcome: "nothing" };
  const creates = seen.missing(entries.filter(({ to }) => to !== "absent").map(({ key }) => key));
  // A key that is gone already is not removed by us, and must not come back when this fails.
  const gone = new Set(seen.missing(intent.removes).map(folded));
  const at = ports.now().toISOString();
  const head: JournalHead = {
    format: "mim-mail-journal",
    version: 1,
    id: journalId(at, journals),
    kind: intent.kind,
    of: intent.of,
    at,
    ...(seen.host === null ? {} : { host: seen.host }),
    ...(ports.journals.by === undefined ? {} : { by: ports.journals.by }),
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
    const kept = await ports.journals.read(head.id);
    if (kept !== headLine(head) || readJournal(kept) === null) throw new Error("it could not be read back");
  } catch (error) {
    return refused("journal-unwritable", `the journal cannot be written, so nothing was changed: ${reasonOf(error)}`);
  }
  return perform(ports, head, seen);
}

/** Sortable, readable, and never that of an earlier journal: `2026-11-23T10-00-00Z-1`. */
function journalId(at: string, { readable, setAside }: Journals): string {
  const moment = at.replace(/\.\d+/, "").replaceAll(":", "-");
  // A clock that was set back must not put a later journal before an earlier one. Only journals count: a file that
  // merely has such a name says nothing of the time.
  const last = readable.at(-1)?.head.id.slice(0, moment.length) ?? moment;
  const base = last > moment ? last : moment;
  const taken = [...readable.map(({ head }) => head.id), ...setAside.map(({ id }) => id)];
  const sameMoment = taken.filter((id) => id.startsWith(base)).map((id) => Number(id.slice(base.length + 1)) || 0);
  return `${base}-${String(Math.max(0, ...sameMoment) + 1).padStart(3, "0")}`;
}

/** Adds notes to a journal with one write. */
async function note(
  ports: ChangePorts,
  head: JournalHead,
  ...notes: readonly DistributedOmit<JournalNote>[]
): Promise<void> {
  if (notes.length === 0) return;
  const at = ports.now().toISOString();
  await ports.journals.append(head.id, notes.map((what) => noteLine({ ...what, at } as JournalNote)).join(""));
}
type DistributedOmit<Note> = Note extends JournalNote ? Omit<Note, "at"> : never;

/**
 * Makes every change of a journal that is not made yet, then removes the keys it takes away when they are empty. Stops
 * between any two of its steps when it is cancelled.
 */
async function perform(ports: ChangePorts, head: JournalHead, seen: Seen, force = false): Promise<ChangeOutcome> {
  const step = (text: string, fraction: number): void => {
    ports.progress?.(text, fraction);
    ports.signal?.throwIfAborted();
  };
  try {
    const { entries } = head;
    step(`Setting ${entries.length === 1 ? "1 value" : `${entries.length} values`}`, 0.2);
    await put(ports.registry, entries, seen, force, () => step("Reading back what was set", 0.6));
    await note(ports, head, ...entries.map(({ id }) => ({ note: "set", id }) as const));
    step(head.removes.length === 0 ? "Closing the journal" : "Removing empty keys", 0.9);
    const removed = await removeEmptyKeys(ports.registry, head.removes);
    await note(ports, head, ...removed.map((key) => ({ note: "keyRemoved", key }) as const));
    ports.signal?.throwIfAborted();
  } catch (error) {
    return rollBack(ports, head, error, force);
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
 * Writes the values of a journal that do not stand yet, all at once, and reads them back. Unless forced, throws before
 * it writes when one stands there that is neither what the journal found nor what it writes: someone else is at work.
 */
async function put(
  registry: Registry,
  entries: readonly JournalValue[],
  seen: Seen,
  force: boolean,
  written: () => void,
): Promise<void> {
  const todo = entries.filter((entry) => !sameValue(seen.stands(entry), entry.to));
  for (const entry of todo) {
    const stands = seen.stands(entry);
    if (!force && !sameValue(stands, entry.found)) throw new Error(changedBySomeone(entry, stands));
  }
  if (todo.length === 0) return;
  await registry.writeValues(todo);
  written();
  const after = await readStands(registry, todo);
  const wrong = todo.flatMap((entry, index) => {
    const stand = after[index];
    return stand !== undefined && "value" in stand && !sameValue(stand.value, entry.to)
      ? [{ entry, reason: wrongAfterWriting(entry, entry.to, stand.value) }]
      : [];
  });
  if (wrong[0] !== undefined) {
    throw new WrongAfterWriting(
      wrong.map(({ entry }) => entry),
      wrong[0].reason,
    );
  }
  for (const stand of after) if ("reason" in stand) throw new Error(stand.reason);
}

const changedBySomeone = (place: Place, stands: StoredValue): string =>
  `someone else has just changed ${addressOf(place)} to ${shownStored(stands)}`;

const wrongAfterWriting = (place: Place, to: StoredValue, stands: StoredValue): string =>
  `${addressOf(place)} was set to ${shownStored(to)} but reads ${shownStored(stands)}`;

/** What stands there after a write is not what was written. It is our own doing, whatever it is. */
class WrongAfterWriting extends Error {
  readonly entries: readonly JournalValue[];

  constructor(entries: readonly JournalValue[], message: string) {
    super(message);
    this.entries = entries;
  }
}

/** Deletes those of the keys that hold nothing, and makes sure that they are gone; gives the keys that are. */
async function removeEmptyKeys(registry: Registry, keys: readonly string[]): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  await registry.deleteEmptyKeys(keys);
  const after = await registry.readKeys(keys);
  const without = keys.filter((path) => {
    const key = after.get(path);
    return key?.state === "present" && Object.keys(key.values).length === 0;
  });
  const below = without.length === 0 ? new Map() : await registry.listSubKeys(without);
  for (const path of without) {
    const subKeys = below.get(path);
    if (subKeys?.state === "present" && subKeys.names.length === 0) {
      throw new Error(`${path} is empty and was not removed`);
    }
  }
  return keys.filter((path) => after.get(path)?.state === "absent");
}

/** Makes sure that keys are there. */
async function restoreKeys(registry: Registry, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await registry.createKeys(keys);
  const after = await registry.readKeys(keys);
  if (keys.some((key) => after.get(key)?.state !== "present")) throw new Error("it was not created");
}

/** Does something with all of them at once, and where that fails with each by itself; gives what failed even so. */
async function eachIfNotAll(
  keys: readonly string[],
  work: (keys: readonly string[]) => Promise<unknown>,
): Promise<readonly string[]> {
  try {
    await work(keys);
    return [];
  } catch {
    const failed: string[] = [];
    for (const key of keys) {
      await work([key]).catch((error: unknown) => failed.push(`${key}: ${reasonOf(error)}`));
    }
    return failed;
  }
}

/**
 * Puts back what the journal found for each of the values, all at once, and reads back. Gives those that do not stand as
 * they were found, and why: a value that someone else changed meanwhile is left. What our own write got wrong is ours.
 */
async function putBack(
  registry: Registry,
  entries: readonly JournalValue[],
  force: boolean,
  ours: Set<JournalValue>,
): Promise<ReadonlyMap<JournalValue, string>> {
  const failed = new Map<JournalValue, string>();
  let todo = entries;
  try {
    const before = await readStands(registry, entries);
    todo = entries.filter((entry, index) => {
      const stand = before[index] ?? { reason: "no answer" };
      if ("reason" in stand) failed.set(entry, stand.reason);
      else if (sameValue(stand.value, entry.found)) return false;
      else if (force || ours.has(entry) || sameValue(stand.value, entry.to)) return true;
      else failed.set(entry, changedBySomeone(entry, stand.value));
      return false;
    });
    if (todo.length === 0) return failed;
    await registry.writeValues(todo.map(({ key, name, found }) => ({ key, name, to: found })));
    const after = await readStands(registry, todo);
    for (const [index, entry] of todo.entries()) {
      const stand = after[index] ?? { reason: "no answer" };
      if ("reason" in stand) failed.set(entry, stand.reason);
      else if (!sameValue(stand.value, entry.found)) {
        ours.add(entry);
        failed.set(entry, wrongAfterWriting(entry, entry.found, stand.value));
      }
    }
  } catch (error) {
    for (const entry of todo) failed.set(entry, reasonOf(error));
  }
  return failed;
}

/**
 * Puts back whatever a journal found, and ends it. All at once; what that does not put back is tried one by one, so that
 * one that cannot be does not keep the others from it. A value someone else changed meanwhile is left, and said.
 */
async function rollBack(
  ports: ChangePorts,
  head: JournalHead,
  cause: unknown,
  force: boolean,
  asked = false,
): Promise<ChangeOutcome> {
  const reason = reasonOf(cause);
  const { registry } = ports;
  const ours = new Set(cause instanceof WrongAfterWriting ? cause.entries : []);
  ports.progress?.("Putting back what was set", 0.95);
  const left: string[] = [];
  const entries = head.entries.toReversed();
  for (const entry of (await putBack(registry, entries, force, ours)).keys()) {
    for (const why of (await putBack(registry, [entry], force, ours)).values())
      left.push(`${addressOf(entry)}: ${why}`);
  }
  left.push(...(await eachIfNotAll(head.creates.toReversed(), (keys) => removeEmptyKeys(registry, keys))));
  left.push(...(await eachIfNotAll(head.removes.toReversed(), (keys) => restoreKeys(registry, keys))));
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

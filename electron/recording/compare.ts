import type { InstallerRun } from "../contract/history.ts";
import { foldedAddress } from "./address-form.ts";
import type { Recording, RegistryKey, RegistryValue, TextFact } from "./recording.ts";
import { shownValue } from "./seen.ts";

/** The parts of a recording a difference can lie in, in the order they are given. */
export const differenceAreas = [
  "computer",
  "time",
  "windows",
  "registry",
  "services",
  "files",
  "texts",
  "accounts",
  "events",
  "journal",
  "installerRuns",
  "cloud",
] as const;
export type DifferenceArea = (typeof differenceAreas)[number];

/** What each part is called where a person reads it. */
export const areaTitles: Readonly<Record<DifferenceArea, string>> = {
  computer: "Computer",
  time: "Time of the recording",
  windows: "Windows",
  registry: "Registry",
  services: "Services",
  files: "Files",
  texts: "Configuration files",
  accounts: "Accounts",
  events: "Event logs",
  journal: "Journal",
  installerRuns: "Installer runs",
  cloud: "Cloud check",
};

/** One thing that is not the same in two recordings. */
export interface Difference {
  readonly area: DifferenceArea;
  /** What differs: a registry key or value, a file, an account, … */
  readonly address: string;
  readonly change: "added" | "removed" | "changed";
  /** As a person reads it; null for what was not there. */
  readonly from: string | null;
  readonly to: string | null;
}

type Shown = string | null;

/**
 * What differs between two recordings, in a fixed order. Addresses are compared without regard to case. When a
 * recording was made (`time`) and the list of journals (`journal`) have areas of their own, so that "the same in
 * everything but these two" can be told. Secrets were never recorded: a redacted value is compared by being there.
 */
export function compareRecordings(before: Recording, after: Recording): Difference[] {
  const differences: Difference[] = [];
  const note = (area: DifferenceArea, address: string, from: Shown, to: Shown): void => {
    if (from === to) return;
    const change = from === null ? "added" : to === null ? "removed" : "changed";
    differences.push({ area, address, change, from, to });
  };
  const noteEach = <Entry>(
    area: DifferenceArea,
    section: (recording: Recording) => Readonly<Record<string, Entry>>,
    shown: (entry: Entry) => string,
  ): void => {
    for (const [address, from, to] of paired(section(before), section(after))) {
      note(area, address, from === undefined ? null : shown(from), to === undefined ? null : shown(to));
    }
  };

  note("computer", "computer", before.computer, after.computer);
  note("time", "recordedAt", before.recordedAt, after.recordedAt);
  for (const part of ["caption", "build", "startedAt", "reason"] as const) {
    note("windows", part, before.windows?.[part] ?? null, after.windows?.[part] ?? null);
  }
  for (const [path, from, to] of paired(before.registry, after.registry)) {
    note("registry", path, stateOf(from), stateOf(to));
    for (const [name, one, other] of paired(valuesOf(from), valuesOf(to))) {
      note("registry", `${path}\\${name === "" ? "(Default)" : name}`, shownTyped(one), shownTyped(other));
    }
  }
  noteEach(
    "services",
    (recording) => recording.services,
    (service) =>
      service.state === "present"
        ? `${service.status}${service.startedAt ? `, started ${service.startedAt}` : ""}`
        : stateWord(service),
  );
  noteEach(
    "files",
    (recording) => recording.files,
    (file) => (file.state === "present" ? (file.version ? `version ${file.version}` : "present") : stateWord(file)),
  );
  for (const [path, from, to] of paired(before.texts, after.texts)) {
    const [one, other] = shownTexts(from, to);
    note("texts", path, one, other);
  }
  noteEach(
    "accounts",
    (recording) => recording.accounts,
    (account) => (account.state === "present" ? account.sid : stateWord(account)),
  );
  differences.push(...eventDifferences(before, after));
  for (const [id, from, to] of paired(byId(before.journal), byId(after.journal))) {
    note("journal", id, from ?? null, to ?? null);
  }
  for (const [address, from, to] of paired(byRun(before.installerRuns), byRun(after.installerRuns))) {
    note("installerRuns", address, from ?? null, to ?? null);
  }
  for (const [address, from, to] of paired(cloudFacts(before), cloudFacts(after))) {
    note("cloud", address, from ?? null, to ?? null);
  }
  return differences;
}

/** The differences but for when the recordings were made and the list of journals: what differs in the servers. */
export function serverDifferences(differences: readonly Difference[]): Difference[] {
  return differences.filter(({ area }) => area !== "time" && area !== "journal");
}

/** True when two recordings differ in nothing but when they were made and the list of journals. */
export function equalButTimeAndJournal(differences: readonly Difference[]): boolean {
  return serverDifferences(differences).length === 0;
}

/** The entries of two sections by address, case aside; the first section's spelling and order come first. */
function paired<Entry>(
  before: Readonly<Record<string, Entry>>,
  after: Readonly<Record<string, Entry>>,
): [string, Entry | undefined, Entry | undefined][] {
  const pairs = new Map<string, [string, Entry | undefined, Entry | undefined]>();
  for (const [address, entry] of Object.entries(before)) {
    pairs.set(foldedAddress(address), [address, entry, undefined]);
  }
  for (const [address, entry] of Object.entries(after)) {
    const pair = pairs.get(foldedAddress(address));
    pairs.set(foldedAddress(address), pair ? [pair[0], pair[1], entry] : [address, undefined, entry]);
  }
  return [...pairs.values()];
}

function stateWord(fact: { state: "absent" } | { state: "unreadable"; reason: string }): string {
  return fact.state === "absent" ? "absent" : `unreadable: ${fact.reason}`;
}

function stateOf(key: RegistryKey | undefined): Shown {
  if (key === undefined) return null;
  return key.state === "present" ? "present" : stateWord(key);
}

function valuesOf(key: RegistryKey | undefined): Readonly<Record<string, RegistryValue>> {
  return key?.state === "present" ? key.values : {};
}

/** A value with its type, so that the same digits as text and as a number are seen to differ. */
function shownTyped(value: RegistryValue | undefined): Shown {
  if (value === undefined) return null;
  // An array's items are told apart from one text that only looks like them joined.
  const data = "data" in value ? JSON.stringify(value.data) : shownValue(value);
  return `${value.type} ${data}`;
}

/** A text is summarised by its lines: how many there are, and how many of them the other text does not have. */
function shownTexts(before: TextFact | undefined, after: TextFact | undefined): [Shown, Shown] {
  if (before?.state !== "present" || after?.state !== "present") {
    const shown = (text: TextFact | undefined): Shown => {
      if (text === undefined) return null;
      return text.state === "present" ? lineCount(linesOf(text.text).length) : stateWord(text);
    };
    return [shown(before), shown(after)];
  }
  if (before.text === after.text) return [null, null];
  const one = linesOf(before.text);
  const other = linesOf(after.text);
  const gone = missingFrom(one, other);
  const come = missingFrom(other, one);
  if (gone === 0 && come === 0)
    return [`${lineCount(one.length)}`, `${lineCount(other.length)}, in another order or form`];
  return [`${lineCount(one.length)}, ${gone} taken away`, `${lineCount(other.length)}, ${come} new`];
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function lineCount(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}

/** How many lines have no partner in the other text; a line that stands twice needs two partners. */
function missingFrom(lines: readonly string[], others: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  let missing = 0;
  for (const line of lines) {
    const count = left.get(line) ?? 0;
    if (count === 0) missing += 1;
    else left.set(line, count - 1);
  }
  return missing;
}

function eventDifferences(before: Recording, after: Recording): Difference[] {
  const [one, other] = [before.events, after.events];
  const address = "event logs";
  if (one?.state === "present" && other?.state === "present") {
    // Joined by what stands in no event's fields: there may be tens of thousands of them.
    const key = ({ log, provider, id, level, at, text }: (typeof one.items)[number]): string =>
      `${at}\u0000${id}\u0000${level ?? ""}\u0000${provider}\u0000${log}\u0000${text}`;
    const [earlier, later] = [one.items.map(key), other.items.map(key)];
    const gone = missingFrom(earlier, later);
    const come = missingFrom(later, earlier);
    const found: Difference[] = [];
    const events = (count: number): string => (count === 1 ? "1 event" : `${count} events`);
    if (gone > 0) found.push({ area: "events", address, change: "removed", from: events(gone), to: null });
    if (come > 0) found.push({ area: "events", address, change: "added", from: null, to: events(come) });
    return found;
  }
  const shown = (events: Recording["events"]): Shown => {
    if (events === null || events === undefined) return null;
    return events.state === "present" ? `read, ${events.items.length} found` : stateWord(events);
  };
  const [from, to] = [shown(one), shown(other)];
  if (from === to) return [];
  return [{ area: "events", address, change: from === null ? "added" : to === null ? "removed" : "changed", from, to }];
}

function byId(journal: Recording["journal"]): Record<string, string> {
  return Object.fromEntries(
    journal.map((entry) => {
      const changes = entry.changes?.length ?? 0;
      const when = entry.endedAt ?? entry.startedAt ?? "at a time not recorded";
      return [entry.id, `${entry.state ?? "state not recorded"}, ${changes} changes, ${when}`];
    }),
  );
}

function byRun(runs: readonly InstallerRun[]): Record<string, string> {
  return Object.fromEntries(
    runs.map((run, index) => [
      `run of ${run.startedAt ?? run.endedAt ?? `number ${index + 1}`}`,
      [
        `exit code ${run.exitCode ?? "not recorded"}`,
        run.endedAt && `ended ${run.endedAt}`,
        run.productCode,
        run.firstFailure && `first failure ${run.firstFailure}`,
        run.log && `log ${run.log}`,
        run.secretsInLog && `${run.secretsInLog} secrets in the log`,
      ]
        .filter(Boolean)
        .join(", "),
    ]),
  );
}

function cloudFacts(recording: Recording): Record<string, string> {
  const cloud = recording.cloud;
  if (!cloud) return {};
  const attempt = (made: typeof cloud.signIn): string =>
    made ? (made.error ?? (made.ok ? "succeeded" : "failed")) : "not made";
  return {
    checkedAt: cloud.at,
    signIn: attempt(cloud.signIn),
    roles: cloud.roles ? [...cloud.roles].sort().join(", ") || "none" : "not known",
    ews: attempt(cloud.ews),
  };
}

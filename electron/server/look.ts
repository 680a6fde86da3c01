import type { RegistryReader } from "../changes/registry.ts";
import { fixedKeys, fixedServices, furtherAddresses, uninstallRoots } from "../facts/addresses.ts";
import type { Recording, RegistryKey } from "../recording/recording.ts";
import { redactRecording } from "../recording/redact.ts";
import type { Machine } from "./machine.ts";
import type { LookProgress } from "./server.ts";

/** Further addresses come in two or three rounds; more means that the rules ask in a circle. */
const roundLimit = 12;

export interface LookPorts {
  readonly registry: RegistryReader;
  readonly machine: Machine;
  readonly now: () => Date;
}

export interface LookOptions {
  readonly signal?: AbortSignal;
  readonly progress?: LookProgress;
}

/**
 * Looks at a server: what is installed, the keys every server is asked for, then whatever these lead to, until nothing
 * new comes. Of the other programs installed nothing is kept, not even their names. Secrets, encrypted values and
 * tokens are redacted before the recording leaves this function. Never writes.
 * Rejects with the signal's reason when cancelled.
 */
export async function look(ports: LookPorts, options: LookOptions = {}): Promise<Recording> {
  const { registry, machine, now } = ports;
  const { signal, progress = () => {} } = options;
  const recording: Recording = {
    format: "mim-mail-recording",
    version: 1,
    recordedAt: now().toISOString(),
    computer: "",
    windows: null,
    registry: {},
    services: {},
    files: {},
    texts: {},
    accounts: {},
    events: null,
    journal: [],
    installerRuns: [],
    cloud: null,
  };
  const stage = (text: string, fraction: number): void => {
    signal?.throwIfAborted();
    progress(text, fraction);
  };

  stage("Reading the registry", 0);
  // The roots with the rest: a registry that keeps what it was asked then needs no call of their own for them.
  await addKeys(recording, registry, [...fixedKeys, ...uninstallRoots]);

  stage("Looking for the installed product", 0.2);
  Object.assign(recording.registry, await installedProducts(registry));

  stage("Reading Windows", 0.4);
  await machine.prepare?.(furtherAddresses(recording));
  const { computer, windows } = await machine.identity();
  recording.computer = computer;
  recording.windows = windows;

  stage("Reading the service", 0.5);
  for (const name of fixedServices) recording.services[name] = await machine.service(name);

  for (let round = 0; round < roundLimit; round++) {
    stage("Reading files and accounts", Math.min(0.6 + round * 0.05, 0.8));
    // Accounts first: they lead to keys, and all keys of a round are read together.
    const accounts = unread(recording.accounts, furtherAddresses(recording).accounts);
    for (const name of accounts) {
      signal?.throwIfAborted();
      recording.accounts[name] = await machine.account(name);
    }
    const further = furtherAddresses(recording);
    const keys = unread(recording.registry, further.keys);
    const files = unread(recording.files, further.files);
    const texts = unread(recording.texts, further.texts);
    if (keys.length + files.length + texts.length + accounts.length === 0) break;
    if (keys.length > 0) await addKeys(recording, registry, keys);
    for (const path of files) {
      signal?.throwIfAborted();
      recording.files[path] = await machine.file(path);
    }
    for (const path of texts) {
      signal?.throwIfAborted();
      recording.texts[path] = await machine.text(path);
    }
  }

  stage("Reading the event log", 0.85);
  recording.events = await machine.events();
  recording.updates = await machine.updates();
  Object.assign(recording, await machine.history());

  stage("Done", 1);
  return redactRecording(recording);
}

/** The Uninstall keys of Identity Manager's own products, and their parents, which say that the view was listed. */
async function installedProducts(registry: RegistryReader): Promise<Record<string, RegistryKey>> {
  const kept: Record<string, RegistryKey> = {};
  const listed = await registry.listSubKeys(uninstallRoots);
  const candidates: string[] = [];
  for (const root of uninstallRoots) {
    const subKeys = listed.get(root) ?? { state: "unreadable", reason: "the registry gave no answer" };
    if (subKeys.state === "present") {
      // The root's own values say nothing about products and are not kept.
      kept[root] = { state: "present", values: {} };
      // Products of Windows Installer are named by their product code; all others cannot be this one.
      candidates.push(...subKeys.names.filter((name) => name.startsWith("{")).map((name) => `${root}\\${name}`));
    } else {
      kept[root] = subKeys;
    }
  }
  if (candidates.length === 0) return kept;
  const closed: string[] = [];
  for (const [key, found] of await registry.readKeys(candidates)) {
    if (isIdentityManager(found)) kept[key] = recorded(found);
    if (found.state === "unreadable") closed.push(key);
  }
  for (const root of uninstallRoots) {
    // A product behind a closed key may be this one, so the view does not count as listed.
    const key = closed.find((candidate) => candidate.startsWith(`${root}\\`));
    if (key) kept[root] = { state: "unreadable", reason: "one of its entries could not be read" };
  }
  return kept;
}

function isIdentityManager(key: RegistryKey): boolean {
  if (key.state !== "present") return false;
  return Object.entries(key.values).some(
    ([name, value]) =>
      name.toLowerCase() === "displayname" &&
      "data" in value &&
      typeof value.data === "string" &&
      value.data.toLowerCase().includes("identity manager"),
  );
}

async function addKeys(recording: Recording, registry: RegistryReader, keys: readonly string[]): Promise<void> {
  const wanted = unread(recording.registry, keys);
  if (wanted.length === 0) return;
  const found = await registry.readKeys(wanted);
  for (const key of wanted) {
    recording.registry[key] = recorded(found.get(key));
  }
}

/** A key as a recording holds it, without what only a change asks for. */
function recorded(key: RegistryKey | undefined): RegistryKey {
  if (key === undefined) return { state: "unreadable", reason: "the registry gave no answer" };
  return key.state === "absent" ? { state: "absent" } : key;
}

/** The addresses that are not in the record yet; Windows compares all of them without regard to case. */
function unread(record: Readonly<Record<string, unknown>>, addresses: readonly string[]): string[] {
  const seen = new Set(Object.keys(record).map((address) => address.toLowerCase()));
  return addresses.filter((address) => {
    const folded = address.toLowerCase();
    if (seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}

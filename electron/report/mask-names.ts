import type { Target } from "../contract/target.ts";
import type { Recording, RegistryKey } from "../recording/recording.ts";
import { folded, type NamesSeen, namesIn } from "./names-seen.ts";

/** Replaces names, the same name by the same mask wherever it stands. */
export interface Mask {
  /** A recording without names, which gives the verdicts the recording gave. */
  readonly recording: (recording: Recording) => Recording;
  readonly target: (target: Target) => Target;
  /** Any other part of a report: each of its texts. */
  readonly value: <Value>(value: Value) => Value;
  /** The sentences that tell a reader of the report what was done and what that cannot do. */
  readonly notes: readonly string[];
}

/** A numbered mask a name; numbers are given in the order the names come. */
function numbered(): (name: string) => number {
  const numbers = new Map<string, number>();
  return (name) => {
    const key = folded(name);
    const known = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, known);
    return known;
  };
}

const address =
  /(?<![\p{L}\p{N}._%+'$-])([\p{L}\p{N}._%+'$-]{1,64})@((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}-])/gu;
const securityId = /\bS-1-5-21-(\d{1,10}-\d{1,10}-\d{1,10})(?:-(\d{1,10}))?(?![\d-])/gi;
const profileFolder = /(\\Users\\)([^\\/:*?"<>|\r\n]{1,64})/gi;
const commonName = /(\bCN=)([^,;"<>\r\n]{1,64})/gi;
const qualified = /(?<![\p{L}\p{N}\\:._-])([\p{L}\p{N}-]{1,15})\\([\p{L}\p{N}._-]{1,64}\$?)/gu;
const host = /(?<![\p{L}\p{N}._@-])(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}-])/gu;

/** Folders below Users that belong to nobody. */
const sharedProfiles: readonly string[] = ["public", "default", "default user", "all users", "administrator"];

/** Relative identifiers below this are the same in every domain: 500 is its administrator. */
const firstOwnIdentifier = 1000;

/** Fields that hold the words of a format and not of a server. */
const formatFields = new Set(["format", "version", "state", "type", "level", "finding", "status", "kind"]);

/** What of a target may hold a name. */
const typedFields = ["applicationId", "tenantId", "serviceAccount", "serviceEmail", "mailHost"] as const;

/** Moments, the journals' names that are made of them, and GUIDs: no part of one is a name. */
const noName =
  /(\d{4}-\d\d-\d\d(?:T\d\d[:-]\d\d(?:[:-]\d\d(?:[.-]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})/i;

const word = /[\p{L}\p{N}]+/gu;

/**
 * Replaces names where they stand as words of their own in a text, the longest first, so that a name inside another does
 * not break it. Takes the text once, however many names there are: each is found by its first word.
 * @param names folded
 */
function nameFinder(names: readonly string[]): (text: string, mask: (name: string) => string) => string {
  const known = new Set(names);
  /** By first word: how far it stands inside a name, and how long the name is. */
  const shapes = new Map<string, { readonly inside: number; readonly length: number }[]>();
  for (const name of known) {
    const first = /[\p{L}\p{N}]+/u.exec(name);
    if (first === null) continue;
    const shape = { inside: first.index, length: name.length };
    const same = shapes.get(first[0]) ?? [];
    shapes.set(first[0], same);
    if (!same.some(({ inside, length }) => inside === shape.inside && length === shape.length)) same.push(shape);
  }
  for (const same of shapes.values()) same.sort((one, other) => other.length - one.length);

  const inPart = (part: string, mask: (name: string) => string): string => {
    const plain = folded(part);
    let masked = "";
    let done = 0;
    for (const { 0: first, index } of plain.matchAll(word)) {
      for (const { inside, length } of shapes.get(first) ?? []) {
        const from = index - inside;
        const to = from + length;
        if (from < done || !known.has(plain.slice(from, to))) continue;
        if (inside > 0 && /[\p{L}\p{N}]$/u.test(plain.slice(Math.max(0, from - 2), from))) continue;
        if (/^[\p{L}\p{N}]/u.test(plain.slice(to, to + 2))) continue;
        masked += part.slice(done, from) + mask(part.slice(from, to));
        done = to;
        break;
      }
    }
    return masked + part.slice(done);
  };
  if (shapes.size === 0) return (text) => text;
  // Every second part is what is no name.
  return (text, mask) =>
    text
      .split(noName)
      .map((part, index) => (index % 2 === 0 ? inPart(part, mask) : part))
      .join("");
}

/**
 * A mask for everything that goes into one report: computers, domains, accounts with their SIDs, mailboxes and people.
 * Names are learnt where a recording or a target tells them as names, and then replaced in every text: keys, paths,
 * events, settings. Application and tenant IDs stay: they name no person, and the verdicts rest on them.
 */
export function createMask(given: {
  readonly recordings: readonly Recording[];
  readonly targets: readonly Target[];
}): Mask {
  const seen: NamesSeen = namesIn(given.recordings, given.targets);
  const computerNumber = numbered();
  const domainNumber = numbered();
  const accountNumber = numbered();
  const mailboxNumber = numbered();
  const personNumber = numbered();
  const hostNumber = numbered();
  const sidDomainNumber = numbered();
  const sidNumber = numbered();
  const dnsNumbers = new Map<string, Map<string, number>>();

  const account = (name: string): string => {
    const managed = name.endsWith("$");
    return `account-${accountNumber(managed ? name.slice(0, -1) : name)}${managed ? "$" : ""}`;
  };
  /** contoso.com is the domain CONTOSO: both have one number, so that two spellings of an account stay one account. */
  const dnsDomain = (name: string): string => {
    const lower = name.toLowerCase();
    const label = lower.split(".")[0] ?? lower;
    const number = domainNumber(label);
    const known = dnsNumbers.get(label) ?? new Map<string, number>();
    dnsNumbers.set(label, known);
    const variant = known.get(lower) ?? known.size + 1;
    known.set(lower, variant);
    return variant === 1 ? `domain-${number}.example` : `domain-${number}.${variant}.example`;
  };

  const isAccount = (name: string): boolean => seen.accounts.has(folded(name).replace(/\$$/, ""));
  const isDomain = (name: string): boolean => seen.domains.has(folded(name));

  /** The part of a host's name that is a domain told as one; null when none is. */
  function domainOf(name: string): string | null {
    const labels = folded(name).split(".");
    for (let at = 0; at < labels.length - 1; at += 1) {
      const domain = labels.slice(at).join(".");
      const label = labels[at] ?? "";
      if (seen.dnsDomains.has(domain) || (isDomain(label) && !seen.ordinary.has(label))) return domain;
    }
    return null;
  }

  function hostMask(name: string): string {
    const domain = domainOf(name);
    if (domain === null) return name;
    if (domain.length === name.length) return dnsDomain(domain);
    const own = name.slice(0, name.length - domain.length - 1);
    const mask = seen.computers.has(folded(own)) ? `COMPUTER-${computerNumber(own)}` : `host-${hostNumber(own)}`;
    return `${mask}.${dnsDomain(domain)}`;
  }

  const bareNames = nameFinder(
    [...seen.computers, ...seen.domains, ...seen.accounts].filter((name) => !seen.ordinary.has(name)),
  );
  const peoplesNames = nameFinder([...seen.people]);

  function bareMask(name: string): string {
    const lower = folded(name);
    if (seen.computers.has(lower)) return `COMPUTER-${computerNumber(name)}`;
    if (seen.domains.has(lower)) return `DOMAIN-${domainNumber(name)}`;
    return account(name);
  }

  function text(value: string): string {
    const masked = peoplesNames(value, (name) => `person ${personNumber(name)}`)
      .replace(profileFolder, (whole: string, before: string, name: string) => {
        if (sharedProfiles.includes(name.trim().toLowerCase())) return whole;
        return isAccount(name) ? `${before}${account(name)}` : `${before}person ${personNumber(name)}`;
      })
      .replace(commonName, (_whole, before: string, name: string) => `${before}person ${personNumber(name)}`)
      .replace(address, (_whole, local: string, domain: string) =>
        isAccount(local)
          ? `${account(local)}@${dnsDomain(domain)}`
          : `mailbox-${mailboxNumber(`${local}@${domain}`)}@${dnsDomain(domain)}`,
      )
      .replace(securityId, (_whole, domain: string, own: string | undefined) => {
        const shown = `S-1-5-21-0-0-${sidDomainNumber(domain)}`;
        if (own === undefined) return shown;
        const number = Number(own);
        return `${shown}-${number < firstOwnIdentifier ? number : firstOwnIdentifier + sidNumber(`${domain}-${own}`)}`;
      })
      .replace(qualified, (whole: string, domain: string, name: string) => {
        if (isDomain(domain)) return `DOMAIN-${domainNumber(domain)}\\${account(name)}`;
        if (seen.computers.has(folded(domain))) return `COMPUTER-${computerNumber(domain)}\\${account(name)}`;
        return whole;
      })
      .replace(/(?<![^\s"'(<>=])\.\\([\p{L}\p{N}._-]{1,64}\$?)/gu, (whole: string, name: string) =>
        isAccount(name) ? `.\\${account(name)}` : whole,
      )
      .replace(host, hostMask);
    return bareNames(masked, bareMask);
  }

  /** The computer's own name goes even where it is a common word. */
  function computer(name: string): string {
    const masked = text(name);
    return masked === name && name !== "" ? `COMPUTER-${computerNumber(name)}` : masked;
  }

  function value<Value>(given: Value): Value {
    if (typeof given === "string") return text(given) as Value;
    if (Array.isArray(given)) return given.map((item) => value(item)) as Value;
    if (typeof given !== "object" || given === null) return given;
    const masked: Record<string, unknown> = {};
    for (const [name, inner] of Object.entries(given)) {
      masked[name] = formatFields.has(name) ? inner : value(inner);
    }
    return masked as Value;
  }

  /** The fields of a target that were typed; the others are words of the format and days. */
  function maskedTexts(target: Target): Partial<Target> {
    const masked: Partial<Record<(typeof typedFields)[number], string>> = {};
    for (const field of typedFields) {
      const typed = target[field];
      if (typed !== undefined) masked[field] = text(typed);
    }
    return masked;
  }

  /** Addresses are masked as well; of two that fall on one the first stays, as a reader would find it. */
  function section<Entry>(given: Readonly<Record<string, Entry>>): Record<string, Entry> {
    const masked: Record<string, Entry> = {};
    for (const [name, entry] of Object.entries(given)) {
      const shown = text(name);
      if (!Object.hasOwn(masked, shown)) masked[shown] = value(entry);
    }
    return masked;
  }

  function key(given: RegistryKey): RegistryKey {
    return given.state === "present" ? { state: "present", values: value(given.values) } : value(given);
  }

  return {
    recording: (recording) => ({
      ...value({ ...recording, registry: {}, services: {}, files: {}, texts: {}, accounts: {} }),
      computer: computer(recording.computer),
      registry: Object.fromEntries(Object.entries(recording.registry).map(([path, one]) => [text(path), key(one)])),
      services: Object.fromEntries(Object.entries(recording.services).map(([name, one]) => [name, value(one)])),
      files: section(recording.files),
      texts: section(recording.texts),
      accounts: section(recording.accounts),
    }),
    target: (target) => ({
      ...target,
      ...maskedTexts(target),
      ...(target.accepted === undefined
        ? {}
        : {
            accepted: target.accepted.map((one) => ({
              ...one,
              by: `person ${personNumber(one.by)}`,
              reason: text(one.reason),
            })),
          }),
    }),
    value,
    notes: maskNotes(seen),
  };
}

function maskNotes(seen: NamesSeen): string[] {
  const notes = [
    "Names are masked: computers, domains, accounts with their SIDs, mailboxes and people have numbers in their place, the same number for the same name. Application and tenant IDs stay as they are.",
    "A name that stands in the text of an event and is told as a name nowhere cannot be known as one. Read the report before you hand it on.",
  ];
  const kept = [...seen.computers, ...seen.domains, ...seen.accounts].filter((name) => seen.ordinary.has(name)).length;
  if (kept > 0) {
    const names = kept === 1 ? "One name is" : `${kept} names are`;
    notes.push(
      `${names} also a common word or very short: masked in an account or an address, and left where it stands alone.`,
    );
  }
  return notes;
}

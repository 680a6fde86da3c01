import { journalStateSchema } from "../contract/change.ts";
import { authenticationSchema, mailServerSchema } from "../contract/mail-server.ts";
import { statuses } from "../contract/status.ts";
import { type Target, tlsProfiles } from "../contract/target.ts";
import type { Recording } from "../recording/recording.ts";

/** The names that recordings and targets tell as names; all in lower case. */
export interface NamesSeen {
  readonly computers: ReadonlySet<string>;
  /** Short names of domains: `contoso` of `CONTOSO\svcMIM`. */
  readonly domains: ReadonlySet<string>;
  readonly dnsDomains: ReadonlySet<string>;
  /** Without the domain and the `$` of a managed account. */
  readonly accounts: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  /** Those of them that are words of Windows, of the product or of any sentence, or too short to be told from one. */
  readonly ordinary: ReadonlySet<string>;
}

/** A name shorter than this is not looked for on its own: "AD" stands in many a word and sentence. */
const shortestName = 3;

/** Domains of Windows itself. */
const systemDomains: readonly string[] = ["nt authority", "nt service", "builtin", "iis apppool", "."];

/** Hosts and domains of Microsoft's cloud, which are the same for everyone. */
const microsoftDomain =
  /(^|\.)(microsoft|microsoftonline|office|office365|outlook|windows|azure|live|partner\.outlook)\.(com|net|cn|us|de)$|(^|\.)(microsoftonline|outlook\.office|office365)\.us$/;

/** Words that are no one's name where they stand alone, beside those the recording's own addresses hold. */
const commonWords: readonly string[] =
  "account accounts admin administrator app application cloud computer corp database domain error event example exchange group guest home host identity local localhost localservice localsystem log login mail mailbox main manager microsoft mim mimservice network networkservice none office office365 online person portal prod production root security server service services sql sync system test the this user users windows".split(
    " ",
  );

/** The words of the formats themselves, which a name may be as well: a mail host called "smtp". */
const formatWords: readonly string[] = [
  ...mailServerSchema.options,
  ...authenticationSchema.options,
  ...tlsProfiles,
  ...statuses,
  ...journalStateSchema.options,
  ..."absent apply critical error false information level live null ok paused pending practice present reason recorded recording redacted running state status stopped true type undo unreadable value values verbose version warning".split(
    " ",
  ),
].map((word) => word.toLowerCase());

/** Values whose data are the name of a computer. */
const hostValue = /(server|host|computer)(name)?$/i;
const dataSource = /\b(?:data source|server)\s*=\s*([^;"'<>\s\\,()]{1,64})/gi;
const address = /(?<![\p{L}\p{N}._%+'$-])[\p{L}\p{N}._%+'$-]{1,64}@((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})/gu;
const profileFolder = /\\Users\\([^\\/:*?"<>|\r\n]{1,64})/gi;

/**
 * A text in the form in which two spellings of a name are the same, character by character: it is as long as the text,
 * so that a place in it is a place in the text.
 */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return [...text].map((one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join("");
}

/** Collects the names of everything that goes into one report. */
export function namesIn(recordings: readonly Recording[], targets: readonly Target[]): NamesSeen {
  const computers = new Set<string>();
  const domains = new Set<string>();
  const dnsDomains = new Set<string>();
  const accounts = new Set<string>();
  const people = new Set<string>();
  const words = new Set([...commonWords, ...formatWords]);

  const add = (names: Set<string>, name: string): void => {
    const lower = folded(name.trim());
    if (lower !== "" && /\p{L}/u.test(lower)) names.add(lower);
  };
  const addDns = (name: string): void => {
    if (!microsoftDomain.test(name.toLowerCase())) add(dnsDomains, name);
  };
  const addAddresses = (text: string): void => {
    for (const [, domain = ""] of text.matchAll(address)) addDns(domain);
  };
  const addComputer = (name: string): void => {
    // An instance behind a backslash, a port behind a comma or a colon.
    const plain = name.trim().split(/[\\,:]/)[0] ?? "";
    if (/^\d+(\.\d+){3}$/.test(plain) || !/^[\p{L}\p{N}._-]+$/u.test(plain)) return;
    const [own = "", ...rest] = plain.split(".");
    const domain = rest.join(".");
    if (domain !== "" && microsoftDomain.test(domain.toLowerCase())) return;
    add(computers, own);
    if (domain !== "") addDns(domain);
  };
  const addAccount = (name: string): void => {
    const parts = /^([^\\@]+)\\([^\\@]+)$/.exec(name.trim());
    if (parts !== null) {
      const [, domain = "", own = ""] = parts;
      if (systemDomains.includes(domain.trim().toLowerCase())) {
        if (domain.trim() === ".") add(accounts, own.replace(/\$$/, ""));
        return;
      }
      add(domains, domain);
      add(accounts, own.replace(/\$$/, ""));
      return;
    }
    const principal = /^([^\\@]+)@([^\\@]+)$/.exec(name.trim());
    if (principal === null) return;
    add(accounts, (principal[1] ?? "").replace(/\$$/, ""));
    addDns(principal[2] ?? "");
  };

  for (const recording of recordings) {
    addComputer(recording.computer);
    for (const name of Object.keys(recording.accounts)) addAccount(name);
    for (const service of Object.values(recording.services)) {
      if (service.state === "present" && service.account) addAccount(service.account);
    }
    for (const [path, key] of Object.entries(recording.registry)) {
      if (/^(HKLM|HKEY_LOCAL_MACHINE)\\/i.test(path)) for (const word of wordsOf(path)) words.add(word);
      if (key.state !== "present") continue;
      for (const [name, stored] of Object.entries(key.values)) {
        words.add(name.toLowerCase());
        if (!("data" in stored) || typeof stored.data !== "string") continue;
        if (/^ObjectName$|account$/i.test(name)) addAccount(stored.data);
        if (hostValue.test(name)) addComputer(stored.data);
        addAddresses(stored.data);
      }
    }
    for (const [name, service] of Object.entries(recording.services)) {
      words.add(name.toLowerCase());
      if (service.state === "present") words.add(service.status.toLowerCase());
    }
    for (const fact of Object.values(recording.texts)) {
      if (fact.state !== "present") continue;
      addAddresses(fact.text);
      for (const [, name = ""] of fact.text.matchAll(dataSource)) addComputer(name);
    }
    for (const path of [...Object.keys(recording.files), ...recording.installerRuns.map(({ log }) => log ?? "")]) {
      for (const [, name = ""] of path.matchAll(profileFolder)) if (!/\s/.test(name)) add(accounts, name);
    }
    const events = recording.events?.state === "present" ? recording.events.items : [];
    for (const { provider, log } of events) for (const word of wordsOf(`${provider} ${log}`)) words.add(word);
    for (const { by } of recording.journal) {
      if (by?.includes("\\")) addAccount(by);
      else if (by) add(accounts, by);
    }
    if (recording.cloud?.mailbox) addAddresses(recording.cloud.mailbox);
  }
  for (const target of targets) {
    if (target.serviceAccount !== undefined) addAccount(target.serviceAccount);
    if (target.serviceEmail !== undefined) addAddresses(target.serviceEmail);
    if (target.mailHost !== undefined) addComputer(target.mailHost);
    for (const { by } of target.accepted ?? []) {
      if (by.trim().length >= shortestName && !words.has(by.trim().toLowerCase())) add(people, by);
    }
  }
  for (const domain of domains) if (systemDomains.includes(domain)) domains.delete(domain);
  const named = [...computers, ...domains, ...accounts];
  const ordinary = new Set(named.filter((name) => name.length < shortestName || words.has(name)));
  return { computers, domains, dnsDomains, accounts, people, ordinary };
}

function wordsOf(path: string): string[] {
  return path.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

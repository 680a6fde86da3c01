import type { CloudCheck, InstallerRun, JournalEntry, RelayCheck } from "../contract/history.ts";
import type { FurtherAddresses } from "../facts/addresses.ts";
import type {
  AccountFact,
  EventsFact,
  FileFact,
  ServiceFact,
  TextFact,
  UpdatesFact,
  WindowsFact,
} from "../recording/recording.ts";

/** What is known of the work done so far: journals, runs of the installer, the last checks of the cloud and the relay. */
export interface History {
  readonly journal: JournalEntry[];
  readonly installerRuns: InstallerRun[];
  readonly cloud: CloudCheck | null;
  readonly relay?: RelayCheck | null;
}

/**
 * Everything a look asks of a machine beside its registry. Whatever cannot be read is answered as `unreadable` with
 * its reason; nothing rejects because one thing is closed. Nothing here writes.
 */
export interface Machine {
  /**
   * Told what will be asked for, as far as the registry says it, before anything else is: for a machine that reads
   * everything in one go.
   */
  prepare?(further: FurtherAddresses): Promise<void>;
  /** The computer's name and what is known of its Windows. */
  identity(): Promise<{ readonly computer: string; readonly windows: WindowsFact }>;
  service(name: string): Promise<ServiceFact>;
  /** Whether a file or folder is there, and a file's version where it can be read. */
  file(path: string): Promise<FileFact>;
  /** The text of a configuration file, its secrets still in it. */
  text(path: string): Promise<TextFact>;
  /** The SID of an account, `DOMAIN\name` or a built-in account's name. */
  account(name: string): Promise<AccountFact>;
  /** The events the checklist asks about: Event 12 of MIM's providers and the token message. */
  events(): Promise<EventsFact>;
  /** The updates Windows lists as installed; null where they tell nothing. */
  updates(): Promise<UpdatesFact | null>;
  history(): Promise<History>;
}

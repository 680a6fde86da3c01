import type { InstallerRun, LogLine } from "../contract/history.ts";
import { installerSucceeded } from "../contract/installer-outcome.ts";
import type { MessageLevel } from "./log-event.ts";
import type { SecretSign } from "./log-secrets.ts";

/** How a log's characters are written; `8-bit` is any code page that is not valid UTF-8. */
export type LogEncoding = "UTF-16LE" | "UTF-8" | "ASCII" | "8-bit";

/**
 * Where a run is: `begun` before its first page, `pages` while the person goes through them, `installing` once the
 * server is being changed, `ended` when the log tells how it ended.
 */
export type LogPhase = "begun" | "pages" | "installing" | "ended";

/** A dialog that was shown, in the order of the log. */
export interface ShownDialog {
  readonly name: string;
  /** Local time as the log has it; the day is not in it. */
  readonly time: string;
  readonly line: number;
}

/** One run of an action. A dialog is an action too. */
export interface RunAction {
  readonly name: string;
  readonly line: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** 0 not run, 1 succeeded, 2 cancelled, 3 failed, 4 suspended; null while it runs. */
  readonly returnValue: number | null;
}

export interface FailedAction {
  readonly action: string;
  readonly time: string;
  readonly line: number;
  /** The custom action that had failed just before; it is the cause, the action only ran it. */
  readonly customAction: string | null;
  /** True when it failed in a run within the run: while the older version was removed. */
  readonly nested: boolean;
  /** What was said last before it by others than the engine: a custom action's own words. */
  readonly said: readonly LogLine[];
  /** The lines around it. */
  readonly around: readonly LogLine[];
}

/** A message of the installer with a code, told once however often it stands in the log. */
export interface LogMessage {
  readonly code: number;
  readonly level: MessageLevel;
  /** The whole of it, also where it goes on over several lines. */
  readonly text: string;
  readonly line: number;
  readonly count: number;
  readonly around: readonly LogLine[];
}

/** A custom action that failed. */
export interface FailedCustomAction {
  /** Empty where the log leaves it out. */
  readonly name: string;
  readonly code: number;
  readonly line: number;
  /** True when the installer was told to go on all the same. */
  readonly ignored: boolean;
  readonly around: readonly LogLine[];
}

/** What a run does to the product. */
export type RunKind = "install" | "change" | "repair" | "remove" | "update" | "removeUpdate" | "upgrade";

/**
 * What became of what a run had begun to change: nothing was begun, it was rolled back, or it stays half done as
 * rollback is switched off. Null when the log does not tell, and for a run that succeeded.
 */
export type RollbackState = "nothingBegun" | "rolledBack" | "switchedOff";

/** An action with the seconds it took. */
export interface TimedAction {
  readonly name: string;
  readonly line: number;
  readonly startedAt: string;
  readonly seconds: number;
}

/** A property that was changed while the person went through the pages. */
export interface ChangedProperty {
  readonly name: string;
  /** Null where it was not set; a secret is told as {@link presentMark}. */
  readonly before: string | null;
  readonly after: string | null;
  readonly line: number;
}

/** What is told of a secret: that there is one. */
export const presentMark = "present";

/** What was asked of a feature of the product. */
export interface RequestedFeature {
  readonly name: string;
  readonly installed: string;
  readonly request: string;
  readonly action: string;
}

/** Who ran it, and with what. Null where the log does not say. */
export interface RunBy {
  readonly user: string | null;
  readonly computer: string | null;
  readonly elevated: boolean | null;
  /** Windows Installer's version. */
  readonly installer: string | null;
}

/** Where a secret stands in clear. Its text is in no reading. */
export interface SecretPlace {
  readonly line: number;
  /** `repeated` for a value that another line of the log has under a secret's name. */
  readonly sign: SecretSign | "repeated";
  readonly name: string | null;
}

/** What an installer log says. When a log holds several runs it is the last one, but for size, lines and secrets. */
export interface LogReading {
  readonly encoding: LogEncoding;
  readonly bytes: number;
  readonly lines: number;
  /** False when no line is one that Windows Installer writes. */
  readonly isInstallerLog: boolean;
  /** True when the beginning holds what no text holds. */
  readonly isBinary: boolean;
  /** True for UTF-16 with the high byte first, which Windows Installer does not write. */
  readonly isBigEndian: boolean;
  /** True when the log ends in the middle of a character: it was cut, or is still being written. */
  readonly endsAmidCharacter: boolean;
  /** True when the log ends in zeros: Windows or its disk stopped while it was written. */
  readonly endsInZeros: boolean;
  /** The log of a bootstrapper, and the logs of its packages as far as it names them; null for Windows Installer's own. */
  readonly bootstrapper: { readonly logs: readonly string[] } | null;
  /** Lines too long to be read. What they hold is not known. */
  readonly overlongLines: number;
  readonly runs: number;
  /** As the log has them, in the form of its Windows; null when the log does not say. */
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly product: {
    readonly name: string | null;
    readonly version: string | null;
    readonly code: string | null;
    /** The file of its package. */
    readonly file: string | null;
  };
  /** What the run does to it; null when the log does not tell. */
  readonly runKind: RunKind | null;
  /** The update it was about, and whether it is installed now; null for none. */
  readonly update: { readonly name: string; readonly installed: boolean } | null;
  /** True for a run that removes the product. */
  readonly removes: boolean;
  readonly phase: LogPhase;
  /** True once it is past what Windows Installer only checks and reckons. */
  readonly changesBegun: boolean;
  readonly rollback: RollbackState | null;
  readonly dialogs: readonly ShownDialog[];
  /** The first actions, and of the later ones those that did not succeed. */
  readonly actions: readonly RunAction[];
  readonly actionCount: number;
  /** What runs now or ran last. */
  readonly current: string | null;
  readonly firstFailure: FailedAction | null;
  readonly customActions: readonly FailedCustomAction[];
  /** The actions that took longest, and the one that had not ended when the log stops. */
  readonly slowest: readonly TimedAction[];
  readonly running: { readonly name: string; readonly startedAt: string } | null;
  readonly changedProperties: readonly ChangedProperty[];
  /** Features of which something was asked; null when the log lists none at all. */
  readonly features: readonly RequestedFeature[] | null;
  readonly runBy: RunBy;
  readonly policies: readonly { readonly name: string; readonly value: string }[];
  readonly inUse: readonly { readonly file: string | null; readonly process: string; readonly id: number }[];
  /** Custom actions that were given data without a name, which may be a secret. */
  readonly unnamedData: readonly { readonly action: string; readonly line: number }[];
  /** Known properties with their last values; a secret one is told as `**********`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly messages: readonly LogMessage[];
  /** Codes of Microsoft Entra ID (AADSTS…) that stand in the log, without their letters. */
  readonly signInErrors: readonly string[];
  /**
   * msiexec's exit code: what the engine returned, else what the outermost action's return value means. Null when the
   * log does not say how the run ended.
   */
  readonly exitCode: number | null;
  /** `begun` when the run itself restarts Windows. */
  readonly restart: "none" | "needed" | "begun";
  /** True when Windows waited for a restart already before the run. */
  readonly restartWasPending: boolean;
  readonly secretCount: number;
  /** The first of them. */
  readonly secrets: readonly SecretPlace[];
}

/** True when the log says that the run succeeded. */
export function runSucceeded({ exitCode }: Pick<LogReading, "exitCode">): boolean {
  return installerSucceeded(exitCode);
}

/** The packages of MIM's Service and Portal, and the names under which Windows Installer keeps any package. */
const mimPackage = /^(?:service.{0,5}and.{0,5}portal.*|[0-9a-f]{4,8})\.msi$/i;

/**
 * True for MIM's Service and Portal or its forerunner's; null when the log names no product. A log that is cut before
 * its product's name may still tell another product by its package.
 */
export function isOfMim({ product }: Pick<LogReading, "product">): boolean | null {
  if (product.name === null) {
    const file = product.file?.split(/[\\/]/).at(-1);
    return file === undefined || mimPackage.test(file) ? null : false;
  }
  const name = product.name.trim().replace(/\s+/g, " ");
  return /^(?:microsoft|forefront) identity manager service and portal$/i.test(name);
}

/**
 * A reading as a recording keeps it. A log has neither day nor time zone that can be relied on, so the moments come
 * from whoever watched the run; null when nobody did.
 */
export function installerRunOf(
  reading: LogReading,
  {
    log,
    startedAt,
    endedAt,
  }: { readonly log: string; readonly startedAt: string | null; readonly endedAt: string | null },
): InstallerRun {
  return {
    startedAt,
    endedAt,
    exitCode: reading.exitCode,
    productCode: reading.product.code,
    log,
    firstFailure: reading.firstFailure?.action ?? null,
    secretsInLog: reading.secretCount,
  };
}

import type { InstallerRun } from "../contract/history.ts";
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
}

/** A message of the installer with a code, told once however often it stands in the log. */
export interface LogMessage {
  readonly code: number;
  readonly level: MessageLevel;
  readonly text: string;
  readonly line: number;
  readonly count: number;
}

/** Where a secret stands in clear. Its text is in no reading. */
export interface SecretPlace {
  readonly line: number;
  readonly sign: SecretSign;
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
  /** Lines too long to be read. What they hold is not known. */
  readonly overlongLines: number;
  readonly runs: number;
  /** As the log has them, in the form of its Windows; null when the log does not say. */
  readonly startedAt: string | null;
  readonly stoppedAt: string | null;
  readonly product: { readonly name: string | null; readonly version: string | null; readonly code: string | null };
  /** True for a run that removes the product. */
  readonly removes: boolean;
  readonly phase: LogPhase;
  readonly dialogs: readonly ShownDialog[];
  /** The first actions, and of the later ones those that did not succeed. */
  readonly actions: readonly RunAction[];
  readonly actionCount: number;
  /** What runs now or ran last. */
  readonly current: string | null;
  readonly firstFailure: FailedAction | null;
  readonly customActions: readonly { readonly name: string; readonly code: number; readonly line: number }[];
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
  readonly secretCount: number;
  /** The first of them. */
  readonly secrets: readonly SecretPlace[];
}

const succeeded: readonly number[] = [0, 1641, 3010];

/** True when the log says that the run succeeded. */
export function runSucceeded({ exitCode }: Pick<LogReading, "exitCode">): boolean {
  return exitCode !== null && succeeded.includes(exitCode);
}

/** True for MIM's Service and Portal or its forerunner's; null when the log names no product. */
export function isOfMim({ product }: LogReading): boolean | null {
  if (product.name === null) return null;
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

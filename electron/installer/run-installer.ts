import { setTimeout as pause } from "node:timers/promises";
import type { Explanation, InstallerStep } from "../contract/change-mode.ts";
import type { InstallerRun } from "../contract/history.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { followLog } from "./follow-log.ts";
import { actionsEnded, actionWords, hasInstallPhase, installFraction } from "./install-progress.ts";
import { type LogDetail, logDetails } from "./log-details.ts";
import { explanationsOf } from "./log-explanation.ts";
import { readLogFile } from "./log-file.ts";
import { isOfMim, type LogReading } from "./log-reading.ts";

/** Where a run is noted: before the installer is started, and when it has ended. */
export interface RunNotes {
  readonly put: (run: NotedRun) => Promise<void>;
  /** Forgets a run that did not come about. */
  readonly remove: (startedAt: string) => Promise<void>;
}

/** A run as it is noted: while it goes on with the process it is, so that a later start of this program finds it. */
export interface NotedRun extends InstallerRun {
  readonly process?: number | undefined;
}

export interface RunInstallerOptions {
  /**
   * Starts the installer and gives msiexec's exit code when it has ended; rejects when that cannot be told. Says which
   * process it is as soon as it runs.
   */
  readonly start: (running: (process: number) => void) => Promise<number>;
  /** When it was started, for a run that goes on from an earlier start of this program. */
  readonly startedAt?: string;
  readonly productCode: string;
  /** The log it is started with. */
  readonly log: string;
  readonly notes: RunNotes;
  readonly now: () => Date;
  /** Told how far it is, never more often than `every`. */
  readonly tell?: (step: InstallerStep) => void;
  /** Keeps the installer from being started; once it was, the person cancels it in its own window. */
  readonly signal?: AbortSignal;
  /** Milliseconds between two times it is told how far it is. */
  readonly every?: number;
  /** Milliseconds between two looks at a log that did not grow. */
  readonly lookEvery?: number;
  /** Milliseconds the log's last lines may take to be there once msiexec has ended. */
  readonly lastLines?: number;
  /** Waits between two looks at the log; tests hand in their own. */
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** Another log in the same place is followed as well, but not for ever. */
const followAgain = 5;
const followable: readonly string[] = ["log-shrank", "log-replaced", "log-removed"];
/** Milliseconds a log may stay busy once msiexec has ended. */
const busyEnd = 10_000;

/** What is known of a run so far. */
interface Known {
  readonly startedAt: string;
  readonly productCode: string;
  readonly log: string | null;
  readonly endedAt: string | null;
  readonly exitCode: number | null;
  readonly reading: LogReading | null;
  readonly fraction: number | null;
  readonly notice: string | null;
  /** Why the log cannot be read at the moment. */
  readonly unreadable: string | null;
}

/**
 * Starts the installer, follows its log and gives the run when it has ended. A log that cannot be followed is told as a
 * notice: then msiexec's exit code alone says how it ended.
 * @throws when the run cannot be noted, before anything is started; the signal's reason when it was called off before;
 * why the installer could not be started or its end cannot be told
 */
export async function runInstaller(options: RunInstallerOptions): Promise<InstallerRun> {
  const {
    start,
    productCode,
    log,
    notes,
    now,
    tell = () => {},
    signal,
    every = 200,
    lookEvery,
    lastLines = 3000,
    wait = waited,
  } = options;
  let known: Known = {
    startedAt: options.startedAt ?? now().toISOString(),
    productCode,
    log: null,
    endedAt: null,
    exitCode: null,
    reading: null,
    fraction: null,
    notice: null,
    unreadable: null,
  };
  const teller = throttled(tell, every);
  const learn = (more: Partial<Known>): void => {
    known = { ...known, ...more };
    teller.tell(() => stepOf(known));
  };
  try {
    learn({});
    signal?.throwIfAborted();
    // A run that goes on is noted already.
    if (options.startedAt === undefined) await notes.put(runOf({ ...known, log }));
    const over = new AbortController();
    let noted: Promise<unknown> = Promise.resolve();
    const running = (process: number): void => {
      // Without this note the run is still followed; only a later start of this program would not find it.
      noted = notes.put({ ...runOf({ ...known, log }), process }).catch(() => {});
    };
    const ended = signal?.aborted ? Promise.reject(signal.reason) : start(running);
    learn({ log });
    const following = follow(
      { log, signal: over.signal, every: lookEvery, wait },
      {
        read: (reading) => {
          const at = installFraction(reading);
          // A guess that went backwards would only puzzle.
          learn({ reading, fraction: at === null ? null : Math.max(at, known.fraction ?? 0) });
        },
        notice: (notice) => learn({ notice }),
        unreadable: (reason) => learn({ unreadable: reason }),
      },
    );
    let exitCode: number;
    try {
      exitCode = await ended;
    } catch (error) {
      // Without a line in its log it was never started.
      if (known.reading === null && options.startedAt === undefined) {
        await notes.remove(known.startedAt).catch(() => {});
      }
      throw error;
    } finally {
      over.abort();
      await following;
    }
    // Read once more from its beginning: the last lines come late, and a log that was replaced is the last run's now.
    try {
      known = { ...known, reading: await endedLog(log, lastLines, wait), unreadable: null };
    } catch (error) {
      known = {
        ...known,
        unreadable: null,
        notice: known.notice ?? `The installer's log tells nothing: ${reasonOf(error)}.`,
      };
    }
    learn({ exitCode, endedAt: now().toISOString() });
    const run = runOf(known);
    try {
      await noted;
      await notes.put(run);
    } catch (error) {
      learn({ notice: `How the installer ended could not be kept: ${reasonOf(error)}.` });
    }
    return run;
  } finally {
    teller.flush();
  }
}

type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/** The log once it tells its end. It is written by another process than the one that was waited for, which may be late. */
async function endedLog(log: string, lastLines: number, wait: Wait): Promise<LogReading> {
  const every = 100;
  const patience: Readonly<Record<string, number>> = {
    "log-empty": lastLines,
    "not-found": lastLines,
    "not-readable": busyEnd,
  };
  for (let waiting = 0; ; waiting += every) {
    try {
      const reading = await readLogFile(log);
      if (waiting >= lastLines || reading.phase === "ended") return reading;
    } catch (error) {
      if (!(error instanceof InputProblem) || waiting >= (patience[error.code] ?? 0)) throw error;
    }
    await wait(every);
  }
}

interface Followed {
  readonly log: string;
  readonly signal: AbortSignal;
  readonly every: number | undefined;
  readonly wait: Wait;
}

interface Listener {
  readonly read: (reading: LogReading) => void;
  readonly notice: (text: string) => void;
  readonly unreadable: (reason: string | null) => void;
}

/** Follows the log until it is stopped; what goes wrong is told. Never rejects. */
async function follow({ log, signal, every, wait }: Followed, to: Listener): Promise<void> {
  const unreadable = (problem: InputProblem | null): void =>
    to.unreadable(
      problem === null
        ? null
        : `The installer's log has not been readable for a while: ${problem.message}. It is tried again; go by the installer's own window.`,
    );
  for (let attempt = 1; attempt <= followAgain && !signal.aborted; attempt += 1) {
    try {
      const options = { signal, wait, unreadable, ...(every === undefined ? {} : { every }) };
      for await (const reading of followLog(log, options)) to.read(reading);
      return;
    } catch (error) {
      to.notice(`The installer's log could not be followed: ${reasonOf(error)}. Go by its own window.`);
      if (!(error instanceof InputProblem) || !followable.includes(error.code)) return;
    }
  }
}

async function waited(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A log of another product's run says nothing of this one. */
function isOfAnother({ reading, productCode }: Known): boolean {
  if (reading === null) return false;
  const { code } = reading.product;
  return code === null ? isOfMim(reading) === false : code.toUpperCase() !== productCode.toUpperCase();
}

function stepOf(known: Known): InstallerStep {
  const { startedAt, endedAt, log, exitCode, fraction } = known;
  const another = isOfAnother(known);
  const reading = another ? null : known.reading;
  const notice = another
    ? "The log is that of another product. Go by the installer's own window."
    : (known.notice ?? known.unreadable);
  return {
    phase: phaseOf(known, reading),
    startedAt,
    endedAt,
    log,
    action: reading === null || exitCode !== null ? null : actionWords(reading),
    actionsEnded: reading === null ? 0 : actionsEnded(reading),
    fraction: exitCode === 0 ? 1 : fraction,
    exitCode,
    restart: exitCode === 1641 ? "begun" : exitCode === 3010 ? "needed" : (reading?.restart ?? "none"),
    firstFailure: failureIn(reading),
    explanations: explained(exitCode, reading),
    secretsInLog: reading?.secretCount ?? 0,
    ...(reading === null || exitCode === null ? {} : { details: logDetails(reading).map(listed) }),
    notice,
    dialogs: reading?.dialogs.map(({ name }) => name) ?? [],
    signInErrors: [...(reading?.signInErrors ?? [])],
  };
}

/**
 * Why it did not succeed. While msiexec runs, how the log says it ended is told already: the person may be reading its
 * last page. Before anything failed there is nothing to explain.
 */
function explained(exitCode: number | null, reading: LogReading | null): Explanation[] {
  const code = exitCode ?? reading?.exitCode ?? null;
  if (code === null && (reading?.firstFailure ?? null) === null) return [];
  return [...explanationsOf({ ...(reading ?? nothingRead), exitCode: code })];
}

/** What is known of a run whose log cannot be read. */
const nothingRead = {
  messages: [],
  customActions: [],
  product: { name: null, version: null, code: null, file: null },
  rollback: null,
} as const;

const listed = ({ title, items }: LogDetail): { title: string; items: string[] } => ({ title, items: [...items] });

function phaseOf({ log, exitCode }: Known, reading: LogReading | null): InstallerStep["phase"] {
  if (exitCode !== null) return "ended";
  if (log === null) return "preparing";
  if (reading === null) return "begun";
  if (reading.phase !== "ended") return reading.phase;
  return hasInstallPhase(reading) ? "installing" : "pages";
}

function failureIn(reading: LogReading | null): InstallerStep["firstFailure"] {
  const failure = reading?.firstFailure ?? null;
  if (failure === null) return null;
  const { action, line, customAction, nested, said, around } = failure;
  return { action, line, customAction, nested, said: [...said], around: [...around] };
}

/** A run as a recording keeps it. The exit code is msiexec's own, whatever the log says. */
function runOf(known: Known): InstallerRun {
  const { startedAt, endedAt, exitCode, productCode, log } = known;
  const reading = isOfAnother(known) ? null : known.reading;
  return {
    startedAt,
    endedAt,
    exitCode,
    productCode,
    log,
    firstFailure: reading?.firstFailure?.action ?? null,
    secretsInLog: known.reading?.secretCount ?? 0,
    ...(exitCode === null || reading === null ? {} : causesOf(explained(exitCode, reading))),
  };
}

/** So many causes are kept with a run, and so much of each. */
const keptCauses = { count: 5, text: 1000, line: 300 } as const;

/** What the log told of causes, as a recording keeps it; nothing for a run without one. */
function causesOf(reasons: readonly Explanation[]): Pick<InstallerRun, "causes"> {
  const causes = reasons
    .filter(({ origin }) => origin !== "exit")
    .slice(0, keptCauses.count)
    .map(({ code, origin, cause, text, line, around }) => ({
      text: (origin === "message" ? `Error ${code}: ${text ?? cause}` : cause).slice(0, keptCauses.text),
      line,
      lines: around.map((one) => ({ line: one.line, text: one.text.slice(0, keptCauses.line) })),
    }));
  return causes.length === 0 ? {} : { causes };
}

interface Teller {
  readonly tell: (make: () => InstallerStep) => void;
  /** Tells at once what was held back. */
  readonly flush: () => void;
}

/** Tells the latest, at once when nothing was told for a while, else when that while is over. */
function throttled(tell: (step: InstallerStep) => void, every: number): Teller {
  let pending: (() => InstallerStep) | null = null;
  let timer: NodeJS.Timeout | null = null;
  const told = (): void => {
    timer = null;
    if (pending === null) return;
    const make = pending;
    pending = null;
    timer = setTimeout(told, every);
    tell(make());
  };
  return {
    tell(make) {
      pending = make;
      if (timer === null) told();
    },
    flush() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      if (pending !== null) tell(pending());
      pending = null;
    },
  };
}

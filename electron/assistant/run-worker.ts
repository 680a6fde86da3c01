import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PlanFile } from "../changes/plan.ts";
import { planBytes, planDigest } from "../changes/run-plan.ts";
import { createLookReader, createMessageReader, requestLine } from "../changes/worker-protocol.ts";
import type { ChangeResult } from "../contract/change.ts";
import type { InstallerStep } from "../contract/change-mode.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { readRecordingText } from "../recording/read-recording.ts";
import type { Recording } from "../recording/recording.ts";

/** What every worker is started and followed with. */
export interface WorkerCall {
  /**
   * Starts the worker with these arguments, elevated or not. Resolves with its exit code when it has ended, null when
   * that is not known; rejects when it was not started.
   */
  readonly start: (argv: readonly string[]) => Promise<number | null>;
  /** The data folder of the practice server to work on; without it the server this program runs on. */
  readonly practice?: string;
  readonly progress?: (text: string, fraction: number) => void;
  /** Stops the worker. */
  readonly signal?: AbortSignal;
  /** How long the worker may take to call back, in milliseconds: someone has to answer the elevation prompt. */
  readonly connectWithin?: number;
  readonly platform?: NodeJS.Platform;
  /** What the worker is, as its faults name it. */
  readonly where?: string;
}

export interface WorkerOptions extends WorkerCall {
  /** Told how far the installer is. */
  readonly installer?: (step: InstallerStep) => void;
  /** Stops the worker: it then writes no further value, puts back what it set, and starts no installer any more. */
  readonly signal?: AbortSignal;
  /** Reads how the plan ended from what the worker left; null when that does not tell. */
  readonly leftBehind?: () => Promise<ChangeResult | null>;
  /** How long a worker whose connection broke may take to end, in milliseconds. */
  readonly endWithin?: number;
}

const changeWhere = "the process that changes the server";
const lookWhere = "the process that looks as an administrator";
const nextWhere = "the window of the administrator";
const unchanged = "Nothing was changed.";

/**
 * Hands a plan to a worker and gives how it ended. The plan lies in a folder of its own that is removed afterwards.
 * Until the worker has called and was told to begin it changes nothing, and an InputProblem says why it did not come to
 * that. From then on only its own word counts, whatever becomes of the process that started it; when the connection
 * breaks, what it left behind is read, and when that does not tell either, an InputProblem says that it is not known.
 */
export async function runInWorker(plan: PlanFile, options: WorkerOptions): Promise<ChangeResult> {
  const bytes = planBytes(plan);
  return withWorker(
    options,
    async (folder) => {
      const file = join(folder, "plan.json");
      await writeFile(file, bytes, { flag: "wx", mode: 0o600 });
      return [file, planDigest(bytes)];
    },
    async (caller, ended) => {
      try {
        return await answerOf(caller, options);
      } catch (problem) {
        await Promise.race([ended.catch(() => {}), pause(options.endWithin ?? 10_000, undefined, { ref: false })]);
        const left = (await options.leftBehind?.().catch(() => null)) ?? null;
        if (left === null) throw problem;
        return left;
      }
    },
  );
}

/**
 * Lets a worker look at a server and gives what it saw, read as strictly as a file. An InputProblem says why nothing was
 * seen; nothing is changed in any case.
 */
export async function lookInWorker(options: WorkerCall): Promise<Recording> {
  return withWorker(
    options,
    async () => ["--look"],
    (caller) => recordingOf(caller, options),
  );
}

/**
 * Gives a line to the window that is opened elevated in the place of this one, and resolves when it was taken over. An
 * InputProblem says why it was not: then there is no such window.
 */
export async function giveToNext(line: string, options: WorkerCall): Promise<void> {
  return withWorker(
    { ...options, where: nextWhere },
    async () => [],
    (caller) =>
      new Promise((resolve, reject) => {
        caller.write(line);
        caller.setEncoding("utf8").on("data", () => resolve());
        caller.on("close", () =>
          reject(
            new InputProblem("worker-ended", "it ended before it had taken over", nextWhere, "Go on in this window."),
          ),
        );
      }),
  );
}

/**
 * Starts a worker, waits for its call, tells it to begin and hands the connection on; then clears away.
 * @param first writes what the worker reads into a folder of its own, and gives the arguments before the pipe
 */
async function withWorker<Answer>(
  options: WorkerCall,
  first: (folder: string) => Promise<readonly string[]>,
  hear: (caller: Socket, ended: Promise<number | null>) => Promise<Answer>,
): Promise<Answer> {
  const { platform = process.platform, where = changeWhere } = options;
  // Made for this account alone (mode 0700).
  const folder = await mkdtemp(join(tmpdir(), "mim-mail-plan-"));
  const server = createServer();
  // The first to call is the worker; its name was told to nobody else.
  server.maxConnections = 1;
  let socket: Socket | null = null;
  const over = new AbortController();
  const called = new Promise<Socket>((resolve) => {
    server.once("connection", (caller) => {
      socket = caller;
      // A broken connection ends it: "close" follows.
      caller.on("error", () => {});
      resolve(caller);
    });
  });
  try {
    const argv = await first(folder);
    const pipe = platform === "win32" ? `\\\\.\\pipe\\mim-mail-${randomUUID()}` : join(folder, "pipe");
    server.listen(pipe);
    await once(server, "listening");
    const practice = options.practice === undefined ? [] : ["--practice", options.practice];
    const ended = options.start([...argv, pipe, ...practice]);
    const uncalled = [
      leftAlone(where, options.signal, over.signal),
      silence(where, options.connectWithin ?? 120_000, over.signal),
      endOf(where, ended, called),
    ];
    // Whichever is not waited for any more may still fail; that is nobody's concern then.
    for (const late of [ended, ...uncalled]) late.catch(() => {});
    const caller = await Promise.race([called, ...uncalled]);
    over.abort();
    const cancel = (): void => void caller.write(requestLine({ cancel: true }));
    const answered = hear(caller, ended);
    caller.write(requestLine({ begin: true }));
    options.signal?.addEventListener("abort", cancel);
    if (options.signal?.aborted) cancel();
    try {
      return await answered;
    } finally {
      options.signal?.removeEventListener("abort", cancel);
    }
  } finally {
    over.abort();
    (socket as Socket | null)?.destroy();
    closeServer(server);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads what a worker that looks says up to what it saw. */
function recordingOf(caller: Socket, { progress, signal }: WorkerCall): Promise<Recording> {
  const nothing = "Look again. Nothing was changed.";
  return new Promise((resolve, reject) => {
    const fail = (code: string, what: string): void => reject(new InputProblem(code, what, lookWhere, nothing));
    const read = createLookReader();
    caller.setEncoding("utf8");
    caller.on("data", (piece: string) => {
      try {
        for (const message of read(piece)) {
          if ("recording" in message) resolve(readRecordingText(JSON.stringify(message.recording), lookWhere));
          else if ("failed" in message) fail("look-failed", `this computer could not be looked at: ${message.failed}`);
          else progress?.(message.progress.text, message.progress.fraction);
        }
      } catch {
        caller.destroy();
        fail("worker-garbled", "it said something that is no recording");
      }
    });
    caller.on("close", () => fail("worker-ended", "the connection to it broke before it had looked"));
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}

/** Reads what the worker says up to how it ended. */
function answerOf(caller: Socket, { progress, installer }: WorkerOptions): Promise<ChangeResult> {
  return new Promise((resolve, reject) => {
    const read = createMessageReader();
    caller.setEncoding("utf8");
    caller.on("data", (piece: string) => {
      try {
        for (const message of read(piece)) {
          if ("outcome" in message) resolve(message.outcome);
          else if ("installer" in message) installer?.(message.installer);
          else progress?.(message.progress.text, message.progress.fraction);
        }
      } catch {
        caller.destroy();
        reject(notKnown("worker-garbled", "it said something that is no message"));
      }
    });
    caller.on("close", () => reject(notKnown("worker-ended", "the connection to it broke")));
  });
}

function notKnown(code: string, what: string): InputProblem {
  const message = `${what}, and its journal does not tell how it ended either: what it changed is not known`;
  return new InputProblem(
    code,
    message,
    changeWhere,
    "Check again, and see History: a change that was interrupted can be finished or put back there.",
  );
}

/** Rejects when the signal is given before the worker has called; never ends otherwise. */
function leftAlone(where: string, signal: AbortSignal | undefined, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal === undefined) return;
    const leave = (): void =>
      reject(new InputProblem("cancelled", "it was cancelled before it began", where, unchanged));
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { signal: over });
  });
}

/** Rejects when the worker has not called back in time; never ends otherwise. */
function silence(where: string, connectWithin: number, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = Math.round(connectWithin / 1000);
      reject(
        new InputProblem(
          "worker-silent",
          `it did not call back within ${seconds === 1 ? "1 second" : `${seconds} seconds`}`,
          where,
          `Try again, and answer the question of Windows whether to allow it. ${unchanged}`,
        ),
      );
    }, connectWithin);
    over.addEventListener("abort", () => clearTimeout(timer));
  });
}

/** How long the call of a worker that has ended may take to arrive, in milliseconds. */
const lastCall = 2000;

/** Rejects when the worker was not started, or ended without having called; never ends otherwise. */
async function endOf(where: string, ended: Promise<number | null>, called: Promise<Socket>): Promise<never> {
  let code: number | null;
  try {
    code = await ended;
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputProblem("worker-not-started", `it could not be started: ${reason}`, where, unchanged);
  }
  await Promise.race([called, pause(lastCall, undefined, { ref: false })]);
  const exit = code === null ? "" : ` (exit code ${code})`;
  throw new InputProblem("worker-not-begun", `it ended before it began${exit}`, where, `Try again. ${unchanged}`);
}

function closeServer(server: Server): void {
  // Not listening any more is what is wanted; a server that never listened says so as an error.
  server.close(() => {});
}

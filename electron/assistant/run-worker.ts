import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PlanFile } from "../changes/plan.ts";
import { planBytes, planDigest } from "../changes/run-plan.ts";
import { createMessageReader } from "../changes/worker-protocol.ts";
import type { ChangeResult } from "../contract/change.ts";
import type { InstallerStep } from "../contract/change-mode.ts";
import { InputProblem } from "../recording/input-problem.ts";

export interface WorkerOptions {
  /**
   * Starts the worker with these arguments, elevated or not. Resolves with its exit code when it has ended, null when
   * that is not known; rejects when it could not be started.
   */
  readonly start: (argv: readonly string[]) => Promise<number | null>;
  /** The data folder of the practice server to change; without it the server this program runs on. */
  readonly practice?: string;
  readonly progress?: (text: string, fraction: number) => void;
  /** Told how far the installer is. */
  readonly installer?: (step: InstallerStep) => void;
  /** Leaves the worker alone: it then starts no installer any more, and ends what it had begun to change. */
  readonly signal?: AbortSignal;
  /** How long the worker may take to call back, in milliseconds: someone has to answer the elevation prompt. */
  readonly connectWithin?: number;
  readonly platform?: NodeJS.Platform;
}

const where = "the process that changes the server";
const lookAgain = "Look again: a change that was interrupted can be finished or put back.";

/**
 * Hands a plan to a worker and gives how it ended. The plan lies in a folder of its own that is removed afterwards.
 * Throws InputProblem when the worker cannot be started, does not call back in time, ends without a word, or says
 * something that is no message.
 */
export async function runInWorker(plan: PlanFile, options: WorkerOptions): Promise<ChangeResult> {
  const { platform = process.platform } = options;
  // Made for this account alone (mode 0700).
  const folder = await mkdtemp(join(tmpdir(), "mim-mail-plan-"));
  const server = createServer();
  // The first to call is the worker; its name was told to nobody else.
  server.maxConnections = 1;
  let socket: Socket | null = null;
  const over = new AbortController();
  const ending = new AbortController();
  const called = new Promise<Socket>((resolve) => {
    server.once("connection", (caller) => {
      socket = caller;
      over.abort();
      // A broken connection ends it: "close" follows.
      caller.on("error", () => {});
      resolve(caller);
    });
  });
  try {
    const bytes = planBytes(plan);
    const file = join(folder, "plan.json");
    await writeFile(file, bytes, { flag: "wx", mode: 0o600 });
    const pipe = platform === "win32" ? `\\\\.\\pipe\\mim-mail-${randomUUID()}` : join(folder, "pipe");
    server.listen(pipe);
    await once(server, "listening");
    const practice = options.practice === undefined ? [] : ["--practice", options.practice];
    const ended = options.start([file, planDigest(bytes), pipe, ...practice]);
    const answered = called.then((caller) => answerOf(caller, options));
    const left = leftAlone(options.signal, ending.signal);
    // Whichever is not waited for any more may still fail; that is nobody's concern then.
    for (const late of [ended, answered, left]) late.catch(() => {});
    return await Promise.race([
      answered,
      left,
      silence(options.connectWithin ?? 120_000, over.signal),
      endOf(ended, answered),
    ]);
  } finally {
    over.abort();
    ending.abort();
    (socket as Socket | null)?.destroy();
    closeServer(server);
    await rm(folder, { recursive: true, force: true });
  }
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
        reject(new InputProblem("worker-garbled", "it said something that is no message", where, lookAgain));
      }
    });
    caller.on("close", () => reject(endedWithout(null)));
  });
}

/** Rejects with the signal's reason when it is given; never ends otherwise. */
function leftAlone(signal: AbortSignal | undefined, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal === undefined) return;
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { signal: over });
  });
}

/** Rejects when the worker has not called back in time; never ends otherwise. */
function silence(connectWithin: number, over: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      const seconds = Math.round(connectWithin / 1000);
      reject(
        new InputProblem(
          "worker-silent",
          `it did not call back within ${seconds === 1 ? "1 second" : `${seconds} seconds`}`,
          where,
          "Try again, and answer the question of Windows whether to allow it.",
        ),
      );
    }, connectWithin);
    over.addEventListener("abort", () => clearTimeout(timer));
  });
}

/** How long what a worker said last may take to arrive after its end, in milliseconds. */
const lastWords = 2000;

async function endOf(ended: Promise<number | null>, answered: Promise<ChangeResult>): Promise<ChangeResult> {
  let code: number | null;
  try {
    code = await ended;
  } catch (error) {
    if (error instanceof InputProblem) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputProblem("worker-not-started", `it could not be started: ${reason}`, where, "Nothing was changed.");
  }
  return Promise.race([
    answered,
    pause(lastWords, undefined, { ref: false }).then(() => {
      throw endedWithout(code);
    }),
  ]);
}

function endedWithout(code: number | null): InputProblem {
  const exit = code === null ? "" : ` (exit code ${code})`;
  return new InputProblem("worker-ended", `it ended without saying how${exit}`, where, lookAgain);
}

function closeServer(server: Server): void {
  // Not listening any more is what is wanted; a server that never listened says so as an error.
  server.close(() => {});
}

// The process that works with an administrator's rights: runs the one plan it is given, or looks once, says how that
// ended, and ends. Everything it acts on comes from its arguments, nothing from the environment.
import { once } from "node:events";
import { open } from "node:fs/promises";
import { createConnection, type Socket } from "node:net";
import { isAbsolute, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { changeable, resultOf } from "./assistant/changeable.ts";
import { exitCodeOf, type PlanOutcome, type PlanPorts, runPlan } from "./changes/run-plan.ts";
import {
  createRequestReader,
  lookMessageLine,
  messageLine,
  planSizeLimit,
  type WorkerMessage,
} from "./changes/worker-protocol.ts";
import { redactRecording, scrubText } from "./recording/redact.ts";
import { createPracticeServer } from "./server/practice/practice-server.ts";
import type { ChangeableServer } from "./server/server.ts";

/** How long the pipe may take to answer, and to be read to its end, in milliseconds. */
const patience = 10_000;

interface Arguments {
  /** The plan to run, by its file and its hash; null: it shall look and change nothing. */
  readonly plan: { readonly path: string; readonly sha256: string } | null;
  readonly pipe: string;
  /** The data folder of the practice server; null for the server this program runs on. */
  readonly practice: string | null;
}

/**
 * The arguments of `worker.js <plan.json> <sha256> <pipe> [--practice <home>]` or `worker.js --look <pipe> [--practice
 * <home>]`; null when they are in neither form.
 */
function argumentsOf(argv: readonly string[]): Arguments | null {
  const looks = argv[0] === "--look";
  const [path, sha256, pipe, option, home, ...more] = looks ? [argv[0], "", ...argv.slice(1)] : argv;
  if (path === undefined || sha256 === undefined || pipe === undefined || more.length > 0) return null;
  const isPractice = option === "--practice" && home !== undefined && isAbsolute(home);
  // A relative path would mean another file in another folder; a pipe of another computer would be told who we are.
  const isLocal = process.platform === "win32" ? /^\\\\\.\\pipe\\[\w-]+$/.test(pipe) : isAbsolute(pipe);
  if (!(looks || isAbsolute(path)) || !isLocal || (option !== undefined && !isPractice)) return null;
  return { plan: looks ? null : { path, sha256 }, pipe, practice: home ?? null };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const refused = (reason: string): PlanOutcome => ({
  outcome: "refused",
  code: "not-available",
  reason,
  modifiedOutside: [],
});

async function serverFor(practice: string | null): Promise<ChangeableServer | null> {
  if (practice !== null) return createPracticeServer({ home: practice });
  const { createLiveServer } = await import("./server/live/live-server.ts");
  return changeable(createLiveServer({ scripts: join(import.meta.dirname, "..", "assets", "powershell") }));
}

/** The plan's bytes, read once: what is held against the hash is what is run. Null when there are too many. */
async function readPlan(path: string): Promise<Uint8Array | null> {
  const file = await open(path, "r");
  try {
    if (!(await file.stat()).isFile()) throw new Error("it is not a file");
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(planSizeLimit + 1), position: 0 });
    return bytesRead > planSizeLimit ? null : buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

type Told = Pick<PlanPorts, "progress" | "installer" | "signal">;

async function outcomeOf(
  plan: NonNullable<Arguments["plan"]>,
  practice: string | null,
  told: Told,
): Promise<PlanOutcome> {
  const server = await serverFor(practice);
  if (server === null) return refused("the live server can be changed on Windows only");
  let bytes: Uint8Array | null;
  try {
    bytes = await readPlan(plan.path);
  } catch (error) {
    return refused(`the plan cannot be read: ${reasonOf(error)}`);
  }
  if (bytes === null) return refused(`the plan is larger than ${planSizeLimit / 1024} kB`);
  const whole = bytes;
  const { registry, journals, actions } = server;
  const ports = { registry, journals, actions, now: () => new Date(), ...told };
  try {
    return await journals.exclusive(() => runPlan(ports, whole, plan.sha256));
  } catch (error) {
    // A plan that was begun always has an outcome: this is a lock that another process holds, or cannot be taken.
    return refused(reasonOf(error));
  }
}

async function connect(pipe: string): Promise<Socket> {
  const socket = createConnection(pipe);
  socket.setTimeout(patience, () => socket.destroy(new Error("it does not answer")));
  await once(socket, "connect");
  socket.setTimeout(0);
  // Whoever asked may be gone: a change that was begun is ended all the same, and its journal tells how.
  socket.on("error", () => {});
  return socket;
}

/** What is asked for over the pipe. */
interface Asked {
  /** Resolves when the change may begin; false when whoever asked is gone before. */
  readonly begin: Promise<boolean>;
  readonly cancelled: AbortSignal;
}

function listenTo(socket: Socket): Asked {
  const cancelled = new AbortController();
  const read = createRequestReader();
  const begin = new Promise<boolean>((resolve) => {
    socket.once("close", () => resolve(false));
    socket.setEncoding("utf8").on("data", (piece: string) => {
      for (const request of read(piece)) {
        if ("begin" in request) resolve(true);
        else cancelled.abort(new Error("cancelled"));
      }
    });
  });
  return { begin, cancelled: cancelled.signal };
}

/** No file that lies where this process happens to be started is ever taken for a part of it. */
async function leaveStartFolder(): Promise<void> {
  if (process.platform !== "win32") return;
  const { windowsFolder } = await import("./server/windows-tool.ts");
  try {
    process.chdir(`${windowsFolder()}\\System32`);
  } catch {
    // Every path it uses is absolute all the same.
  }
}

async function run(argv: readonly string[]): Promise<number> {
  await leaveStartFolder();
  const given = argumentsOf(argv);
  if (given === null) {
    process.stderr.write(
      "worker: usage: worker.js (<plan.json> <sha256> | --look) <pipe> [--practice <home>], paths absolute\n",
    );
    return 2;
  }
  let socket: Socket;
  try {
    socket = await connect(given.pipe);
  } catch (error) {
    process.stderr.write(`worker: refused, nobody listens on the pipe: ${reasonOf(error)}\n`);
    return 5;
  }
  const asked = listenTo(socket);
  if (!(await asked.begin)) {
    process.stderr.write("worker: refused, whoever asked is gone\n");
    return 5;
  }
  return given.plan === null ? looked(given.practice, socket, asked) : ran(given.plan, given.practice, socket, asked);
}

/** Runs the plan; gives the exit code. */
async function ran(
  plan: NonNullable<Arguments["plan"]>,
  practice: string | null,
  socket: Socket,
  { cancelled }: Asked,
): Promise<number> {
  const say = (message: WorkerMessage): void => {
    if (socket.writable) socket.write(messageLine(message));
  };
  // Whoever asked is gone: the installer is not started any more. One that runs is in the person's hands.
  const left = new AbortController();
  socket.once("close", () => left.abort(new Error("whoever asked for the installer is gone; it was not started")));
  const outcome = await outcomeOf(plan, practice, {
    progress: (text, fraction) => say({ progress: { text, fraction } }),
    installer: { tell: (installer) => say({ installer }), signal: AbortSignal.any([left.signal, cancelled]) },
    signal: cancelled,
  });
  await sayLast(socket, messageLine({ outcome: resultOf(outcome) }));
  return exitCodeOf(outcome);
}

/** Looks, and gives what was seen to whoever asked; its secrets are taken out before. Changes nothing. */
async function looked(practice: string | null, socket: Socket, { cancelled }: Asked): Promise<number> {
  const gone = new AbortController();
  socket.once("close", () => gone.abort(new Error("whoever asked is gone")));
  try {
    const server = await serverFor(practice);
    if (server === null) throw new Error("the live server can be looked at on Windows only");
    const recording = await server.look({
      signal: AbortSignal.any([gone.signal, cancelled]),
      progress: (text, fraction) => {
        if (socket.writable) socket.write(lookMessageLine({ progress: { text, fraction } }));
      },
    });
    await sayLast(socket, lookMessageLine({ recording: redactRecording(recording) }));
    return 0;
  } catch (error) {
    await sayLast(socket, lookMessageLine({ failed: scrubText(reasonOf(error)) }));
    return 3;
  }
}

/** Says a last message, and waits until it was read. */
async function sayLast(socket: Socket, line: string): Promise<void> {
  if (socket.closed) return;
  const closed = once(socket, "close").catch(() => {});
  socket.end(line);
  await Promise.race([closed, pause(patience)]);
}

process.exit(await run(process.argv.slice(2)));

import type { ChildProcess } from "node:child_process";
import type { FileHandle } from "node:fs/promises";

/** What a program that outlives this one is started with. */
export interface OutlivingStart {
  readonly program: string;
  readonly argv: readonly string[];
  /** Shows its window, and writes its arguments into the command line as they are. */
  readonly asTyped: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The file both of its outputs go to; null for none. It may not be there yet. */
  readonly output: string | null;
  /** Told each whole line of its output as it comes. */
  readonly line: (line: string) => void;
  /** In milliseconds; 0 for none. It goes on after that, and is only no longer waited for. */
  readonly timeLimit: number;
  /** Told its process id when it runs. */
  readonly started: (id: number) => void;
}

/** How it ended, and what it wrote. */
export interface OutlivingEnd {
  readonly code: number | null;
  readonly output: Buffer;
}

/** Milliseconds between two looks at what it has written. */
const lookEvery = 200;

/**
 * Runs a program that goes on to its end whatever becomes of this one, and waits for it. Detached: Windows ends the
 * other children of a program built on Node together with it, and a console's children with the console. Its outputs
 * are a file: writing to a pipe that nobody reads any more could end it. Null when it takes longer than the limit.
 * Rejects with Node's error when it cannot be started.
 */
export async function runOutliving(start: OutlivingStart): Promise<OutlivingEnd | null> {
  const [{ spawn }, { open }] = await Promise.all([import("node:child_process"), import("node:fs/promises")]);
  const output = start.output === null ? null : await open(start.output, "wx+", 0o600);
  let timer: NodeJS.Timeout | undefined;
  try {
    const stream = output?.fd ?? "ignore";
    const child = spawn(start.program, [...start.argv], {
      detached: true,
      stdio: ["ignore", stream, stream],
      windowsHide: !start.asTyped,
      windowsVerbatimArguments: start.asTyped,
      env: start.environment,
    });
    if (child.pid !== undefined) start.started(child.pid);
    const tail = createTail(output, start.line);
    timer = setInterval(() => void tail.read().catch(() => {}), lookEvery);
    const code = await endOf(child, start.timeLimit);
    if (code === "late") return null;
    return { code, output: await tail.read() };
  } finally {
    clearInterval(timer);
    await output?.close();
  }
}

function endOf(child: ChildProcess, timeLimit: number): Promise<number | null | "late"> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code));
    if (timeLimit === 0) return;
    const timer = setTimeout(() => {
      child.unref();
      resolve("late");
    }, timeLimit);
    child.once("exit", () => clearTimeout(timer));
  });
}

interface Tail {
  /** Tells the lines that have come since, and gives everything so far. */
  readonly read: () => Promise<Buffer>;
}

function createTail(file: FileHandle | null, tell: (line: string) => void): Tail {
  let whole = Buffer.alloc(0);
  let told = 0;
  const readOn = async (): Promise<Buffer> => {
    const piece = Buffer.alloc(64 * 1024);
    for (let count = -1; file !== null && count !== 0; ) {
      count = (await file.read(piece, 0, piece.length, whole.length)).bytesRead;
      whole = Buffer.concat([whole, piece.subarray(0, count)]);
    }
    for (let end = whole.indexOf(0x0a, told); end !== -1; end = whole.indexOf(0x0a, told)) {
      tell(whole.subarray(told, end).toString("latin1").replace(/\r$/, ""));
      told = end + 1;
    }
    return whole;
  };
  // One at a time: two at once would read the same place twice.
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: () => {
      const next = last.then(readOn);
      last = next.catch(() => {});
      return next;
    },
  };
}

import { type FileHandle, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { InputProblem } from "../recording/input-problem.ts";
import { logProblem, openLog, readAt, readProblem, readSize, refuseOther } from "./log-file.ts";
import { LogReader } from "./log-reader.ts";
import type { LogReading } from "./log-reading.ts";

export interface FollowLogOptions {
  /** Ends the following; the iteration then ends without an error. */
  readonly signal: AbortSignal;
  /** Secrets typed this time; they stay in memory and are only looked for. */
  readonly typed?: readonly string[];
  /** Milliseconds between two looks at a log that did not grow. */
  readonly every?: number;
  /** Waits between two looks; tests hand in their own. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** So much of the log's beginning is held against what was read, to notice another log in the same file. */
const headSize = 512;
/** A reading is given at least after so many bytes, so that a long log shows how far it is. */
const readingEvery = 8 * 2 ** 20;

/**
 * Follows a log while the installer writes it: gives a reading each time it has grown. Waits for a log that does not
 * exist yet. Ends when the log says that the run has ended, or when it is stopped; the last reading is the whole log's.
 * @throws InputProblem when the log cannot be read, became shorter, was replaced or was deleted, or is no text
 */
export async function* followLog(path: string, options: FollowLogOptions): AsyncGenerator<LogReading, void, void> {
  const { signal, typed = [], every = 250, wait = waited } = options;
  const file = await opened(path, signal, () => wait(every, signal));
  if (file === null) return;
  try {
    const reader = new LogReader({ typed });
    const piece = Buffer.allocUnsafe(readSize);
    const watch = await createWatch(file, path);
    let position = 0;
    let told = 0;
    while (!signal.aborted) {
      const count = await readAt(file, piece, position, path);
      if (count > 0) {
        watch.see(piece.subarray(0, count), position);
        reader.push(piece.subarray(0, count));
        position += count;
        refuseOther(reader, path);
        if (position - told >= readingEvery) {
          told = position;
          yield reader.reading();
        }
        continue;
      }
      const changed = await watch.changed(position);
      if (changed !== null) throw changed;
      if (position > told) {
        told = position;
        if (reader.ended) break;
        yield reader.reading();
      }
      await wait(every, signal);
    }
    if (position === 0) return;
    reader.end();
    yield reader.reading();
  } finally {
    await file.close();
  }
}

/** The log once it is there; null when the following was stopped before. */
async function opened(path: string, signal: AbortSignal, wait: () => Promise<void>): Promise<FileHandle | null> {
  while (!signal.aborted) {
    try {
      return await openLog(path);
    } catch (error) {
      if ((error as InputProblem).code !== "not-found") throw error;
    }
    await wait();
  }
  return null;
}

/** Tells whether the log is still the one that was read. */
interface Watch {
  readonly see: (bytes: Uint8Array, position: number) => void;
  /** What has become of the log; null when it only grew. */
  readonly changed: (position: number) => Promise<InputProblem | null>;
}

async function createWatch(file: FileHandle, path: string): Promise<Watch> {
  const first = await file.stat({ bigint: true });
  if (first.isDirectory()) throw logProblem("is-folder", path);
  const head = Buffer.alloc(headSize);
  let seen = 0;
  return {
    see(bytes, position) {
      if (position >= headSize) return;
      const kept = bytes.subarray(0, headSize - position);
      head.set(kept, position);
      seen = position + kept.length;
    },
    async changed(position) {
      const now = await stat(path, { bigint: true }).catch((error: unknown) => readProblem(error, path));
      if ("cure" in now) return now.code === "not-found" ? logProblem("removed", path) : now;
      // Some network drives number no files: 0 says nothing.
      if (now.ino !== first.ino && now.ino !== 0n && first.ino !== 0n) return logProblem("replaced", path);
      if (now.size < BigInt(position)) return logProblem("shrank", path);
      const again = Buffer.alloc(seen);
      const count = await readAt(file, again, 0, path);
      if (count < seen) return logProblem("shrank", path);
      return again.equals(head.subarray(0, seen)) ? null : logProblem("replaced", path);
    },
  };
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}

import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { mayPass } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { logProblem, readProblem, readSize, refuseOther } from "./log-file.ts";
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
  /**
   * Told why the log cannot be read once it has stayed so for ten seconds, and null when it can be read again. Less is
   * ordinary while the installer writes.
   */
  readonly unreadable?: (problem: InputProblem | null) => void;
  /** How the log is opened and looked up; tests hand in files that are busy. */
  readonly files?: LogFiles;
}

/** What following needs of the file system. */
export interface LogFiles {
  readonly open: (path: string, flags: "r") => Promise<Pick<FileHandle, "read" | "stat" | "close">>;
  readonly stat: (path: string, options: { readonly bigint: true }) => Promise<LogPlace>;
}

/** Which file a name stands for, and how long it is. */
interface LogPlace {
  readonly ino: bigint;
  readonly size: bigint;
  readonly isDirectory: () => boolean;
}

/** So much of the log's beginning is held against what was read, to notice another log in the same file. */
const headSize = 512;
/** A reading is given at least after so many bytes, so that a long log shows how far it is. */
const readingEvery = 8 * 2 ** 20;
/** Milliseconds a log may be unreadable before that is said. */
const silence = 10_000;

/**
 * Follows a log while the installer writes it: gives a reading each time it has grown. Waits for a log that does not
 * exist yet, and while it cannot be read; then it goes on from the same byte. Ends when the log says that the run has
 * ended, or when it is stopped; the last reading is the whole log's.
 * @throws InputProblem when the log became shorter, was replaced or was deleted, is no text, or cannot be read for a
 * reason that does not pass
 */
export async function* followLog(path: string, options: FollowLogOptions): AsyncGenerator<LogReading, void, void> {
  const { signal, typed = [], every = 250, wait = waited, unreadable = () => {}, files = { open, stat } } = options;
  const patiently = createPatience(path, unreadable, () => wait(every, signal), every, signal);
  const file = await openBegun(path, files, patiently, () => wait(every, signal));
  if (file === null) return;
  try {
    const reader = new LogReader({ typed });
    const piece = Buffer.allocUnsafe(readSize);
    const watch = await patiently(() => createWatch(file, path, files));
    let position = 0;
    let told = 0;
    while (watch !== null && !signal.aborted) {
      const count = await patiently(() => readAt(file, piece, position));
      if (count === null) break;
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
      const changed = await patiently(() => watch.changed(position));
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

/** Does something with the log, again and again while it is busy; null when the following was stopped before. */
type Patiently = <Value>(work: () => Promise<Value>, missing?: "absent") => Promise<Value | null>;

function createPatience(
  path: string,
  unreadable: (problem: InputProblem | null) => void,
  wait: () => Promise<void>,
  every: number,
  signal: AbortSignal,
): Patiently {
  let isSaid = false;
  return async (work, missing) => {
    for (let waiting = 0; !signal.aborted; waiting += every) {
      try {
        const value = await work();
        if (isSaid) unreadable(null);
        isSaid = false;
        return value;
      } catch (error) {
        if (error instanceof InputProblem) throw error;
        const problem = readProblem(error, path);
        if (missing === "absent" && problem.code === "not-found") waiting = 0;
        else if (!mayPass(error)) throw problem;
        else if (waiting >= silence && !isSaid) {
          isSaid = true;
          unreadable(problem);
        }
      }
      await wait();
    }
    return null;
  };
}

/**
 * Opens the log once something stands in it; null when the following was stopped before. msiexec makes an empty file,
 * then opens it to write: whoever has it open in between may keep msiexec out, and then it writes no log at all (seen
 * with Wine's, which shares its log with nobody who reads).
 */
async function openBegun(
  path: string,
  files: LogFiles,
  patiently: Patiently,
  wait: () => Promise<void>,
): Promise<Pick<FileHandle, "read" | "stat" | "close"> | null> {
  for (;;) {
    const place = await patiently(() => files.stat(path, { bigint: true }), "absent");
    if (place === null) return null;
    // A folder has no length on Windows; that it is none of ours is told when it is looked at.
    if (place.size > 0n || place.isDirectory()) return patiently(() => files.open(path, "r"), "absent");
    await wait();
  }
}

async function readAt(file: Pick<FileHandle, "read">, piece: Buffer, position: number): Promise<number> {
  return (await file.read(piece, 0, piece.length, position)).bytesRead;
}

/** Tells whether the log is still the one that was read. */
interface Watch {
  readonly see: (bytes: Uint8Array, position: number) => void;
  /** What has become of the log; null when it only grew. Rejects when that cannot be looked at. */
  readonly changed: (position: number) => Promise<InputProblem | null>;
}

async function createWatch(
  file: Pick<FileHandle, "read" | "stat">,
  path: string,
  files: Pick<LogFiles, "stat">,
): Promise<Watch> {
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
      let now: LogPlace;
      try {
        now = await files.stat(path, { bigint: true });
      } catch (error) {
        if (readProblem(error, path).code === "not-found") return logProblem("removed", path);
        throw error;
      }
      // Some network drives number no files: 0 says nothing.
      if (now.ino !== first.ino && now.ino !== 0n && first.ino !== 0n) return logProblem("replaced", path);
      if (now.size < BigInt(position)) return logProblem("shrank", path);
      const again = Buffer.alloc(seen);
      const count = await readAt(file, again, 0);
      if (count < seen) return logProblem("shrank", path);
      return again.equals(head.subarray(0, seen)) ? null : logProblem("replaced", path);
    },
  };
}

async function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}

import { type FileHandle, open, stat } from "node:fs/promises";
import { InputProblem } from "../recording/input-problem.ts";
import { LogReader } from "./log-reader.ts";
import type { LogReading } from "./log-reading.ts";

/** So many bytes are read at once. */
export const readSize = 512 * 1024;

export interface ReadLogOptions {
  /** Secrets typed this time; they stay in memory and are only looked for. */
  readonly typed?: readonly string[];
  readonly signal?: AbortSignal;
  /** Takes the bytes of the clean copy, in order; they are lent until it resolves. */
  readonly clean?: (bytes: Uint8Array) => Promise<void>;
  /** Told each value that was found by the name before it. It stays in memory. */
  readonly learn?: (value: string) => void;
}

/**
 * Reads an installer log of any size in constant memory.
 * @throws InputProblem when the file cannot be read, changes while it is read, or is no installer log; the signal's
 * reason when it is stopped
 */
export async function readLogFile(path: string, options: ReadLogOptions = {}): Promise<LogReading> {
  const { typed = [], signal, clean, learn } = options;
  const file = await openLog(path);
  try {
    const before = await file.stat();
    if (before.isDirectory()) throw logProblem("is-folder", path);
    const parts: Uint8Array[] = [];
    const reader = new LogReader({
      typed,
      ...(learn === undefined ? {} : { learn }),
      // The reader's bytes are lent for the call only, and writing them takes longer.
      ...(clean === undefined ? {} : { clean: (bytes: Uint8Array) => void parts.push(Buffer.from(bytes)) }),
    });
    const writeParts = async (): Promise<void> => {
      for (const part of parts) await clean?.(part);
      parts.length = 0;
    };
    let position = 0;
    // While one piece is looked at, the next is read.
    let [piece, spare] = [Buffer.allocUnsafe(readSize), Buffer.allocUnsafe(readSize)];
    let pending = readAt(file, piece, position, path);
    for (;;) {
      const count = await pending;
      signal?.throwIfAborted();
      if (count === 0) break;
      position += count;
      const full = piece;
      [piece, spare] = [spare, full];
      pending = readAt(file, piece, position, path);
      // Should looking at this piece throw, the read under way is nobody's any more.
      pending.catch(() => {});
      reader.push(full.subarray(0, count));
      refuseOther(reader, path);
      await writeParts();
    }
    reader.end();
    await writeParts();
    if (position < before.size) throw logProblem("shrank", path);
    return usable(reader.reading(), path);
  } finally {
    await file.close();
  }
}

/** Stops at the beginning of what is no log. @throws InputProblem */
export function refuseOther(reader: LogReader, path: string): void {
  if (reader.isBigEndian) throw logProblem("big-endian", path);
  if (reader.isBinary) throw logProblem("binary", path);
}

/** The reading of a log that was read to its end. @throws InputProblem when it is no installer log */
function usable(reading: LogReading, path: string): LogReading {
  if (reading.bytes === 0) throw logProblem("empty", path);
  // A file of a few bytes ends before its form was certain.
  if (reading.isBinary) throw logProblem("binary", path);
  if (!reading.isInstallerLog) throw logProblem("no-log", path);
  return reading;
}

/** Opens a log to be read; the installer may go on writing to it. @throws InputProblem */
export async function openLog(path: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    // Opening a pipe waits for someone who writes to it, and a device may have no end.
    if (!found.isFile() && !found.isDirectory()) throw logProblem("not-a-file", path);
    return await open(path, "r");
  } catch (error) {
    throw error instanceof InputProblem ? error : readProblem(error, path);
  }
}

/** Reads a piece; gives how many bytes there were, 0 at the end. @throws InputProblem */
export async function readAt(file: FileHandle, piece: Buffer, position: number, path: string): Promise<number> {
  try {
    return (await file.read(piece, 0, piece.length, position)).bytesRead;
  } catch (error) {
    throw readProblem(error, path);
  }
}

/** The file system's error as what is told. */
export function readProblem(error: unknown, path: string): InputProblem {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "ENOENT" || code === "ENOTDIR") return logProblem("not-found", path);
  if (code === "EISDIR") return logProblem("is-folder", path);
  const reason = code === "EACCES" || code === "EPERM" ? "access denied" : code;
  return new InputProblem(
    "not-readable",
    `the log cannot be read: ${reason}`,
    path,
    "Check that your account may read the file; a log in the folder for administrators needs elevation.",
  );
}

const problems = {
  "not-found": ["the log does not exist", "Check the name and the folder."],
  "is-folder": ["the log is a folder", "Name the log in it."],
  "not-a-file": ["the log is no file", "Name a file; devices and pipes are not read."],
  empty: [
    "the log is empty: the installer has written nothing to it",
    "Check that the installer was started with this log, and that it may write to the folder.",
  ],
  binary: ["this is not a log: it holds bytes that no text holds", "Name the file that msiexec's /l option named."],
  "big-endian": [
    "this is UTF-16 with the high byte first, which Windows Installer does not write",
    "Save it as UTF-16 LE or UTF-8, or name the log as the installer wrote it.",
  ],
  "no-log": [
    "this is not a log of Windows Installer: no line of it is one that the installer writes",
    "Name the file that msiexec's /l option named.",
  ],
  shrank: [
    "the log became shorter while it was read: another run is writing to it",
    "Wait for that run to end, then read the log again.",
  ],
  replaced: [
    "the log was replaced by another file while it was read: a new run began",
    "Read the log again to follow the new run.",
  ],
  removed: [
    "the log was deleted while it was read",
    "Start the installer with a log in a folder that nobody clears meanwhile.",
  ],
} as const satisfies Record<string, readonly [string, string]>;

/** What can be wrong with a log, by the code it is told with. */
export type LogProblem = keyof typeof problems;

/** A problem of a log as it is told. */
export function logProblem(code: LogProblem, path: string): InputProblem {
  const [message, cure] = problems[code];
  const codes: Partial<Record<LogProblem, string>> = { "not-found": "not-found", "is-folder": "is-folder" };
  return new InputProblem(codes[code] ?? `log-${code}`, message, path, cure);
}

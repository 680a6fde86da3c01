import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/**
 * What a file answers while another program has it for itself: Windows' sharing and lock violations, which libuv gives
 * as EBUSY (deps/uv/src/win/error.c, ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION).
 */
const busyCodes: readonly string[] = ["EBUSY", "EAGAIN"];
/**
 * What may pass as well where a file is just being made or replaced: Windows denies access to a file whose deletion is
 * still under way, and a program may close a new file to others until it has written to it.
 */
const passingCodes: readonly string[] = [...busyCodes, "EPERM", "EACCES"];

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "";

/** Whether a file that could not be read may be readable in a moment, while another program writes it. */
export function mayPass(error: unknown): boolean {
  return passingCodes.includes(codeOf(error));
}

/** The most that is read of one file where nothing else is said, in bytes. */
const usualLimit = 64 * 1024 * 1024;

/**
 * The bytes of a file. What is no file (a device, a pipe) may have no end and is not read, and no more is read than a
 * file may have.
 * @throws the file system's error, or one with the code `EISDIR`, `not-a-file` or `too-large`
 */
export async function readWhole(path: string, limit = usualLimit): Promise<Buffer> {
  const found = await stat(path);
  if (found.isDirectory()) throw fault("EISDIR", "it is a folder");
  if (!found.isFile()) throw fault("not-a-file", "it is no file");
  const tooLarge = fault("too-large", `it is larger than ${Math.round(limit / 1024)} kB`);
  if (found.size > limit) throw tooLarge;
  const parts: Buffer[] = [];
  let size = 0;
  // A file may grow while it is read, and some say nothing of their size.
  for await (const part of createReadStream(path, { end: limit, highWaterMark: 1024 * 1024 })) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
  }
  if (size > limit) throw tooLarge;
  return Buffer.concat(parts);
}

function fault(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code });
}

export interface WhenFreeOptions {
  /** The most bytes the file may have. */
  readonly limit?: number;
  /** Milliseconds it may stay busy before its error is given. */
  readonly patience?: number;
  /** Waits between two tries; tests hand in their own. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** Reads the file; tests hand in one that is busy. */
  readonly read?: (path: string) => Promise<Buffer>;
}

const every = 50;

/**
 * The bytes of a file that another program may be writing: read again while that program has it for itself. A file that
 * is not there or closed to this account is told at once.
 * What is no file, or too large, is not read.
 * @throws the file system's error
 */
export async function readWhenFree(path: string, options: WhenFreeOptions = {}): Promise<Buffer> {
  const { patience = 2000, wait = pause, limit } = options;
  const read = options.read ?? ((name: string) => readWhole(name, limit));
  for (let waited = 0; ; waited += every) {
    try {
      return await read(path);
    } catch (error) {
      if (waited >= patience || !busyCodes.includes(codeOf(error))) throw error;
    }
    await wait(every);
  }
}

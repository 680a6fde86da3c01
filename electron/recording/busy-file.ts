import { readFile } from "node:fs/promises";
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

export interface WhenFreeOptions {
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
 * @throws the file system's error
 */
export async function readWhenFree(path: string, options: WhenFreeOptions = {}): Promise<Buffer> {
  const { patience = 2000, wait = pause, read = readFile } = options;
  for (let waited = 0; ; waited += every) {
    try {
      return await read(path);
    } catch (error) {
      if (waited >= patience || !busyCodes.includes(codeOf(error))) throw error;
    }
    await wait(every);
  }
}

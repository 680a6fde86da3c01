import { constants, copyFile, type FileHandle, link, lstat, open, realpath, rename, rm } from "node:fs/promises";
import { InputProblem } from "../recording/input-problem.ts";
import { clearLeftTemporaries, temporaryName } from "../recording/temporary-file.ts";
import { writeFault } from "../recording/write-fault.ts";
import { readLogFile } from "./log-file.ts";
import type { LogReading } from "./log-reading.ts";
import { readLogThoroughly } from "./thorough-log.ts";

export interface ScrubOptions {
  /** Secrets typed this time; they stay in memory and are only looked for. */
  readonly typed?: readonly string[];
  readonly signal?: AbortSignal;
  /** Writes over a file of that name. */
  readonly force?: boolean;
}

/**
 * Writes a copy of an installer log without its secrets: same encoding, same number of lines, first under a temporary
 * name beside it. The log itself is not touched.
 * @returns what the log says, as `readLogFile` gives it: with the secrets the original holds
 * @throws InputProblem when the log cannot be read or is none, or the copy cannot be written; nothing is left behind
 */
export async function scrubLogFile(path: string, out: string, options: ScrubOptions = {}): Promise<LogReading> {
  const { force = false, ...reading } = options;
  if (await isSame(path, out)) {
    throw new InputProblem(
      "same-file",
      "the clean copy cannot be written over the log itself",
      out,
      "Choose another name; delete the log afterwards.",
    );
  }
  if (!force && (await isThere(out))) throw existsAlready(out);
  return copied(path, out, reading, (temporary) =>
    written(out, () => (force ? rename(temporary, out) : moveToNew(temporary, out))),
  );
}

/**
 * Replaces a log by its copy without secrets, once the copy was read and holds none.
 * @returns what the clean log says
 * @throws InputProblem when the log cannot be read or is none, or cannot be replaced; it stays as it is then
 */
export async function cleanLogFile(path: string): Promise<LogReading> {
  await copied(path, path, {}, async (temporary) => {
    const { secretCount } = await readLogFile(temporary);
    if (secretCount > 0) {
      throw new InputProblem(
        "not-clean",
        "the copy without secrets still holds some",
        path,
        "Delete the log, and change the secrets that stand in it.",
      );
    }
    await written(path, () => rename(temporary, path));
  });
  return readLogFile(path);
}

/** Writes the clean copy under a temporary name beside its place, and has it placed. Nothing is left behind. */
async function copied(
  path: string,
  out: string,
  reading: Pick<ScrubOptions, "typed" | "signal">,
  place: (temporary: string) => Promise<void>,
): Promise<LogReading> {
  await clearLeftTemporaries(out);
  const temporary = temporaryName(out);
  try {
    const copy = await written(out, () => open(temporary, "wx"));
    let said: LogReading;
    try {
      said = await readLogThoroughly(path, {
        ...reading,
        // A second look writes over what the first wrote.
        clean: async () => {
          await written(out, () => copy.truncate(0));
          let position = 0;
          return async (bytes) => {
            await written(out, () => writeWhole(copy, bytes, position));
            position += bytes.length;
          };
        },
      });
      await written(out, () => copy.sync());
    } finally {
      await copy.close();
    }
    await place(temporary);
    return said;
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    from += (await file.write(bytes, from, bytes.length - from, position + from)).bytesWritten;
  }
}

/** Gives a file its name without writing over one that came in between: renaming would, linking refuses. */
async function moveToNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    // File systems without links (FAT, some shares) are left with an exclusive copy.
    await copyFile(temporary, path, constants.COPYFILE_EXCL);
  }
}

async function written<Result>(path: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") throw existsAlready(path);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputProblem("no-folder", "the folder to write to does not exist", path, "Create the folder first.");
    }
    throw new InputProblem(
      "not-written",
      `the clean copy cannot be written: ${writeFault(error)}`,
      path,
      "Choose a folder with room for it that your account may write to.",
    );
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  const places = await Promise.all([one, other].map((path) => realpath(path).catch(() => null)));
  return places[0] !== null && places[0] === places[1];
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

function existsAlready(path: string): InputProblem {
  return new InputProblem(
    "exists",
    "the file exists already and is not written over",
    path,
    "Choose another name, or add --force to write over it.",
  );
}

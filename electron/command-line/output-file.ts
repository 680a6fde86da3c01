import { constants, copyFile, link, lstat, mkdir, open, rename, rm } from "node:fs/promises";
import { InputProblem } from "../recording/input-problem.ts";
import { clearLeftTemporaries, temporaryName } from "../recording/temporary-file.ts";
import { writeFault } from "../recording/write-fault.ts";

/** A file to write: where, and what; a text as UTF-8, bytes as they are. */
export interface Output {
  readonly path: string;
  /** Or what makes it when its turn has come, so that not all of many files are in memory. */
  readonly content: Content | (() => Promise<Content>);
}

type Content = string | Uint8Array;

/**
 * Writes all files or none: each under a temporary name beside it first, then to its own name. A file that exists is
 * written over only with `force`.
 * @throws InputProblem when one exists already, or one cannot be written
 */
export async function writeOutputs(outputs: readonly Output[], force: boolean): Promise<void> {
  if (!force) {
    for (const { path } of outputs) if (await exists(path)) throw existsAlready(path);
  } else for (const { path } of outputs) await refuseOther(path);
  const temporaries: string[] = [];
  const placed: string[] = [];
  try {
    for (const { path, content } of outputs) {
      await clearLeftTemporaries(path);
      const temporary = temporaryName(path);
      temporaries.push(temporary);
      const bytes = typeof content === "function" ? await content() : content;
      await told(path, () => writeFlushed(temporary, bytes));
    }
    for (const [index, { path }] of outputs.entries()) {
      const temporary = temporaries[index] ?? "";
      await told(path, () => (force ? rename(temporary, path) : moveToNew(temporary, path)));
      if (!force) placed.push(path);
    }
  } catch (error) {
    for (const path of placed) await rm(path, { force: true }).catch(() => {});
    throw error;
  } finally {
    // What could not be made need not be cleared away: a failure here must not hide the one that is told.
    for (const temporary of temporaries) await rm(temporary, { force: true }).catch(() => {});
  }
}

async function writeFlushed(path: string, content: Content): Promise<void> {
  const file = await open(path, "wx");
  try {
    await file.writeFile(content, "utf8");
    await file.sync();
  } finally {
    await file.close();
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

async function told(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EEXIST") throw existsAlready(path);
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new InputProblem("no-folder", "the folder to write to does not exist", path, "Create the folder first.");
    }
    throw new InputProblem(
      "not-written",
      `the file cannot be written: ${writeFault(error)}`,
      path,
      "Choose a folder with room for it that your account may write to.",
    );
  }
}

/** Refuses to put a file in the place of a device, a pipe or a folder. */
async function refuseOther(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null || found.isFile() || found.isSymbolicLink()) return;
  throw new InputProblem(
    "not-a-file",
    "what is there is no file, and is not written over",
    path,
    "Choose another name.",
  );
}

async function exists(path: string): Promise<boolean> {
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

/** Creates a folder for output, and those it lies in. Throws InputProblem. */
export async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputProblem("no-folder", `the folder cannot be created: ${code}`, path, "Choose another folder.");
  }
}

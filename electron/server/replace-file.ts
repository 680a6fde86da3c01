import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { clearLeftTemporaries, temporaryName } from "../recording/temporary-file.ts";

/**
 * Writes a text file as a whole or not at all: to a temporary name beside it, flushed, then renamed over what was
 * there. Creates the folder, and clears what a crash left of that file. Rejects with the file system's error; nothing is left behind then.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await clearLeftTemporaries(path);
  const temporary = temporaryName(path);
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(text, "utf8");
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/** Renames, and on Windows waits for a virus scanner that still holds one of the two files. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to);
    } catch (error) {
      const isHeld = ["EPERM", "EACCES", "EBUSY"].includes((error as NodeJS.ErrnoException).code ?? "");
      if (attempt === 5 || !isHeld) throw error;
      await pause(20 * attempt);
    }
  }
}

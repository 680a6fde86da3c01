import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";
import { InputProblem } from "../recording/input-problem.ts";
import type { JournalStore } from "./journal.ts";
import { encodeRegFile } from "./reg-file.ts";

const ending = ".journal";

/** A folder of journals, and the right to be the only one who changes what they are about. */
export interface JournalFolder extends JournalStore {
  /**
   * Runs work while no other process changes the same server. A lock left by a process that has died is taken over;
   * throws InputProblem while the other one lives.
   */
  readonly exclusive: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Journals in a folder, one file each, with the .reg file that undoes it beside it. A new journal is written to a
 * temporary name, flushed and renamed; later lines are added and flushed one by one.
 */
export function createJournalFolder(folder: string): JournalFolder {
  const pathOf = (id: string): string => join(folder, `${id}${ending}`);
  return {
    pathOf,
    async readAll() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
      const texts = new Map<string, string>();
      for (const id of ids.sort()) texts.set(id, await readFile(pathOf(id), "utf8"));
      return texts;
    },
    async create(id, text, undoScript) {
      await mkdir(folder, { recursive: true });
      await flushed(join(folder, `${id}-undo.reg`), encodeRegFile(undoScript));
      await flushed(pathOf(id), Buffer.from(text, "utf8"));
      await flushFolder(folder);
    },
    async append(id, line) {
      const file = await open(pathOf(id), "a");
      try {
        await file.writeFile(line, "utf8");
        await file.sync();
      } finally {
        await file.close();
      }
    },
    exclusive: (work) => locked(folder, work),
  };
}

/** Writes a new file whole or not at all. */
async function flushed(path: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Makes a rename last through a power cut; Windows has no way to flush a folder and does without. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The locks this process holds; one of its number that is not among them is left from an earlier process. */
const held = new Set<string>();

/**
 * The process that holds a lock; null when it has died. After a restart of the computer its number may belong to
 * another: a lock from before that is nobody's.
 */
async function holderOf(path: string, text: string): Promise<number | null> {
  const processId = Number.parseInt(text, 10);
  if (!(processId > 0)) return null;
  if (processId === process.pid) return held.has(text) ? processId : null;
  const computerStart = Date.now() - uptime() * 1000;
  const written = await stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  return written >= computerStart && isAlive(processId) ? processId : null;
}

/**
 * Takes the lock, or throws InputProblem. Its file gets its name only once it says who holds it, and a dead process's
 * is renamed before it is removed, so that of two who find it only one removes it.
 */
async function takeLock(path: string, text: string): Promise<void> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, text, { flag: "wx" });
  try {
    for (;;) {
      try {
        return await link(mine, path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
      const found = await readFile(path, "utf8").catch(() => null);
      if (found === null) continue;
      const holder = await holderOf(path, found);
      if (holder !== null) {
        throw new InputProblem(
          "locked",
          "another change of this server is under way",
          `${path}, process ${holder}`,
          "Wait until it has ended, then try again.",
        );
      }
      const aside = `${mine}.dead`;
      try {
        await rename(path, aside);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
        throw error;
      }
      // Someone else was quicker and this is already the new holder's: it goes back to its place.
      if ((await readFile(aside, "utf8")) !== found) await link(aside, path);
      await rm(aside, { force: true });
    }
  } finally {
    await rm(mine, { force: true });
  }
}

async function locked<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, "lock");
  const text = `${process.pid} ${randomUUID()}`;
  held.add(text);
  try {
    await takeLock(path, text);
    try {
      return await work();
    } finally {
      // How the work ended must not be lost: a lock that stays is nobody's once this process has ended.
      await rm(path, { force: true }).catch(() => {});
    }
  } finally {
    held.delete(text);
  }
}

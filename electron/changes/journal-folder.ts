import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { JournalStore, UnreadableFile } from "./journal.ts";
import { encodeRegFile } from "./reg-file.ts";

const ending = ".journal";

/** A folder of journals, and the right to be the only one who changes what they are about. */
export interface JournalFolder extends JournalStore {
  /**
   * Runs work while no other process changes the same server; throws InputProblem while another one does.
   */
  readonly exclusive: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/**
 * Journals in a folder, one file each, with the .reg file that undoes it beside it. A new journal is written to a
 * temporary name, flushed and renamed; later lines are added and flushed one by one.
 */
export function createJournalFolder(folder: string): JournalFolder {
  const pathOf = (id: string): string => join(folder, `${id}${ending}`);
  /** What was read before: a journal whose file is as it was is not read again, so that thousands of them cost little. */
  let before: ReadonlyMap<string, ReadFile> = new Map();
  const by = personNow();
  return {
    pathOf,
    ...(by === null ? {} : { by }),
    async readAll() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      });
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
      const found = await Promise.all(
        ids.sort().map(async (id) => [id, await readFound(pathOf(id), before.get(id))] as const),
      );
      before = new Map(found.flatMap(([id, file]) => ("text" in file ? [[id, file] as const] : [])));
      return new Map(found.map(([id, file]) => [id, "text" in file ? file.text : file]));
    },
    read: async (id) => (await readWhenFree(pathOf(id), { limit: largestJournal })).toString("utf8"),
    async create(id, text, undoScript) {
      await mkdir(folder, { recursive: true });
      await clearLeft(folder);
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

/** The account this process runs under, `DOMAIN\user`, with Windows' name for the domain; null where it has none. */
function personNow(): string | null {
  try {
    const { username } = userInfo();
    const domain = process.env["USERDOMAIN"];
    return domain === undefined || domain === "" ? username : `${domain}\\${username}`;
  } catch {
    return null;
  }
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

/** A journal has some kilobytes; a file larger than this is none. */
const largestJournal = 16 * 1024 * 1024;

/** A file that was read, and what it was like then. */
interface ReadFile {
  readonly text: string;
  readonly size: number;
  readonly changed: number;
}

/** The text of what lies in the place of a journal, or why it is none. Links are not followed: a journal is a file. */
async function readFound(path: string, before: ReadFile | undefined): Promise<ReadFile | UnreadableFile> {
  try {
    const found = await lstat(path);
    if (!found.isFile()) return { isFile: false, reason: "it is no file" };
    const { size, mtimeMs: changed } = found;
    if (size > largestJournal) return { isFile: true, reason: "it is larger than 16 MB" };
    if (before?.size === size && before.changed === changed) return before;
    return { text: (await readWhenFree(path, { limit: largestJournal })).toString("utf8"), size, changed };
  } catch (error) {
    return { isFile: true, reason: `it cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
}

/** Removes what a crash left half-written here. Whoever holds the lock of a folder is the only one who writes there. */
async function clearLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/\.[0-9a-f-]{36}\.tmp$/.test(name)) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}

/**
 * The name that stands for the right to change what a folder's journals are about. The operating system gives it to one
 * process at a time and takes it back when that process ends, however it ends: a named pipe on Windows, a socket
 * without a file on Linux. Elsewhere, where no server is changed, it is a socket's file.
 */
async function lockName(folder: string): Promise<string> {
  const place = (await realpath(folder)).toLowerCase();
  const name = `mim-mail-${createHash("sha256").update(place).digest("hex").slice(0, 32)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return process.platform === "linux" ? `\0${name}` : join(tmpdir(), name);
}

async function locked<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  await mkdir(folder, { recursive: true });
  const name = await lockName(folder);
  const lock = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      lock.once("error", reject);
      lock.listen(name, resolve);
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new InputProblem(
      "locked",
      "another change of this server is under way",
      folder,
      "Wait until it has ended, then try again.",
    );
  }
  try {
    return await work();
  } finally {
    await new Promise<void>((resolve) => lock.close(() => resolve()));
  }
}

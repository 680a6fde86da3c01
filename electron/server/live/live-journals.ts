import { lstat, mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createJournalFolder, type JournalFolder } from "../../changes/journal-folder.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { type RunTool, systemTool, windowsFolder } from "../windows-tool.ts";
import { otherWriterAt } from "./folder-rights.ts";

/** The product's folder for the whole machine. Not from the environment, where a user may name another. */
export function machineFolder(): string {
  return `${windowsFolder().slice(0, 2)}\\ProgramData\\MIM Mail Assistant`;
}

/** Where journals of this server lie, and whether that folder is to be guarded. */
export interface LiveJournalPorts {
  readonly folder: string;
  /** The folder that is guarded, with all below it; null for one the person chose, whose rights are the person's. */
  readonly guarded: string | null;
  readonly run: RunTool;
  /** Whether this process runs elevated: only then can it guard a folder, and only then it must. */
  readonly elevated: () => Promise<boolean | null>;
  readonly now: () => Date;
  readonly icacls?: string;
}

const administrators = "*S-1-5-32-544";
const system = "*S-1-5-18";
const users = "*S-1-5-32-545";

/**
 * The journals of this server. Only administrators may write where they lie: whoever could write a journal could say
 * what an undo puts back. Everyone may read them, because the window runs without elevation and has to offer a journal
 * that was interrupted; they hold no secret.
 * Before anything is journalled the rights are set anew, on the product's whole folder: any user may have made a folder
 * of that name before. What lies in a folder that others owned or could write in is set aside whole, and the change is
 * refused once. When that fails, nothing is changed. Reading does not check who wrote what is there: nothing comes of it,
 * and what an undo may touch is held against the catalogue in any case.
 */
export function createLiveJournals(ports: LiveJournalPorts): JournalFolder {
  const journals = createJournalFolder(ports.folder);
  let guarded: Promise<void> | null = null;
  const guard = (): Promise<void> => {
    guarded ??= guardFolder(ports).catch((error: unknown) => {
      guarded = null;
      throw error;
    });
    return guarded;
  };
  return {
    ...journals,
    async create(id, text, undoScript) {
      await guard();
      await journals.create(id, text, undoScript);
    },
    async exclusive(work) {
      await guard();
      return journals.exclusive(work);
    },
  };
}

async function guardFolder(ports: LiveJournalPorts): Promise<void> {
  const { folder, guarded, run, now, icacls = systemTool("icacls.exe") } = ports;
  if (guarded === null || (await ports.elevated()) !== true) return;
  await mkdir(dirname(guarded), { recursive: true });
  const isNew = (await mkdir(guarded, { recursive: true })) !== undefined;
  const logs = logFolderBelow(guarded);
  const there: string[] = [];
  for (const path of [guarded, folder, logs]) if (await isFolder(path)) there.push(path);
  // Whoever could write before has written nothing after the rights are set, so it is asked first and acted upon then.
  const otherWriters = isNew ? [] : await Promise.all(there.slice(0, 2).map((path) => otherWriterAt(path, run)));
  // Every folder loses the rights it was given and takes those of the folder above; the product's gets its three. What
  // lies in the folder of the installer's logs is left out: each log's own folder is closed to users, and stays so.
  const rights = [`${administrators}:(OI)(CI)F`, `${system}:(OI)(CI)F`, `${users}:(OI)(CI)RX`];
  await guardStep(run, icacls, [guarded, "/setowner", administrators, "/T", "/L", "/Q"]);
  await guardStep(run, icacls, [guarded, "/reset", "/L", "/Q"]);
  await guardStep(run, icacls, [guarded, "/inheritance:r", "/grant:r", ...rights, "/Q"]);
  // A folder that was just made is empty, unless someone was faster.
  const otherWriter =
    isNew && (await readdir(guarded)).length > 0 ? "somebody" : otherWriters.find((one) => one !== null);
  if (otherWriter !== undefined && otherWriter !== null && (await hasFiles(guarded))) {
    await setAside(guarded, otherWriter, now());
  }
  await mkdir(folder, { recursive: true });
  await mkdir(logs, { recursive: true });
  await guardStep(run, icacls, [folder, "/reset", "/T", "/L", "/Q"]);
  await guardStep(run, icacls, [logs, "/reset", "/L", "/Q"]);
}

/** Whether a folder is there. @throws Error for a link or a file: it would give its target other rights */
async function isFolder(path: string): Promise<boolean> {
  try {
    if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is not a folder of its own`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

async function hasFiles(folder: string): Promise<boolean> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.some((entry) => !entry.isDirectory());
}

/** Puts a folder under another name, whole: nothing in it is believed, and nothing of it is lost. */
async function setAside(folder: string, otherWriter: string, at: Date): Promise<never> {
  const aside = `${folder}.set-aside-${at.toISOString().replace(/[:.]/g, "-")}`;
  await rename(folder, aside);
  throw new InputProblem(
    "journals-set-aside",
    `others than administrators (${otherWriter}) could write where the journals lie, so none of them is believed`,
    folder,
    `The folder was set aside as ${aside}. Look into it, then try again: a new one is made that only administrators write in.`,
  );
}

/** Where the logs of the installer lie, each in a folder of its own. */
export function logFolderBelow(productFolder: string): string {
  return join(productFolder, "logs");
}

/**
 * Closes a new folder to everybody but administrators and Windows itself: an installer's log may hold a password.
 * @throws Error when it cannot be closed
 */
export async function closeFolder(
  path: string,
  { run, icacls = systemTool("icacls.exe") }: Pick<LiveJournalPorts, "run" | "icacls">,
): Promise<void> {
  const rights = [`${administrators}:(OI)(CI)F`, `${system}:(OI)(CI)F`];
  await guardStep(run, icacls, [path, "/inheritance:r", "/grant:r", ...rights, "/Q"]);
}

async function guardStep(run: RunTool, icacls: string, argv: readonly string[]): Promise<void> {
  const { code, stderr, stdout } = await run(icacls, argv);
  if (code === 0) return;
  const said = `${stderr.toString("latin1")}\n${stdout.toString("latin1")}`.trim().split(/\r?\n/)[0] ?? "";
  throw new Error(`${argv[0]} cannot be kept to administrators: ${said.replace(/[^ -~]/g, "?")}`);
}

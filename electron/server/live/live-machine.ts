import { readFile, stat } from "node:fs/promises";
import type { FileFact, TextFact } from "../../recording/recording.ts";
import type { Machine } from "../machine.ts";

/** The largest configuration file that is read, in bytes; MIM's is a few thousand. */
const textSizeLimit = 4 * 1024 * 1024;

const notYet = { state: "unreadable", reason: "this version of the product does not read it yet" } as const;

/** What a look asks of this computer beside its registry and Windows' own facts: files, and no more so far. */
export const liveMachine: Omit<Machine, "identity"> = {
  service: async () => notYet,
  file: fileFact,
  text: textFact,
  account: async () => notYet,
  events: async () => notYet,
  history: async () => ({ journal: [], installerRuns: [], cloud: null }),
};

/** Whether a file or folder is there. A program's version is asked for too, and is not readable yet. */
async function fileFact(path: string): Promise<FileFact> {
  try {
    await stat(path);
  } catch (error) {
    return missing(error);
  }
  if (/\.(exe|dll)$/i.test(path)) {
    return { state: "unreadable", reason: "it is there; this version of the product does not read file versions yet" };
  }
  return { state: "present", version: null };
}

async function textFact(path: string): Promise<TextFact> {
  try {
    const { size } = await stat(path);
    if (size > textSizeLimit) return { state: "unreadable", reason: "it is larger than 4 MB" };
    return { state: "present", text: await readFile(path, "utf8") };
  } catch (error) {
    return missing(error);
  }
}

function missing(error: unknown): { state: "absent" } | { state: "unreadable"; reason: string } {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { state: "absent" };
  return { state: "unreadable", reason: code === "EACCES" || code === "EPERM" ? "access denied" : code };
}

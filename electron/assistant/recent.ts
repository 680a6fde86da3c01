import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import { progressOf } from "../contract/standing.ts";
import { type Recent, recentSchema } from "../contract/start.ts";
import type { State } from "../contract/state.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { decodeText } from "../recording/strict-json.ts";
import { replaceFile } from "../server/replace-file.ts";
import { createJsonStore } from "./file-store.ts";

/** So many recordings are kept to be opened again, and none that is larger, in characters. */
const keptAtMost = 5;
const largestKept = 8 * 1024 * 1024;

/** The recordings opened before: their list and a copy of each, in `recent` of the home folder. */
export interface RecentRecordings {
  readonly list: () => Promise<readonly Recent[]>;
  /** Keeps a recording that is on show; gives its id, null where it is too large or cannot be kept. */
  readonly note: (name: string, text: string, shown: State) => Promise<string | null>;
  /** The text of one. Throws InputProblem when it is not there any more. */
  readonly read: (id: string) => Promise<{ readonly name: string; readonly text: string }>;
  readonly forget: (id: string) => Promise<void>;
}

/** The recordings opened before. Ids come from the list alone: what the window names is never a path. */
export function createRecentRecordings(home: string, now: () => Date): RecentRecordings {
  const folder = join(home, "recent");
  const index = createJsonStore<readonly Recent[]>({
    path: join(folder, "index.json"),
    what: "list of recent recordings",
    schema: z.array(recentSchema),
    initial: [],
    now,
  });
  const pathOf = (id: string): string => join(folder, `${id}.json`);
  const list = async (): Promise<readonly Recent[]> => {
    try {
      // A list that someone wrote names no other file: an id is a hash.
      return (await index.read()).filter(({ id }) => /^[0-9a-f]{32}$/.test(id));
    } catch {
      return [];
    }
  };
  const drop = (ids: readonly string[]): Promise<unknown> =>
    Promise.all(ids.map((id) => rm(pathOf(id), { force: true }).catch(() => undefined)));

  return {
    list,
    note: async (name, text, { server, checklist }) => {
      if (text.length > largestKept) return null;
      const id = createHash("sha256").update(text).digest("hex").slice(0, 32);
      const { settled, all } = progressOf(checklist);
      const one = { id, name, computer: server.computer, recordedAt: server.lookedAt, settled, all };
      try {
        const others = (await list()).filter((other) => other.id !== id);
        await replaceFile(pathOf(id), text);
        await index.write([one, ...others].slice(0, keptAtMost));
        await drop(others.slice(keptAtMost - 1).map((other) => other.id));
        return id;
      } catch {
        // It is on show all the same; the next start does not list it.
        return null;
      }
    },
    read: async (id) => {
      const one = (await list()).find((other) => other.id === id);
      try {
        if (one === undefined) throw new Error("it is not in the list");
        return { name: one.name, text: decodeText(await readWhenFree(pathOf(id)), "recording", one.name) };
      } catch {
        throw new InputProblem(
          "no-recent",
          "this recording is not kept any more",
          one?.name ?? "recent recordings",
          "Open its file again.",
        );
      }
    },
    forget: async (id) => {
      const all = await list();
      await index.write(all.filter((other) => other.id !== id));
      await drop(all.filter((other) => other.id === id).map((other) => other.id));
    },
  };
}

import * as z from "zod";
import { type InstallerRun, installerRunSchema } from "../contract/history.ts";
import type { NotedRun } from "../installer/run-installer.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { replaceFile } from "./replace-file.ts";

/** Where the runs of the installer are kept. Every method has written when it resolves, and rejects when it cannot. */
export interface InstallerRuns {
  /** Every run that is kept, oldest first. */
  readonly read: () => Promise<readonly NotedRun[]>;
  /** Keeps a run, in the place of the one that was started at the same moment if there is one. */
  readonly put: (run: NotedRun) => Promise<void>;
  /** Forgets a run that did not come about. */
  readonly remove: (startedAt: string) => Promise<void>;
}

/** So many runs are kept; nobody needs the ones before them. */
const keptRuns = 50;

/** The runs with one more, or with that one anew. */
export function withRun<Run extends InstallerRun>(runs: readonly Run[], run: Run): Run[] {
  const others = runs.filter(({ startedAt }) => startedAt !== run.startedAt);
  return [...others, run].slice(-keptRuns);
}

export function withoutRun<Run extends InstallerRun>(runs: readonly Run[], startedAt: string): Run[] {
  return runs.filter((run) => run.startedAt !== startedAt);
}

const fileSchema = z.object({
  format: z.literal("mim-mail-installer-runs"),
  version: z.literal(1),
  runs: z.array(installerRunSchema.extend({ process: z.number().int().positive().optional() })),
});

/**
 * Runs kept in one file, replaced as a whole or not at all. A file that is missing, damaged or closed counts as empty:
 * a look must not fail over it, and the next run writes it anew.
 */
export function createInstallerRunsFile(path: string): InstallerRuns {
  const read = async (): Promise<readonly NotedRun[]> => {
    try {
      return fileSchema.parse(JSON.parse((await readWhenFree(path)).toString("utf8"))).runs;
    } catch {
      return [];
    }
  };
  const write = async (runs: NotedRun[]): Promise<void> => {
    const file: z.input<typeof fileSchema> = { format: "mim-mail-installer-runs", version: 1, runs };
    await replaceFile(path, `${JSON.stringify(file, null, 2)}\n`);
  };
  return {
    read,
    put: async (run) => write(withRun(await read(), run)),
    remove: async (startedAt) => write(withoutRun(await read(), startedAt)),
  };
}

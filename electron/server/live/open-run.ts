import { stat } from "node:fs/promises";
import { uptime } from "node:os";
import type { InstallerRun } from "../../contract/history.ts";
import { readLogFile } from "../../installer/log-file.ts";
import type { NotedRun } from "../../installer/run-installer.ts";

/** The last run, when it is not known to have ended: the installer outlives the program that started it. */
export function openRun(runs: readonly NotedRun[]): NotedRun | null {
  const last = runs.at(-1);
  return last === undefined || last.endedAt != null || !last.log ? null : last;
}

/** Whether the process of a run goes on. One from before the last start of Windows does not, whatever has its number now. */
export function isRunning({ process: id, startedAt }: NotedRun, now: Date): boolean {
  if (id === undefined) return false;
  const windowsStarted = now.getTime() - uptime() * 1000;
  if (Date.parse(startedAt ?? "") < windowsStarted) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there, and not ours to end.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** An open run as its log says that it ended; as it is while the log does not say so, or cannot be read. */
export async function endedByLog(run: NotedRun): Promise<InstallerRun> {
  const { process: _process, ...kept } = run;
  if (openRun([run]) === null || !run.log) return kept;
  try {
    const reading = await readLogFile(run.log);
    if (reading.phase !== "ended" || reading.exitCode === null) return kept;
    return {
      ...kept,
      endedAt: (await stat(run.log)).mtime.toISOString(),
      exitCode: reading.exitCode,
      firstFailure: reading.firstFailure?.action ?? null,
      secretsInLog: reading.secretCount,
    };
  } catch {
    return kept;
  }
}

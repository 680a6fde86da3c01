import type { InstallerRun, JournalEntry } from "../contract/history.ts";
import { installerSucceeded } from "../contract/installer-outcome.ts";
import type { Seen } from "../recording/seen.ts";
import { mimService } from "./service.ts";

export function runSucceeded({ exitCode }: InstallerRun): boolean {
  return installerSucceeded(exitCode);
}

const momentOf = (entry: JournalEntry): string | null | undefined => entry.endedAt ?? entry.startedAt ?? entry.at;

const latest = (moments: readonly (string | null | undefined)[]): string | null =>
  moments.reduce<string | null>((last, moment) => {
    if (!moment) return last;
    return last === null || Date.parse(moment) > Date.parse(last) ? moment : last;
  }, null);

/** The last run of the installer, of those that are asked for; null when there is none. */
export function lastInstallerRun(seen: Seen, counts: (run: InstallerRun) => boolean = () => true): InstallerRun | null {
  const time = (run: InstallerRun): number => Date.parse(run.endedAt ?? run.startedAt ?? "") || 0;
  return seen.recording.installerRuns
    .filter(counts)
    .reduce<InstallerRun | null>((last, run) => (last === null || time(run) >= time(last) ? run : last), null);
}

/** When values of SCHANNEL or .NET were last changed by the journal; null when they never were. */
export function lastTlsChange(seen: Seen): string | null {
  return latest(
    seen.recording.journal
      .filter((entry) => entry.changes?.some(({ address }) => /\\SCHANNEL\\|\\\.NETFramework\\/i.test(address)) ?? true)
      .map(momentOf),
  );
}

/** When the server was last changed: by the journal, or by an installer run that succeeded. */
export function lastChange(seen: Seen): string | null {
  return latest([
    ...seen.recording.journal.map(momentOf),
    ...seen.recording.installerRuns.filter(runSucceeded).map((run) => changedBy(run, seen)),
  ]);
}

/**
 * When an installer's run changed the server: at its end, as far as is known. A service that was started while the run
 * went on was started by the run, which writes first and starts the service then; so the change lies before that start.
 */
function changedBy({ startedAt, endedAt }: InstallerRun, seen: Seen): string | null | undefined {
  const service = mimService(seen);
  const started = service.state === "present" ? Date.parse(service.value.startedAt ?? "") : Number.NaN;
  const within = Date.parse(startedAt ?? "") < started && started <= Date.parse(endedAt ?? "");
  return within ? startedAt : (endedAt ?? startedAt);
}

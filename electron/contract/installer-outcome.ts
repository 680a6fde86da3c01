/** How a run of the installer ended, told from msiexec's exit code. */
export type InstallerOutcome =
  | "succeeded"
  /** Succeeded; Windows has to be restarted, or the run itself restarts it. */
  | "restartNeeded"
  | "restartBegun"
  | "cancelled"
  /** Another installation runs: nothing was begun. */
  | "busy"
  | "failed";

/** Codes that are no plain failure. Source: https://learn.microsoft.com/en-us/windows/win32/msi/error-codes */
const outcomes: ReadonlyMap<number, InstallerOutcome> = new Map([
  [0, "succeeded"],
  [1602, "cancelled"],
  [1618, "busy"],
  [1641, "restartBegun"],
  [3010, "restartNeeded"],
]);

/** How a run ended; null while it is not known. */
export function installerOutcome(exitCode: number | null | undefined): InstallerOutcome | null {
  return exitCode === null || exitCode === undefined ? null : (outcomes.get(exitCode) ?? "failed");
}

/** True for a run that did what it was started for, with or without a restart to come. */
export function installerSucceeded(exitCode: number | null | undefined): boolean {
  const outcome = installerOutcome(exitCode);
  return outcome === "succeeded" || asksForRestart(exitCode);
}

/** True for a run that succeeded and asks for a restart, or began one. */
export function asksForRestart(exitCode: number | null | undefined): boolean {
  const outcome = installerOutcome(exitCode);
  return outcome === "restartNeeded" || outcome === "restartBegun";
}

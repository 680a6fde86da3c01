import { createHash, timingSafeEqual } from "node:crypto";
import type { InstallerStep } from "../contract/change-mode.ts";
import type { InstallerRun } from "../contract/history.ts";
import { installerOutcome, installerSucceeded } from "../contract/installer-outcome.ts";
import { installerExit } from "../facts/installer-exits.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { applyChanges, type ChangeOutcome, type ChangePorts, recoverJournal, undoJournal } from "./change.ts";
import { checkPlan, type PlanFile, planFileSchema } from "./plan.ts";

/** What may be done to a server besides setting values. Each rejects with the reason when it cannot. */
export interface ServerActions {
  /** Stops and starts FIMService; resolves when it runs. Tells what it is doing as far as it can. */
  readonly restartService: (progress?: (text: string) => void) => Promise<void>;
  /** Copies the service's configuration file; gives the path of the copy. */
  readonly copyConfig: () => Promise<string>;
  /**
   * Starts the installer in Change mode; resolves with the run when it has ended, however it ended. Rejects with an
   * InputProblem `refused` when it may not be started now.
   */
  readonly changeMode: (watched: WatchedInstaller) => Promise<InstallerRun>;
  /**
   * Follows an installer that an earlier start of this program began, to its end; null when none goes on. It is never
   * asked for by a plan.
   */
  readonly resumeChangeMode?: (watched: WatchedInstaller) => Promise<InstallerRun | null>;
  /** Replaces the log of the installer's last run by a copy without its secrets; gives its path. */
  readonly cleanLog: () => Promise<string>;
}

/** Who watches the installer, and may still call it off. */
export interface WatchedInstaller {
  readonly tell?: (step: InstallerStep) => void;
  /** Keeps the installer from being started. Once it runs the person cancels it in its own window. */
  readonly signal?: AbortSignal;
  /** Where its log is written, chosen by the person at the command line; never from a plan. */
  readonly log?: string;
}

export interface PlanPorts extends ChangePorts {
  readonly actions: ServerActions;
  readonly installer?: WatchedInstaller;
}

/** How a plan ended. `unknown-entry` and `altered` were refused whole, with nothing written. */
export type PlanOutcome =
  | (ChangeOutcome & { readonly done?: readonly string[] })
  | {
      readonly outcome: "refused";
      readonly code: "altered" | "unknown-entry" | "not-available";
      readonly reason: string;
      readonly modifiedOutside: readonly never[];
      /** What was done before something was refused that only shows itself then. */
      readonly done?: readonly string[];
    }
  /** An action failed. Values set before it stand: `journal` undoes them; null when there are none. */
  | {
      readonly outcome: "failed";
      readonly reason: string;
      readonly journal: string | null;
      readonly changed: number;
      readonly done: readonly string[];
    };

const refused = (code: "altered" | "unknown-entry" | "not-available", reason: string): PlanOutcome => ({
  outcome: "refused",
  code,
  reason,
  modifiedOutside: [],
});

/** The SHA-256 of a plan file, in hexadecimal: what the worker is told to expect. */
export function planDigest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The bytes of a plan as it is handed to the worker. */
export function planBytes(plan: PlanFile): Uint8Array {
  return Buffer.from(JSON.stringify(plan), "utf8");
}

/**
 * Runs a plan as it was handed over: holds its bytes against the hash, then every entry against this program's own
 * catalogue, and refuses it whole on the first difference. Only then is anything journalled and changed.
 */
export async function runPlan(ports: PlanPorts, bytes: Uint8Array, sha256: string): Promise<PlanOutcome> {
  const digest = Buffer.from(planDigest(bytes));
  const expected = Buffer.from(sha256.toLowerCase());
  if (digest.length !== expected.length || !timingSafeEqual(digest, expected)) {
    return refused("altered", "the plan is not the one that was shown: its SHA-256 differs");
  }
  const plan = parsePlan(bytes);
  if (plan === null) return refused("unknown-entry", "the plan is not in the form this program writes");
  if ("undo" in plan) {
    const { journal, force, otherComputer = false } = plan.undo;
    return begun(() => undoJournal(ports, journal, { force, otherComputer }));
  }
  if ("recover" in plan) {
    const { journal, how, force, otherComputer = false } = plan.recover;
    return begun(() => recoverJournal(ports, journal, how, { force, otherComputer }));
  }
  const checked = checkPlan(plan.entries);
  if (!checked.ok)
    return refused("unknown-entry", `the plan asks for something that may not be changed: ${checked.unknownEntry}`);
  const done: string[] = [];
  const failed = (error: unknown, before: ChangeOutcome): PlanOutcome => ({
    outcome: "failed",
    reason: reasonOf(error),
    journal: before.outcome === "applied" ? before.journal : null,
    changed: before.outcome === "applied" ? before.changed : 0,
    done,
  });
  let outcome: ChangeOutcome = { outcome: "nothing" };
  if (checked.actions.includes("copyConfig")) {
    try {
      done.push(`Copied the configuration to ${await ports.actions.copyConfig()}`);
    } catch (error) {
      return failed(error, outcome);
    }
  }
  if (checked.values.length > 0) outcome = await begun(() => applyChanges(ports, checked.values));
  if (outcome.outcome !== "applied" && outcome.outcome !== "nothing") return { ...outcome, done };
  // What may not be done now is refused, so long as nothing else was changed before it.
  const notDone = (error: unknown): PlanOutcome =>
    outcome.outcome === "nothing" && error instanceof InputProblem && error.code === "refused"
      ? { ...refused("not-available", `${error.message}. ${error.cure}`), done }
      : failed(error, outcome);
  if (checked.actions.includes("changeMode")) {
    try {
      const { exitCode } = await ports.actions.changeMode(ports.installer ?? {});
      const words = installerWords(exitCode ?? null);
      if (installerOutcome(exitCode) === "busy") {
        throw new InputProblem("refused", words, "the installer", installerExit(exitCode ?? 0).cure);
      }
      if (!installerSucceeded(exitCode)) throw new Error(words);
      done.push(`Ran the installer in Change mode (exit code ${exitCode})`);
    } catch (error) {
      return notDone(error);
    }
  }
  if (checked.actions.includes("cleanLog")) {
    try {
      done.push(`Took the secrets out of ${await ports.actions.cleanLog()}`);
    } catch (error) {
      return notDone(error);
    }
  }
  if (checked.actions.includes("restartService")) {
    try {
      await ports.actions.restartService((text) => ports.progress?.(text, 1));
      done.push("Restarted FIMService");
    } catch (error) {
      return failed(error, outcome);
    }
  }
  return { ...outcome, done };
}

function installerWords(exitCode: number | null): string {
  if (exitCode === null) return "how the installer ended is not known";
  return `the installer ended with ${exitCode}: ${installerExit(exitCode).cause}`;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A change rejects only while it still reads: once something is begun, every failure is an outcome of its own. */
async function begun(change: () => Promise<ChangeOutcome>): Promise<ChangeOutcome> {
  try {
    return await change();
  } catch (error) {
    return {
      outcome: "refused",
      code: "unreadable",
      reason: `nothing was begun: ${reasonOf(error)}`,
      modifiedOutside: [],
    };
  }
}

function parsePlan(bytes: Uint8Array): PlanFile | null {
  try {
    return planFileSchema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

/** The exit code of a plan's end. 0 done, 3 failed and nothing stands, 4 failed and something stands, 5 refused. */
export function exitCodeOf(outcome: PlanOutcome): 0 | 3 | 4 | 5 {
  switch (outcome.outcome) {
    case "nothing":
    case "applied":
      return 0;
    case "undone":
      return outcome.asked ? 0 : 3;
    case "failed":
      return outcome.journal === null ? 3 : 4;
    case "stuck":
      return 4;
    case "refused":
      return 5;
  }
}

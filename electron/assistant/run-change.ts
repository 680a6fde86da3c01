import { readJournals } from "../changes/journal.ts";
import { journalledEnd } from "../changes/journalled-end.ts";
import type { PlanFile } from "../changes/plan.ts";
import type { ChangeResult } from "../contract/change.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { startElevated } from "../server/live/elevation.ts";
import type { ChangeableServer } from "../server/server.ts";
import { runTool } from "../server/windows-tool.ts";
import { type RunOptions, resultOf, runOn } from "./changeable.ts";
import { chosenHome } from "./home.ts";
import { runInWorker } from "./run-worker.ts";

/** How the program is started to go on where another window of it is: this, then the pipe of that window. */
export const takeOverSwitch = "--take-over";

/** Starts this program's own executable elevated, as the worker, with these arguments; gives its exit code. */
export type StartWorker = (argv: readonly string[]) => Promise<number | null>;

/**
 * Runs a plan on a server: in this process where it may, and for this computer without elevation in a worker that
 * Windows is asked to elevate, once a plan. A declined prompt is an InputProblem `refused`.
 */
export async function runChange(
  server: ChangeableServer,
  plan: PlanFile,
  options: RunOptions,
  startWorker: StartWorker = startInstalled,
): Promise<ChangeResult> {
  const { askElevated } = server;
  // Where Windows does not tell, elevation is asked for: there is no question then if there already is.
  if (askElevated === undefined || (await askElevated()) === true) return resultOf(await runOn(server, plan, options));
  const home = chosenHome();
  if (home !== null) {
    throw new InputProblem(
      "refused",
      "an elevated process would keep its journal elsewhere: MIM_MAIL_HOME is set for this one alone",
      home,
      "Start the program as an administrator, or without MIM_MAIL_HOME. Nothing was changed.",
    );
  }
  const { progress, installer: { tell: installer, signal: installerSignal } = {} } = options;
  const signals = [options.signal, installerSignal].filter((signal) => signal !== undefined);
  const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
  const before = await readJournals(server.journals);
  return runInWorker(plan, {
    start: startWorker,
    leftBehind: async () =>
      journalledEnd(plan, before, await readJournals(server.journals), (id) => server.journals.pathOf(id)),
    ...(progress === undefined ? {} : { progress }),
    ...(installer === undefined ? {} : { installer }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The installed program lies where only administrators write; a program from any other folder is not elevated. */
async function startProgram(argv: readonly string[], shown: boolean): Promise<number | null> {
  const { defaultApp, versions } = process as typeof process & { readonly defaultApp?: boolean };
  if (versions["electron"] === undefined || defaultApp === true) {
    throw new InputProblem(
      "refused",
      "only the installed program asks for elevation",
      process.execPath,
      "Start this one as an administrator. Nothing was changed.",
    );
  }
  return startElevated({ program: process.execPath, argv, shown }, runTool);
}

/** The worker of the installed program. */
export const startInstalled: StartWorker = (argv) => startProgram(["--worker", ...argv], false);

/** The installed program itself, in the place of this window. */
export const startWindow: StartWorker = (argv) => startProgram([takeOverSwitch, ...argv], true);

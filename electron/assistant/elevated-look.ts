import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import type { LookProgress, Server } from "../server/server.ts";
import { chosenHome } from "./home.ts";
import { type StartWorker, startInstalled } from "./run-change.ts";
import { lookInWorker } from "./run-worker.ts";

/** A look's options, as a server takes them. */
export interface LookOptions {
  readonly signal?: AbortSignal;
  readonly progress?: LookProgress;
}

/**
 * Looks at this computer with an administrator's rights, after one question of Windows: the hives of other accounts and
 * the installer's logs are closed to everybody else. Where this process has those rights already it looks itself.
 * @throws InputProblem `refused` for another server, and when the question is declined
 */
export async function lookElevated(
  server: Server,
  options: LookOptions,
  startWorker: StartWorker = startInstalled,
): Promise<Recording> {
  if (server.askElevated === undefined) {
    throw new InputProblem(
      "refused",
      "only this computer can be looked at as an administrator",
      server.label,
      "Choose This server first.",
    );
  }
  if ((await server.askElevated()) === true) return server.look(options);
  if (chosenHome() !== null) {
    throw new InputProblem(
      "refused",
      "an elevated process would look for journals elsewhere: MIM_MAIL_HOME is set for this one alone",
      chosenHome() ?? "",
      "Start the program as an administrator, or without MIM_MAIL_HOME.",
    );
  }
  return lookInWorker({
    start: startWorker,
    ...(options.progress === undefined ? {} : { progress: options.progress }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/**
 * A look without an administrator's rights, with what an earlier look with them read in keys that are closed to it: as long
 * as the service runs since the same moment and nothing was changed or installed, what those keys hold still tells.
 */
export function withClosedKeys(now: Recording, elevated: Recording): Recording {
  const since = ({ services, journal, installerRuns }: Recording): string =>
    JSON.stringify([services["FIMService"], journal.length, installerRuns.length]);
  if (now.computer !== elevated.computer || since(now) !== since(elevated)) return now;
  const lent = Object.entries(now.registry).flatMap(([key, found]) => {
    const then = elevated.registry[key];
    return found.state === "unreadable" && then !== undefined && then.state !== "unreadable"
      ? [[key, then] as const]
      : [];
  });
  return lent.length === 0 ? now : { ...now, registry: { ...now.registry, ...Object.fromEntries(lent) } };
}

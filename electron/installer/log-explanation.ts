import type { Explanation } from "../contract/change-mode.ts";
import { installerExit } from "../facts/installer-exits.ts";
import { errorSources, installerError } from "./installer-errors.ts";
import { type LogReading, runSucceeded } from "./log-reading.ts";

/**
 * Why a run did not succeed: first what the log told on its way, nearest to the cause, then what the exit code means.
 * Empty for a run that succeeded, and for one that the log does not tell the end of and in which nothing failed.
 */
export function explanationsOf(reading: Pick<LogReading, "messages" | "exitCode">): readonly Explanation[] {
  if (runSucceeded(reading)) return [];
  const told = new Map<number, Explanation>();
  for (const { code, level, line } of reading.messages) {
    const error = installerError(code, "message");
    if (error === null || told.has(code) || (level === "note" && !error.tellsAsNote)) continue;
    told.set(code, {
      code,
      origin: "message",
      cause: error.cause,
      cure: error.cure,
      line,
      source: errorSources.message,
    });
  }
  const exit = reading.exitCode === null ? null : explainExit(reading.exitCode);
  return exit === null ? [...told.values()] : [...told.values(), exit];
}

function explainExit(code: number): Explanation {
  const { cause, cure } = installerExit(code);
  return { code, origin: "exit", cause, cure, line: null, source: errorSources.exit };
}

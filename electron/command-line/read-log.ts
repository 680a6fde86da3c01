import { followLog } from "../installer/follow-log.ts";
import { mailServerIn } from "../installer/known-properties.ts";
import { explanationsOf } from "../installer/log-explanation.ts";
import { installerRunOf, isOfMim, type LogReading, runSucceeded } from "../installer/log-reading.ts";
import { scrubLogFile } from "../installer/scrub-log.ts";
import { readLogThoroughly } from "../installer/thorough-log.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { jsonText } from "../report/json-text.ts";
import type { Define } from "./define.ts";
import { createFollowTeller } from "./follow-text.ts";
import type { ExitCode, Io } from "./io.ts";
import { choicesOf, dialogsOf, logText, signInErrorsOf } from "./log-text.ts";

interface ReadLogOptions {
  readonly json?: true;
  readonly scrub?: string;
  readonly force?: true;
  readonly follow?: true;
}

/** `read-log`: says what an installer log says, and writes a copy of it without its secrets. */
export const defineReadLog: Define = (command, { io }, end) => {
  command
    .argument("<msi.log>", "the log that msiexec's /l option named")
    .option("--json", "print JSON")
    .option("--scrub <out.log>", "write a copy of the log without its secrets")
    .option("--force", "write over a copy that exists")
    .option("--follow", "tell what is new while the installer writes the log, until it has ended or Ctrl+C")
    .addHelpText(
      "after",
      `
Secrets are told by where they stand, never by their text. The log itself is not changed.

Exit codes: 0 the run succeeded and the log holds no secret in clear; 1 it failed, its end is not in the log, or the log
holds a secret; 2 wrong usage, or no log of Windows Installer. A run that succeeded with errors on the way is told so.

Examples:
  mim-mail read-log change-mode.log
  mim-mail read-log change-mode.log --json
  mim-mail read-log change-mode.log --follow
  mim-mail read-log change-mode.log --scrub change-mode.clean.log`,
    )
    .action(async (log: string, options: ReadLogOptions) => {
      if (options.force === true && options.scrub === undefined) {
        throw new InputProblem("usage", "--force goes with --scrub", "mim-mail read-log", "Add --scrub and a name.");
      }
      const { scrub, force = false, follow = false } = options;
      if (follow && scrub !== undefined) {
        throw new InputProblem(
          "usage",
          "--follow and --scrub do not go together",
          "mim-mail read-log",
          "Write the clean copy when the log has ended.",
        );
      }
      const reading = await io.stoppable(async (signal) => {
        if (follow) return followed(log, options.json === true, signal, io);
        try {
          return await (scrub === undefined
            ? readLogThoroughly(log, { signal })
            : scrubLogFile(log, scrub, { signal, force }));
        } catch (error) {
          throw signal.aborted ? stopped(log) : error;
        }
      });
      if (options.json) io.stdout(jsonText(answerOf(reading, log, scrub ?? null)));
      else io.stdout(logText(reading, log, scrub ?? null, io));
      end(exitCodeOf(reading));
    });
};

function stopped(log: string): InputProblem {
  return new InputProblem("stopped", "it was stopped; nothing was written", log, "Run it again when you want to.");
}

/** Tells what is new in a log until it has ended or is left; gives what it says then. */
async function followed(log: string, isQuiet: boolean, signal: AbortSignal, io: Io): Promise<LogReading> {
  const newIn = createFollowTeller();
  let last: LogReading | null = null;
  for await (const reading of followLog(log, { signal })) {
    last = reading;
    if (!isQuiet) for (const line of newIn(reading)) io.stdout(`${line}\n`);
  }
  if (last === null) throw stopped(log);
  if (!isQuiet) io.stdout("\n");
  return last;
}

/** 0 when nothing is wrong with the run and its log, else 1. */
export function exitCodeOf(reading: LogReading): ExitCode {
  return runSucceeded(reading) && !reading.removes && reading.secretCount === 0 ? 0 : 1;
}

/** What `--json` prints. `run` is an installer run as a recording keeps it. */
function answerOf(reading: LogReading, log: string, cleanCopy: string | null) {
  const {
    properties: _properties,
    actions,
    secretCount,
    secrets,
    signInErrors: _codes,
    dialogs: _dialogs,
    ...rest
  } = reading;
  return {
    log,
    succeeded: runSucceeded(reading),
    run: installerRunOf(reading, { log, startedAt: null, endedAt: null }),
    ...rest,
    isOfMim: isOfMim(reading),
    dialogs: dialogsOf(reading),
    mailServer: mailServerIn(reading.properties),
    choices: choicesOf(reading),
    actions,
    explanations: explanationsOf(reading),
    signInErrors: signInErrorsOf(reading),
    secrets: { count: secretCount, places: secrets },
    cleanCopy,
  };
}

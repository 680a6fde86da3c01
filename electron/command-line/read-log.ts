import { signInMeaning } from "../checklist/sign-in-errors.ts";
import { defaultTarget } from "../contract/target.ts";
import { knownProperties, mailServerIn } from "../installer/known-properties.ts";
import { explanationsOf } from "../installer/log-explanation.ts";
import { readLogFile } from "../installer/log-file.ts";
import { installerRunOf, isOfMim, type LogReading, runSucceeded } from "../installer/log-reading.ts";
import { pagesOfDialogs } from "../installer/page-follower.ts";
import { wizardCaseOf, wizardPages } from "../installer/pages.ts";
import { scrubLogFile } from "../installer/scrub-log.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { ExitCode, Io } from "./io.ts";
import { type Paint, paintFor } from "./paint.ts";

interface ReadLogOptions {
  readonly json?: true;
  readonly scrub?: string;
  readonly force?: true;
}

/** `read-log`: says what an installer log says, and writes a copy of it without its secrets. */
export const defineReadLog: Define = (command, { io }, end) => {
  command
    .argument("<msi.log>", "the log that msiexec's /l option named")
    .option("--json", "print JSON")
    .option("--scrub <out.log>", "write a copy of the log without its secrets")
    .option("--force", "write over a copy that exists")
    .addHelpText(
      "after",
      `
Secrets are told by where they stand, never by their text. The log itself is not changed.

Exit codes: 0 the run succeeded and the log holds no secret in clear; 1 it failed, its end is not in the log, or the log
holds a secret; 2 wrong usage, or no log of Windows Installer.

Examples:
  mim-mail read-log change-mode.log
  mim-mail read-log change-mode.log --json
  mim-mail read-log change-mode.log --scrub change-mode.clean.log`,
    )
    .action(async (log: string, options: ReadLogOptions) => {
      if (options.force === true && options.scrub === undefined) {
        throw new InputProblem("usage", "--force goes with --scrub", "mim-mail read-log", "Add --scrub and a name.");
      }
      const { scrub, force = false } = options;
      const reading = await io.stoppable(async (signal) => {
        try {
          return await (scrub === undefined
            ? readLogFile(log, { signal })
            : scrubLogFile(log, scrub, { signal, force }));
        } catch (error) {
          throw signal.aborted ? stopped(log) : error;
        }
      });
      if (options.json) io.stdout(`${JSON.stringify(answerOf(reading, log, scrub ?? null), null, 2)}\n`);
      else io.stdout(readingText(reading, log, scrub ?? null, io));
      end(exitCodeOf(reading));
    });
};

function stopped(log: string): InputProblem {
  return new InputProblem("stopped", "it was stopped; nothing was written", log, "Run it again when you want to.");
}

/** 0 when nothing is wrong with the run and its log, else 1. */
export function exitCodeOf(reading: LogReading): ExitCode {
  return runSucceeded(reading) && !reading.removes && reading.secretCount === 0 ? 0 : 1;
}

/** A dialog with the page it was, as far as that is known. Another product's dialogs are no pages of this wizard. */
function dialogsOf(reading: LogReading) {
  const pages = wizardPages(wizardCaseOf(defaultTarget));
  const followed = pagesOfDialogs(reading.dialogs, pages);
  return reading.dialogs.map((dialog, index) => {
    const page = isOfMim(reading) === false ? null : (followed[index] ?? null);
    return { ...dialog, page: page?.page ?? null, pageKnownBy: page?.known ?? null };
  });
}

/** The known properties the log gives a value, in the order of the wizard's pages. */
function choicesOf({ properties }: LogReading) {
  return knownProperties.flatMap(({ name, title, page }) => {
    const value = properties.get(name);
    return value === undefined ? [] : [{ name, title, page, value }];
  });
}

function signInErrorsOf({ signInErrors }: LogReading) {
  return signInErrors.map((code) => ({ code: `AADSTS${code}`, ...signInMeaning(`AADSTS${code}`) }));
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

/** Labels of the text are as wide as the longest. */
const labelWidth = 10;

function readingText(reading: LogReading, log: string, cleanCopy: string | null, io: Io): string {
  const paint = paintFor(io.colours);
  const lines: string[] = [paint.bold(shownText(log, 400)), ""];
  const row = (label: string, text: string): void => {
    const first = `  ${paint.soft(label.padEnd(labelWidth))}  `;
    lines.push(...hanging(first, labelWidth + 4, wrapped(shownText(text), io.columns - labelWidth - 4)));
  };
  row("Log", logWords(reading));
  row("Product", productWords(reading));
  row("Result", resultWords(reading));
  if (reading.removes) row("", "This run removes the product. Change mode is not that.");
  const { firstFailure } = reading;
  if (firstFailure !== null) {
    const by =
      firstFailure.customAction === null ? "" : `; the custom action ${firstFailure.customAction} failed in it`;
    row("Failed", `${firstFailure.action}, first to return 3, at ${firstFailure.time}, line ${firstFailure.line}${by}`);
  }
  if (reading.restart !== "none") {
    row("Restart", reading.restart === "begun" ? "The run itself restarts Windows." : "Windows has to be restarted.");
  }
  section("Pages and dialogs", dialogWords(reading), lines, paint, io);
  section("Choices", choiceWords(reading), lines, paint, io);
  section("Cause and cure", causeWords(reading), lines, paint, io);
  section("Secrets in clear", secretWords(reading), lines, paint, io);
  if (cleanCopy !== null) {
    lines.push(
      "",
      `Wrote ${shownText(cleanCopy, 400)}: the log without its secrets, ${counted(reading.lines, "line")}.`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function section(title: string, items: readonly string[], lines: string[], paint: Paint, io: Io): void {
  if (items.length === 0) return;
  lines.push("", paint.bold(title));
  for (const item of items) lines.push(...hanging("  ", 4, wrapped(shownText(item), io.columns - 4)));
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

function logWords(reading: LogReading): string {
  const parts = [reading.encoding, counted(reading.lines, "line"), counted(reading.bytes, "byte")];
  if (reading.startedAt !== null) parts.push(`begun ${reading.startedAt}`);
  if (reading.runs > 1) parts.push(`${reading.runs} runs, of which this is the last`);
  if (reading.endsAmidCharacter) parts.push("ends in the middle of a character: it was cut, or is still being written");
  if (reading.overlongLines > 0) {
    parts.push(`${counted(reading.overlongLines, "line")} of more than 2 MB not read: what they hold is not known`);
  }
  return parts.join(", ");
}

function productWords(reading: LogReading): string {
  const { name, version, code } = reading.product;
  const parts = [[name, version].filter((part) => part !== null).join(" "), code].filter(Boolean);
  const told = parts.length === 0 ? "The log does not name it." : parts.join(", ");
  return isOfMim(reading) === false ? `${told}. This is not the log of the MIM Service and Portal.` : told;
}

function resultWords(reading: LogReading): string {
  const { exitCode, phase } = reading;
  if (exitCode === null) {
    const doing = reading.current === null ? "" : `; last seen: ${reading.current}`;
    const phases = {
      begun: "before its first page",
      pages: "on its pages",
      installing: "while it installed",
      ended: "",
    };
    return `The log does not say how the run ended; it stops ${phases[phase]}${doing}`;
  }
  const exit = explanationsOf(reading).find(({ origin }) => origin === "exit");
  if (exit !== undefined) return `Exit code ${exitCode}: ${exit.cause}`;
  return exitCode === 0 ? "Succeeded (exit code 0)" : `Succeeded (exit code ${exitCode}), with a restart`;
}

function dialogWords(reading: LogReading): string[] {
  return dialogsOf(reading).map(({ name, time, line, page, pageKnownBy }) => {
    const guess = pageKnownBy === "order" ? ", by its order: its name is not known" : "";
    return `${time}  ${name}${page === null ? "" : `: page ${page}${guess}`} (line ${line})`;
  });
}

function choiceWords(reading: LogReading): string[] {
  return choicesOf(reading).map(({ name, title, value }) => `${title} (${name}): ${value === "" ? "empty" : value}`);
}

function causeWords(reading: LogReading): string[] {
  const signIn = signInErrorsOf(reading).map(({ code, meaning, cure }) => `${code}: ${meaning}. ${cure}`);
  const explained = explanationsOf(reading).map(({ code, origin, cause, cure, line }) => {
    const where = origin === "exit" ? `Exit code ${code}` : `Error ${code}, line ${line}`;
    return `${where}: ${cause}. ${cure}`;
  });
  return [...signIn, ...explained];
}

const signWords = {
  name: "by its name",
  typed: "a value typed this time",
  clientSecret: "has the form of a client secret",
  token: "has the form of an access token",
} as const;

function secretWords({ secretCount, secrets }: LogReading): string[] {
  if (secretCount === 0) return ["None found."];
  const shown = secrets.slice(0, 50).map(({ line, name, sign }) => `Line ${line}: ${name ?? signWords[sign]}`);
  const more = secretCount - shown.length;
  return [
    `${counted(secretCount, "place")}. Write a clean copy with --scrub and delete the log; change the secret when others could read it.`,
    ...shown,
    ...(more > 0 ? [`and ${counted(more, "place")} more`] : []),
  ];
}

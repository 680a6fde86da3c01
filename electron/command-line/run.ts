import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { homeFolder } from "../assistant/home.ts";
import { capitalized } from "../contract/capitalized.ts";
import { namesSecret } from "../contract/secret-signs.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { scrubText } from "../recording/redact.ts";
import type { Define } from "./define.ts";
import type { Context, ExitCode, Io } from "./io.ts";
import { problemText } from "./problem-text.ts";

/** The commands by name. Each is loaded only when it is asked for, so that a start stays fast. */
const commands: readonly { readonly name: string; readonly summary: string; readonly load: () => Promise<Define> }[] = [
  {
    name: "check",
    summary: "print the checklist of a server",
    load: async () => (await import("./check.ts")).defineCheck,
  },
  {
    name: "collect",
    summary: "write what was seen on a server to a recording",
    load: async () => (await import("./collect.ts")).defineCollect,
  },
  {
    name: "plan",
    summary: "print the changes that apply would make",
    load: async () => (await import("./plan.ts")).definePlan,
  },
  {
    name: "apply",
    summary: "make the changes of a TLS profile, journalled",
    load: async () => (await import("./apply.ts")).defineApply,
  },
  {
    name: "undo",
    summary: "put back what a change found, or list the changes",
    load: async () => (await import("./undo.ts")).defineUndo,
  },
  {
    name: "script",
    summary: "write a file that does what apply does",
    load: async () => (await import("./script.ts")).defineScript,
  },
  {
    name: "change-mode",
    summary: "start the installer in Change mode and say what to do on each page",
    load: async () => (await import("./change-mode.ts")).defineChangeMode,
  },
  {
    name: "cloud-check",
    summary: "sign in to Microsoft's cloud and ask the service's mailbox",
    load: async () => (await import("./cloud-check.ts")).defineCloudCheck,
  },
  {
    name: "relay-check",
    summary: "ask the SMTP relay from this server, without sending anything",
    load: async () => (await import("./relay-check.ts")).defineRelayCheck,
  },
  {
    name: "read-log",
    summary: "say what an installer log says, and write it without its secrets",
    load: async () => (await import("./read-log.ts")).defineReadLog,
  },
  {
    name: "report",
    summary: "write the configuration report of one server or several",
    load: async () => (await import("./report.ts")).defineReport,
  },
  {
    name: "compare",
    summary: "print what differs between two recordings",
    load: async () => (await import("./compare.ts")).defineCompare,
  },
  {
    name: "farm",
    summary: "put servers side by side: what differs, what is next on each, in which order",
    load: async () => (await import("./farm.ts")).defineFarm,
  },
  {
    name: "renew-secret",
    summary: "renew the client secret step by step: where it stands and what is next",
    load: async () => (await import("./renew-secret.ts")).defineRenewSecret,
  },
  {
    name: "smtp-plan",
    summary: "plan the way from Exchange Web Services to SMTP: which fits, why, and what to do",
    load: async () => (await import("./smtp-plan.ts")).defineSmtpPlan,
  },
  {
    name: "expiry",
    summary: "print the dates ahead: client secret, end of Exchange Web Services, accepted risks",
    load: async () => (await import("./expiry.ts")).defineExpiry,
  },
  {
    name: "practice",
    summary: "start the practice server over, or make what comes next on it fail",
    load: async () => (await import("./practice.ts")).definePractice,
  },
];

/**
 * Runs `mim-mail` with the arguments after its name and gives its exit code. Never throws: an error is one line on
 * stderr, `mim-mail: <what> (<where>)`, and what to do about it on the next. Output that could not be written is such an
 * error as well; what became of a change outweighs it.
 */
export async function run(argv: readonly string[], io: Io, version: string, assets?: string): Promise<ExitCode> {
  const code = await runCommand(argv, io, version, assets);
  try {
    await io.written();
    return code;
  } catch (error) {
    // A command that stopped over it has told it already.
    const told = code === 2 ? 2 : failure(error, "mim-mail", io);
    return code > 2 ? code : told;
  }
}

async function runCommand(
  argv: readonly string[],
  io: Io,
  version: string,
  assets: string = join(import.meta.dirname, "..", "..", "assets"),
): Promise<ExitCode> {
  const context: Context = { io, version, home: homeFolder(io.environment, io.platform), assets };
  const asked = argv[0] === "help" ? argv[1] : argv[0];
  const place = commands.some(({ name }) => name === asked) ? `mim-mail ${asked}` : "mim-mail";
  let code: ExitCode = 0;
  try {
    refuseSecret(argv, place);
    if (argv.length === 0) {
      throw new InputProblem("usage", "no command was given", place, "Run mim-mail --help to see the commands.");
    }
    const program = new Command("mim-mail");
    program
      .description("Looks at the mail of a Microsoft Identity Manager server and says what is left to do.")
      .version(version, "--version", "print the version")
      .helpOption("--help", "print this help")
      .exitOverride()
      .configureHelp({ minWidthToWrap: 20 })
      .configureOutput({
        writeOut: io.stdout,
        // What is wrong is told below, in one form for all errors.
        writeErr: () => {},
        getOutHelpWidth: () => io.columns,
        getOutHasColors: () => io.colours,
      })
      .addHelpText(
        "after",
        `
Exit codes: 0 done (or attention only), 1 something is left to do or not known, 2 wrong usage or unreadable input,
3 a change failed and was rolled back, 4 a change failed and could not be rolled back, 5 refused. MIM_MAIL_HOME names
the folder of the practice server, its journals and the target.`,
      );
    for (const { name, summary, load } of commands) {
      const command = program
        .command(name)
        .summary(summary)
        .description(`${capitalized(summary)}.`);
      if (name !== asked) continue;
      const define = await load();
      define(command, context, (ended) => {
        code = ended;
      });
    }
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    return failure(error, place, io);
  }
}

/**
 * Refuses a secret among the arguments, whatever the option is called: other programs on this computer and the shell's
 * history see them. It is not repeated.
 */
function refuseSecret(argv: readonly string[], place: string): void {
  const isSecret = (argument: string): boolean =>
    (/^[-/]/.test(argument) && namesSecret(argument.split(/[=:]/, 1)[0] ?? "")) || scrubText(argument) !== argument;
  if (!argv.some(isSecret)) return;
  throw new InputProblem(
    "secret-in-argument",
    "a secret may not stand in the arguments",
    place,
    "Arguments are seen by others on this computer and kept by the shell. Leave it out: mim-mail cloud-check asks for the client secret, or reads it from standard input.",
  );
}

/** The codes of what is not wrong but not permitted, or not now. */
const refusals: readonly string[] = ["refused", "locked", "journals-set-aside"];

/** Tells an error in its one form and gives the exit code it means. An error nobody foresaw counts as 2. */
function failure(error: unknown, place: string, io: Io): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  const { what, where, cure } = told(error, place);
  io.stderr(problemText(what, where, cure));
  if (io.environment["MIM_MAIL_DEBUG"] === "1" && error instanceof Error) io.stderr(`${error.stack}\n`);
  return error instanceof InputProblem && refusals.includes(error.code) ? 5 : 2;
}

function told(error: unknown, place: string): { what: string; where: string; cure: string } {
  if (error instanceof InputProblem) return { what: error.message, where: error.where, cure: error.cure };
  const help = `Run ${place} --help to see how it is used.`;
  if (error instanceof CommanderError) {
    // "error: unknown option '--jsn'\n(Did you mean --json?)"; a parent without its sub-command has a symbol for text.
    const [first = "", hint] = error.message.split("\n");
    const what = error.code === "commander.help" ? "a command is missing" : first.replace(/^error: /, "");
    return { what, where: place, cure: hint ? `${hint.replace(/^\(|\)$/g, "")} ${help}` : help };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return {
    what: `something went wrong that was not foreseen: ${reason}`,
    where: place,
    cure: "Set MIM_MAIL_DEBUG=1 and run it again to see where; a report of it helps to mend it.",
  };
}

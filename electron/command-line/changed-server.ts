import { changeable, runOn, summariesOf } from "../assistant/changeable.ts";
import { changeRefusals, nameOf } from "../assistant/server-labels.ts";
import type { PlanFile } from "../changes/plan.ts";
import { exitCodeOf, type PlanOutcome } from "../changes/run-plan.ts";
import type { JournalSummary } from "../contract/change.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { shownText } from "../report/shown-text.ts";
import type { ChangeableServer } from "../server/server.ts";
import type { Context, ExitCode } from "./io.ts";
import { shown } from "./plan-text.ts";
import { problemText } from "./problem-text.ts";
import { type NamedServer, namedServers } from "./server-option.ts";

/** The server as one that can be changed. Throws InputProblem `refused` for any other. */
export function changeableOf({ name, server }: NamedServer): ChangeableServer {
  const able = changeable(server);
  if (able !== null) return able;
  throw new InputProblem(
    "refused",
    changeRefusals[server.kind].line,
    name,
    "Write the changes to a file with mim-mail script and run it on the server; rehearse with --server practice.",
  );
}

/** How a command is named in advice: with `--server` where leaving it out would mean another server. */
export function commandOn(server: ChangeableServer, command: string, { io }: Context): string {
  const [usual] = namedServers(undefined, { io });
  const name = nameOf(server);
  return name === usual ? `mim-mail ${command}` : `mim-mail ${command} --server ${name}`;
}

/** Runs a plan on a server, tells how far it is and how it ended, and gives the exit code. */
export async function runAndTell(server: ChangeableServer, plan: PlanFile, context: Context): Promise<ExitCode> {
  const { io } = context;
  await refuseWithoutElevation(server, "changing this server", "Nothing was changed.");
  const outcome = await io.stoppable((signal) =>
    runOn(server, plan, {
      now: io.now,
      signal,
      ...(io.showsProgress
        ? { progress: (text, fraction) => io.stderr(`${percent(fraction)}  ${shownText(text, 200)}\n`) }
        : {}),
    }),
  );
  await tell(outcome, server, plan, context);
  return exitCodeOf(outcome);
}

/**
 * A command line does not ask for elevation by itself: what it would start elevated lies where it was started from,
 * which may be a folder anyone writes to. Throws InputProblem `refused`; where Windows does not tell, Windows decides.
 * @param what needs elevation: "changing this server"
 * @param nothing "Nothing was changed."
 */
export async function refuseWithoutElevation(server: ChangeableServer, what: string, nothing: string): Promise<void> {
  if ((await server.askElevated?.()) !== false) return;
  throw new InputProblem(
    "refused",
    `${what} needs elevation`,
    nameOf(server),
    `Open the terminal with Run as administrator and run the command again. ${nothing}`,
  );
}

const percent = (fraction: number): string => `${String(Math.round(fraction * 100)).padStart(3)} %`;

async function tell(outcome: PlanOutcome, server: ChangeableServer, plan: PlanFile, context: Context): Promise<void> {
  const { io } = context;
  const error = (...said: Parameters<typeof problemText>): void => io.stderr(problemText(...said));
  const undo = (journal: string): string => commandOn(server, `undo ${journal}`, context);
  const done = "done" in outcome ? (outcome.done ?? []) : [];
  for (const line of done) io.stdout(`${shownText(line)}.\n`);
  switch (outcome.outcome) {
    case "nothing":
      if (done.length === 0) io.stdout("Nothing to change.\n");
      return;
    case "applied": {
      const { kind, changes } = await summaryIn(server, outcome.journal);
      for (const { address, from, to } of changes) io.stdout(`${address}: ${shown(from)} -> ${shown(to)}\n`);
      io.stdout(`${values(changes.length)} ${kind === "undo" ? "put back" : "changed"}. Journal: ${outcome.journal}\n`);
      if (outcome.warning === null) return;
      return error(outcome.warning, pathIn(server, outcome.journal), `End it with ${undo(outcome.journal)} --finish.`);
    }
    case "undone":
      if (outcome.asked) return io.stdout(`The interrupted change was put back. Journal: ${outcome.journal}\n`);
      return error(
        `it did not succeed, and everything was rolled back: ${outcome.reason}`,
        pathIn(server, outcome.journal),
        "The server is as it was. Remove the cause and try again.",
      );
    case "failed":
      return outcome.journal === null
        ? error(
            `it did not succeed, and no value was changed: ${outcome.reason}`,
            server.label,
            "Remove the cause and try again.",
          )
        : error(
            `the values were changed, but what comes after them failed: ${outcome.reason}`,
            pathIn(server, outcome.journal),
            `Restart the service FIMService yourself, or put the values back with ${undo(outcome.journal)}.`,
          );
    case "stuck":
      return error(
        `it did not succeed and could not be rolled back whole: ${outcome.reason}`,
        outcome.path,
        "The journal says what stood there before, and the .reg file beside it puts it back.",
        `Remove the cause, then run ${undo(outcome.journal)} to put the rest back, or add --finish to make the rest.`,
      );
    case "refused": {
      const { code, modifiedOutside } = outcome;
      const reason =
        modifiedOutside.length > 0
          ? `someone else has changed ${values(modifiedOutside.length)} since`
          : outcome.reason;
      const would = outcome.code === "other-computer" ? await wouldPutBack(server, plan) : [];
      return error(
        `refused, and ${done.length === 0 ? "nothing" : "no value"} was changed: ${reason}`,
        server.label,
        ...modifiedOutside.map(({ address, stands }) => `  ${address} is ${stands}`),
        ...would,
        cureOf(code, (command) => commandOn(server, command, context)),
      );
    }
  }
}

type RefusalCode = Extract<PlanOutcome, { outcome: "refused" }>["code"];

function cureOf(code: RefusalCode, command: (name: string) => string): string {
  switch (code) {
    case "open-journal":
      return `Run ${command("undo")} to put it back, or add --finish to make the rest.`;
    case "journal-unwritable":
      return "Without a journal nothing is changed. Make room there, or let your account write there.";
    case "unreadable":
      return "Let your account read it, and try again.";
    case "modified-outside":
      return "Add --force to write over what was changed since.";
    case "other-computer":
      return "Only if that is what you want here, add --other-computer.";
    case "damaged-journal":
      return "Look at the file before you trust it. Use the build that wrote it, or move it out of the folder.";
    case "no-journal":
      return `Run ${command("undo --list")} to see the journals.`;
    case "altered":
    case "unknown-entry":
    case "not-available":
      return `Run ${command("plan")} to see what can be changed.`;
  }
}

/** What an undo of another computer's journal would put here, a line each. */
async function wouldPutBack(server: ChangeableServer, plan: PlanFile): Promise<readonly string[]> {
  const id = "undo" in plan ? plan.undo.journal : "recover" in plan ? plan.recover.journal : null;
  const { summaries } = await summariesOf(server);
  const journal = summaries.find((one) => one.id === id) ?? summaries.at(-1);
  return (journal?.changes ?? []).map(({ address, from }) => `  ${address} would become ${shown(from)}`);
}

function pathIn(server: ChangeableServer, journal: string): string {
  return server.journals.pathOf(journal);
}

async function summaryIn(server: ChangeableServer, journal: string): Promise<JournalSummary> {
  const summary = (await summariesOf(server)).summaries.find(({ id }) => id === journal);
  if (summary === undefined) throw new Error(`journal ${journal} is gone`);
  return summary;
}

function values(count: number): string {
  return count === 1 ? "1 value" : `${count} values`;
}

import { Option } from "commander";
import { summariesOf } from "../assistant/changeable.ts";
import type { Journals } from "../changes/journal.ts";
import { changePlan, entriesOf, type PlanFile, planTlsOne, recoverPlan, undoPlan } from "../changes/plan.ts";
import type { JournalSummary } from "../contract/change.ts";
import { momentWords } from "../contract/date.ts";
import { isInterrupted, journalWords } from "../contract/journal-end.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { shownText } from "../report/shown-text.ts";
import type { ChangeableServer } from "../server/server.ts";
import { changeableOf, commandOn, runAndTell } from "./changed-server.ts";
import type { Define } from "./define.ts";
import type { Context, ExitCode } from "./io.ts";
import { openNamed, type ServerOptions } from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface UndoOptions extends ServerOptions {
  readonly force?: true;
  readonly otherComputer?: true;
  readonly list?: true;
  readonly finish?: true;
  readonly only?: "tls1.0";
}

/** `undo`: puts back what a journal found; lists journals; ends an interrupted one. */
export const defineUndo: Define = (command, context, end) => {
  command
    .argument("[journal]", "the journal's id; the default is the interrupted one, else the last change in force")
    .addOption(serverOption())
    .option("--force", "write over what someone else has changed since")
    .option("--other-computer", "put back what a journal of another computer found; it is shown first without this")
    .option("--list", "list the journals, the newest first, and change nothing")
    .option("--finish", "end an interrupted change forward: make what is missing")
    .addOption(
      new Option(
        "--only <what>",
        "tls1.0: turn TLS 1.0 alone on again, for a service that does not start without it; all else stays",
      ).choices(["tls1.0"]),
    )
    .addHelpText(
      "after",
      `
An undo has a journal of its own: undo it, by its id, to have the change again. It is refused, and nothing is changed,
when a value is neither what the journal wrote nor what it found: someone else has changed it since.

Exit codes: 0 put back; 3 it failed and everything is as before the undo; 4 it failed half-way (the journal says where);
5 refused.

Examples:
  mim-mail undo
  mim-mail undo --list
  mim-mail undo 2026-11-23T10-00-00Z-001 --server practice
  mim-mail undo --finish
  mim-mail undo --only tls1.0`,
    )
    .action(async (id: string | undefined, options: UndoOptions) => {
      const server = changeableOf(await openNamed(options, context));
      if (options.only !== undefined) {
        end(await turnTlsOneOn(server, id, context));
        return;
      }
      const { summaries, setAside } = await summariesOf(server);
      if (options.list === true) {
        context.io.stdout(listText(summaries, setAside));
        return;
      }
      if (id !== undefined && ![...setAside, ...summaries].some((one) => one.id === id)) {
        throw new InputProblem(
          "refused",
          `there is no journal ${id}`,
          server.label,
          `Run ${commandOn(server, "undo --list", context)} to see the journals.`,
        );
      }
      const plan =
        options.finish === true
          ? finishOf(id, summaries, options, server.label)
          : undoPlan({ journal: id ?? null, ...insisted(options) });
      end(await runAndTell(server, plan, context));
    });
};

/** Turns TLS 1.0 alone on again, as a change with a journal of its own. */
async function turnTlsOneOn(server: ChangeableServer, id: string | undefined, context: Context): Promise<ExitCode> {
  if (id !== undefined) {
    throw new InputProblem(
      "usage",
      "--only needs no journal: it is a change of its own",
      id,
      "Leave the journal's id out.",
    );
  }
  const { rows, notKnown } = planTlsOne(await server.look());
  const [unread] = notKnown;
  if (unread !== undefined) {
    throw new InputProblem(
      "refused",
      `what stands there cannot be read: ${unread.reason}`,
      unread.address,
      "Nothing was changed. Run this in an elevated console.",
    );
  }
  if (rows.length === 0) {
    context.io.stdout("TLS 1.0 is set on already; nothing was changed.\n");
    return 0;
  }
  return runAndTell(server, changePlan(entriesOf(rows)), context);
}

function insisted({ force, otherComputer }: UndoOptions): { force: boolean; otherComputer?: true } {
  return { force: force === true, ...(otherComputer ? { otherComputer } : {}) };
}

function finishOf(
  id: string | undefined,
  summaries: readonly JournalSummary[],
  options: UndoOptions,
  label: string,
): PlanFile {
  const journal = id ?? summaries.find(isInterrupted)?.id;
  if (journal === undefined) {
    throw new InputProblem("refused", "no change was interrupted", label, "There is nothing to finish.");
  }
  return recoverPlan({ journal, how: "finish", ...insisted(options) });
}

function listText(summaries: readonly JournalSummary[], setAside: Journals["setAside"]): string {
  const rows = [
    ...summaries
      .toReversed()
      .map((journal) => [journal, journalWords(journal, summaries).word.toLowerCase()] as const)
      .map(([{ id, at, kind, of, changes, reason }, word]) => [
        id,
        momentWords(at),
        word,
        `${kind === "undo" ? `undo of ${of}` : "change"}, ${changes.length === 1 ? "1 value" : `${changes.length} values`}${
          reason === null ? "" : `: ${reason}`
        }`,
      ]),
    ...setAside.map(({ id, reason }) => [id, "", "cannot be used", reason]),
  ].map((row) => row.map((cell) => shownText(cell, 300)));
  if (rows.length === 0) return "There are no journals.\n";
  const heads = ["Journal", "Date", "State", "What"];
  const widths = heads.map((_head, column) => Math.max(...[heads, ...rows].map((row) => (row[column] ?? "").length)));
  return [heads, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

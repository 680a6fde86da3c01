import { summariesOf } from "../assistant/changeable.ts";
import { changePlan, entriesOf } from "../changes/plan.ts";
import { capitalized } from "../contract/capitalized.ts";
import type { JournalSummary, PlanRow } from "../contract/change.ts";
import { isInterrupted } from "../contract/journal-end.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { shownText } from "../report/shown-text.ts";
import type { ChangeableServer } from "../server/server.ts";
import { changeableOf, commandOn, runAndTell } from "./changed-server.ts";
import type { Define } from "./define.ts";
import { planText } from "./plan-text.ts";
import {
  openNamed,
  type ProfileOptions,
  planned,
  pollExchangeOption,
  profiled,
  profileOption,
} from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface ApplyOptions extends ProfileOptions {
  readonly yes?: true;
  readonly restart?: true;
  readonly copyConfig?: true;
  readonly except?: readonly string[];
}

/** `apply`: makes the changes that `plan` shows, journalled, and asks first. */
export const defineApply: Define = (command, context, end) => {
  command
    .addOption(profileOption())
    .addOption(pollExchangeOption())
    .addOption(serverOption())
    .option("--yes", "do not ask")
    .option("--restart", "restart the service FIMService afterwards")
    .option("--copy-config", "copy the service's configuration file first")
    .option("--except <ids...>", "leave out values, by the ids that plan shows or by their beginning (tls.1.0.server)")
    .addHelpText(
      "after",
      `
What stands there is written to a journal before the first change. When a change fails, everything is rolled back.

Exit codes: 0 changed, or nothing to change; 2 wrong usage; 3 a change failed and everything was rolled back; 4 a change
failed and something stands that was not there before (the journal says what); 5 refused, or the answer was no.

Examples:
  mim-mail apply --server practice
  mim-mail apply --profile minimum --yes --restart
  mim-mail apply --poll-exchange on --restart
  mim-mail apply --yes --except tls.1.0.server.Enabled tls.1.0.server.DisabledByDefault`,
    )
    .action(async (options: ApplyOptions) => {
      const { io } = context;
      const { ask } = io;
      const named = await openNamed(options, context);
      const server = changeableOf(named);
      if (options.yes !== true && ask === null) {
        throw new InputProblem(
          "cannot-ask",
          "there is no terminal to ask on whether to make the changes",
          "mim-mail apply",
          "Add --yes to make them without being asked; mim-mail plan shows them.",
        );
      }
      const interrupted = await interruptedOn(server);
      if (interrupted !== undefined) {
        throw new InputProblem(
          "refused",
          `a change was interrupted and has to be ended first: journal ${interrupted.id}`,
          server.journals.pathOf(interrupted.id),
          `Run ${commandOn(server, "undo", context)} to put it back, or add --finish to make the rest.`,
        );
      }
      const whole = await planned(await profiled(named, options.profile, context), options);
      const rows = without(whole.plan.rows, options.except ?? []);
      io.stdout(planText({ ...whole, plan: { ...whole.plan, rows } }, io));
      const entries = entriesOf(rows, {
        copyConfig: options.copyConfig === true,
        restartService: options.restart === true,
      });
      if (entries.length === 0) return;
      if (options.yes !== true && !isYes((await ask?.(question(rows, options))) ?? "")) {
        io.stdout("Nothing was changed.\n");
        end(5);
        return;
      }
      end(await runAndTell(server, changePlan(entries), context));
    });
};

/** The journal that was interrupted. One of a process that is still at work only looks so: then throws InputProblem. */
async function interruptedOn(server: ChangeableServer): Promise<JournalSummary | undefined> {
  const find = async () => (await summariesOf(server)).summaries.find(isInterrupted);
  return (await find()) === undefined ? undefined : server.journals.exclusive(find);
}

/** The rows without those named, by a value's id or its finding's. Throws InputProblem for an id that is not among them. */
function without(rows: readonly PlanRow[], ids: readonly string[]): PlanRow[] {
  const isNamed = (row: PlanRow, id: string): boolean => row.id === id || row.finding === id;
  const unknown = ids.find((id) => !rows.some((row) => isNamed(row, id)));
  if (unknown !== undefined) {
    throw new InputProblem(
      "no-such-change",
      `no such change is planned: ${shownText(unknown, 200)}`,
      "--except",
      rows.length === 0 ? "There is nothing to change." : `Choose from ${rows.map(({ id }) => id).join(", ")}.`,
    );
  }
  return rows.filter((row) => !ids.some((id) => isNamed(row, id)));
}

function question(rows: readonly PlanRow[], options: ApplyOptions): string {
  const parts = [
    ...(options.copyConfig === true ? ["copy the configuration file"] : []),
    ...(rows.length > 0 ? [`change ${rows.length === 1 ? "this value" : `these ${rows.length} values`}`] : []),
    ...(options.restart === true ? ["restart FIMService"] : []),
  ].join(", then ");
  return `\n${capitalized(parts)}? [y/N] `;
}

function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}

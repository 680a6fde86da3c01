import type { Status } from "../contract/status.ts";
import { worstStatus } from "../contract/status.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { checklistTable, checklistText } from "./checklist-text.ts";
import type { Define } from "./define.ts";
import type { ExitCode } from "./io.ts";
import { judgeServers, targetOption, todayOption, uncountedConfirmations } from "./judged-server.ts";
import { namedServers, serversOption } from "./server-option.ts";

interface CheckOptions {
  readonly server?: readonly string[];
  readonly target?: string;
  readonly today?: string;
  readonly json?: true;
  readonly verbose?: true;
}

/** `check`: looks at servers and prints their checklists. Ends with 0 when nothing is left but attention. */
export const defineCheck: Define = (command, context, end) => {
  command
    .addOption(serversOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .option("--json", "print JSON; an array when several servers are named")
    .option("--verbose", "print every piece of advice, the evidence and the sources")
    .addHelpText(
      "after",
      `
Examples:
  mim-mail check --server practice
  mim-mail check --server MIM01.json --target target.json --json
  mim-mail check --server MIM01.json --server MIM02.json --today 2026-12-01`,
    )
    .action(async (options: CheckOptions) => {
      const { io } = context;
      const judged = await judgeServers(namedServers(options.server, context), options, context);
      const checklists = judged.map(({ checklist }) => checklist);
      const [only, ...others] = judged;
      const uncounted = uncountedConfirmations(judged);
      if (options.json) {
        if (uncounted !== null) io.stderr(`mim-mail: ${shownText(uncounted)}\n`);
        io.stdout(jsonText(others.length === 0 ? checklists[0] : checklists));
      } else if (only !== undefined && others.length === 0) {
        io.stdout(checklistText(only, io, options.verbose === true));
      } else {
        io.stdout(checklistTable(judged, io) + (uncounted === null ? "" : `${shownText(uncounted)}\n`));
      }
      end(exitCodeOf(worstStatus(checklists.map(({ verdict }) => verdict))));
    });
};

/** 0 for a verdict that asks for nothing, 1 for one that does. */
export function exitCodeOf(verdict: Status): ExitCode {
  return verdict === "action" || verdict === "unknown" || verdict === "pending" ? 1 : 0;
}

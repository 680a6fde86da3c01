import type { Checklist } from "../contract/checklist.ts";
import type { Status } from "../contract/status.ts";
import { worstStatus } from "../contract/status.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { checklistTable, checklistText, type JudgedColumn } from "./checklist-text.ts";
import type { Define } from "./define.ts";
import type { ExitCode, Io } from "./io.ts";
import {
  dayFrom,
  type FailedServer,
  type JudgedServer,
  judgedServers,
  targetOption,
  tellFailed,
  todayOption,
  uncountedConfirmations,
} from "./judged-server.ts";
import { noticeText } from "./problem-text.ts";
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
  mim-mail check --server MIM01.json --server MIM02.json --today 2026-12-01
  mim-mail check --server live --server \\\\MIM02 --server \\\\mim03.contoso.com`,
    )
    .action(async (options: CheckOptions) => {
      const { io } = context;
      const names = namedServers(options.server, context);
      const judged: TableServer[] = [];
      const failed: FailedServer[] = [];
      const printed: (Checklist | Unlooked)[] = [];
      let only: JudgedServer | null = null;
      for await (const server of judgedServers(names, options, context)) {
        if ("problem" in server) {
          failed.push(server);
          printed.push(unlooked(server, dayFrom(options.today, io.now())));
          continue;
        }
        const { name, recording, checklist, farmTarget, alone, targetFrom } = server;
        if (names.length === 1) only = server;
        // Of several only what is printed is kept: their recordings may be large, and they may be hundreds.
        printed.push(checklist);
        judged.push({ name, computer: recording.computer, checklist, farmTarget, alone, targetFrom });
      }
      const uncounted = uncountedConfirmations(judged);
      if (options.json) {
        if (uncounted !== null) io.stderr(noticeText(uncounted));
        await printJson(printed, io);
      } else if (only !== null) {
        io.stdout(checklistText(only, io, options.verbose === true));
      } else {
        if (judged.length > 0)
          io.stdout(checklistTable(judged, io) + (uncounted === null ? "" : `${shownText(uncounted)}\n`));
      }
      tellFailed(failed, io);
      end(failed.length > 0 ? 2 : exitCodeOf(worstStatus(judged.map(({ checklist }) => checklist.verdict))));
    });
};

/** A server that could not be looked at, among those that were. */
interface Unlooked {
  readonly server: string;
  readonly today: string;
  readonly error: { readonly code: string; readonly message: string; readonly where: string; readonly cure: string };
}

function unlooked({ name, problem: { code, message, where, cure } }: FailedServer, today: string): Unlooked {
  return { server: name, today, error: { code, message, where, cure } };
}

/** A server as a table shows it, and what its confirmations were. */
type TableServer = JudgedColumn & Pick<JudgedServer, "farmTarget" | "alone" | "targetFrom">;

/**
 * Prints one checklist, or several as an array: one after the other, each when the one before has gone out. As one text
 * they could be longer than a text can be.
 */
async function printJson(
  checklists: readonly (Checklist | Unlooked)[],
  io: Pick<Io, "stdout" | "written">,
): Promise<void> {
  if (checklists.length === 1) return io.stdout(jsonText(checklists[0]));
  for (const [index, checklist] of checklists.entries()) {
    const text = jsonText(checklist).trimEnd().replaceAll("\n", "\n  ");
    io.stdout(`${index === 0 ? "[" : ","}\n  ${text}`);
    await io.written();
  }
  io.stdout("\n]\n");
}

/** 0 for a verdict that asks for nothing, 1 for one that does. */
export function exitCodeOf(verdict: Status): ExitCode {
  return verdict === "action" || verdict === "unknown" || verdict === "pending" ? 1 : 0;
}

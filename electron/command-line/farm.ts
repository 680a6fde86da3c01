import { Option } from "commander";
import { sameServer, withNodeStep } from "../assistant/farm-target.ts";
import { lookFailure } from "../assistant/many-looks.ts";
import { createTargetStore } from "../assistant/target-file.ts";
import { farmOfServers } from "../checklist/farm.ts";
import type { Farm, FarmNode } from "../contract/comparison.ts";
import { dayOf } from "../contract/date.ts";
import { type Status, statusWords, worstStatus } from "../contract/status.ts";
import { type NodeStep, nodeSteps } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { farmCsv } from "../report/farm-csv.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { isComputerName } from "../server/remote/computer-name.ts";
import { exitCodeOf } from "./check.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Context, Io } from "./io.ts";
import {
  type JudgeOptions,
  judgeServers,
  targetOption,
  tellFailed,
  todayOption,
  uncountedConfirmations,
} from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { noticeText } from "./problem-text.ts";
import { namedServers, serversOption } from "./server-option.ts";

interface FarmOptions extends JudgeOptions {
  readonly server?: readonly string[];
  readonly json?: true;
  readonly csv?: true;
  readonly tick?: readonly Tick[];
  readonly untick?: readonly Tick[];
}

interface Tick {
  readonly computer: string;
  readonly step: NodeStep;
}

/** `farm`: servers of one MIM Service side by side: what differs, what is next on each, and in which order it is done. */
export const defineFarm: Define = (command, context, end) => {
  const ticks = (value: string, before: readonly Tick[] | undefined): readonly Tick[] => [
    ...(before ?? []),
    tickIn(value),
  ];
  command
    .addOption(serversOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .addOption(new Option("--json", "print JSON").conflicts("csv"))
    .option("--csv", "print CSV: a row each setting and check, a column each server")
    .addOption(new Option("--tick <computer:step>", `tick a step off: ${nodeSteps.join(", ")}`).argParser(ticks))
    .addOption(new Option("--untick <computer:step>", "take the tick of a step away").argParser(ticks))
    .addHelpText(
      "after",
      `
What differs between the nodes of one MIM Service (servers of one database) comes first. Ticks are kept with the target of
this computer, under the computer's name.

Exit codes: 0 nothing is left, 1 something differs or is left to do, 2 wrong usage, or a server could not be looked at.

Examples:
  mim-mail farm --server live --server \\\\\\\\MIM02 --server \\\\\\\\MIM03
  mim-mail farm --server MIM01.json --server MIM02.json --json
  mim-mail farm --server MIM01.json --server MIM02.json --csv > farm.csv
  mim-mail farm --tick MIM02:drained`,
    )
    .action(async (options: FarmOptions) => {
      const { io } = context;
      if (options.tick !== undefined || options.untick !== undefined) return tick(options, context);
      const names = namedServers(options.server, context);
      const { judged, failed } = await judgeServers(names, options, context);
      const farm = farmOfServers(
        judged,
        failed.map(({ name, problem }) => lookFailure(name, problem)),
      );
      const uncounted = uncountedConfirmations(judged);
      if (options.json) io.stdout(jsonText(farm));
      else if (options.csv) io.stdout(farmCsv(farm));
      else if (judged.length > 0) io.stdout(farmText(farm, io));
      if (uncounted !== null) io.stderr(noticeText(uncounted));
      tellFailed(failed, io);
      const verdicts = [...farm.servers.map(({ verdict }) => verdict), ...farm.settings.map(({ status }) => status)];
      end(failed.length > 0 ? 2 : exitCodeOf(worstStatus(verdicts)));
    });
};

function tickIn(value: string): Tick {
  const [, computer = "", step = ""] = /^(.*):([A-Za-z]+)$/.exec(value) ?? [];
  const known = nodeSteps.find((one) => one === step);
  if (known !== undefined && isComputerName(computer)) return { computer, step: known };
  throw new InputProblem(
    "no-tick",
    `this names no step of a computer: ${value}`,
    "--tick",
    `Write a computer's name, a colon and one of ${nodeSteps.join(", ")}: MIM02:drained.`,
  );
}

async function tick(options: FarmOptions, { io, home }: Context): Promise<void> {
  if (options.server !== undefined || options.target !== undefined) {
    throw new InputProblem(
      "usage",
      "--tick and --untick go with neither --server nor --target",
      "mim-mail farm",
      "Ticks are kept with the target of this computer, under the name that is ticked.",
    );
  }
  const store = createTargetStore(home, io.now);
  const today = dayOf(io.now());
  let farm = await store.read();
  const changes = [
    ...(options.tick ?? []).map((one) => ({ ...one, day: today })),
    ...(options.untick ?? []).map((one) => ({ ...one, day: null })),
  ];
  for (const { computer, step, day } of changes) farm = withNodeStep(farm, computer, { step, day, alone: false });
  await store.write(farm);
  for (const { computer, step, day } of changes) {
    io.stdout(`${computer}: ${step} ${day === null ? "is no longer ticked" : `ticked, ${day}`}.\n`);
  }
}

const wordWidth = Math.max(...Object.values(statusWords).map((word) => word.length));

function farmText(farm: Farm, io: Io): string {
  const paint = paintFor(io.colours);
  const word = (status: Status): string => paint.status(status, statusWords[status].padEnd(wordWidth));
  const heads = headsOf(farm).map((head) => shownText(head, 100));
  // Servers that read the same stand on one line.
  const grouped = (texts: readonly string[]): string[] =>
    [...new Set(texts)].flatMap((text) => {
      const who = heads.filter((_, index) => texts[index] === text).join(", ");
      return hanging("      ", 8, wrapped(`${who}: ${shownText(text, 300)}`, io.columns - 8));
    });
  const lines: string[] = [paint.bold("Servers")];
  for (const [index, { verdict, service, next }] of farm.servers.entries()) {
    lines.push(
      `  ${word(verdict)}  ${shownText(heads[index] ?? "", 200)}${service === null ? "" : `, database ${shownText(service, 100)}`}`,
    );
    const what =
      next === null ? "Nothing is left." : `Next: ${next.title}${next.advice === null ? "" : `: ${next.advice}`}`;
    lines.push(...hanging("      ", 6, wrapped(shownText(what, 600), io.columns - 6)));
  }

  const differing = farm.settings.filter(({ status }) => status === "action" || status === "attention");
  lines.push("", paint.bold("Settings that differ between nodes of one MIM Service"));
  if (differing.length === 0) lines.push("  None.");
  for (const [index, { title, status, cells, advice }] of differing.entries()) {
    lines.push(`  ${word(status)}  ${shownText(title, 200)}`, ...grouped(cells.map((cell) => cell ?? "not known")));
    // What settles several that follow one another is said below the last.
    const [one] = advice;
    if (one === undefined || differing[index + 1]?.advice[0] === one) continue;
    lines.push(...hanging("      ", 8, wrapped(`> ${one}`, io.columns - 8)));
  }

  const rows = farm.rows.filter(({ cells }) => new Set(cells.map(({ status }) => status)).size > 1);
  lines.push("", paint.bold("Checks that end otherwise"));
  if (rows.length === 0) lines.push("  None.");
  for (const row of rows) {
    const texts = row.cells.map(({ status, actual }) =>
      status === "done" || status === "notApplicable" ? statusWords[status] : `${statusWords[status]}, ${actual}`,
    );
    lines.push(`  ${shownText(row.title, 200)}`, ...grouped(texts));
  }

  lines.push("", paint.bold("Change mode, one node at a time"));
  if (farm.order.length === 0) lines.push("  Nothing in it is left to do on any of them.");
  for (const [index, node] of farm.order.entries()) lines.push(...nodeLines(node, index + 1));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

/** The computers' names; with the server's own where two are of one computer. */
function headsOf({ servers }: Farm): string[] {
  return servers.map(({ computer, name }) =>
    servers.filter((other) => sameServer(other.computer, computer)).length === 1 ? computer : `${computer} (${name})`,
  );
}

function nodeLines({ computer, steps }: FarmNode, place: number): string[] {
  return [
    `  ${place}. ${shownText(computer, 200)}`,
    ...steps.map(
      ({ id, title, done, day }) => `     [${done ? "x" : " "}] ${title}${day === null ? "" : `, ${day}`}  (${id})`,
    ),
  ];
}

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { InputProblem } from "../recording/input-problem.ts";
import { htmlReport } from "../report/html.ts";
import { jsonReport } from "../report/json.ts";
import { buildReport } from "../report/report-document.ts";
import { shownText } from "../report/shown-text.ts";
import type { Define } from "./define.ts";
import type { Context } from "./io.ts";
import { type JudgedServer, judgeServers, targetOption, todayOption } from "./judged-server.ts";
import { type Output, writeOutputs } from "./output-file.ts";
import { namedServers, serversOption } from "./server-option.ts";

const formats = ["html", "json"] as const;
type Format = (typeof formats)[number];

interface ReportOptions {
  readonly out: string;
  readonly format: string;
  readonly server?: readonly string[];
  readonly target?: string;
  readonly today?: string;
  readonly force?: true;
}

/** `report`: looks at servers and writes their configuration report. */
export const defineReport: Define = (command, context) => {
  command
    .requiredOption("--out <folder>", "the folder to write to; it is created when it is missing")
    .option("--format <formats>", `one or several of ${formats.join(", ")}, with commas between`, formats.join(","))
    .addOption(serversOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .option("--force", "write over files that exist")
    .addHelpText(
      "after",
      `
HTML is one file for all servers named, JSON one file for each; a JSON report opens as a recording again.

Examples:
  mim-mail report --out reports --server practice
  mim-mail report --out reports --format html --server MIM01.json --server MIM02.json --target target.json`,
    )
    .action(async (options: ReportOptions) => {
      const wanted = formatsIn(options.format);
      const judged = await judgeServers(namedServers(options.server, context), options, context);
      const outputs = wanted.flatMap((format) => outputsOf(format, judged, options.out, context));
      await createFolder(options.out);
      await writeOutputs(outputs, options.force === true);
      for (const { path } of outputs) context.io.stdout(`Wrote ${shownText(path)}\n`);
    });
};

function formatsIn(given: string): Format[] {
  const named = given.split(",").map((format) => format.trim().toLowerCase());
  const unknown = named.find((format) => !formats.some((known) => known === format));
  if (unknown !== undefined) {
    throw new InputProblem("no-format", `not a format: "${unknown}"`, "--format", `Choose from ${formats.join(", ")}.`);
  }
  return formats.filter((format) => named.includes(format));
}

function outputsOf(format: Format, judged: readonly JudgedServer[], folder: string, context: Context): Output[] {
  const createdAt = context.io.now();
  const report = (servers: readonly JudgedServer[]) => buildReport({ servers, createdAt, version: context.version });
  if (format === "html") {
    const name = fileName(
      judged.map(({ recording }) => recording.computer),
      judged[0]?.checklist.today ?? "",
      format,
    );
    return [{ path: join(folder, name), content: htmlReport(report(judged)) }];
  }
  const names = new Map<string, number>();
  return judged.map((server) => {
    const name = fileName([server.recording.computer], server.checklist.today, format);
    // Two recordings of one computer must not fall on one file.
    const before = names.get(name.toLowerCase()) ?? 0;
    names.set(name.toLowerCase(), before + 1);
    const distinct = before === 0 ? name : name.replace(/\.json$/, `-${before + 1}.json`);
    return { path: join(folder, distinct), content: jsonReport(report([server])) };
  });
}

/** A name that says what, which computers and which day. A recording may give a computer any name, so most is replaced. */
function fileName(computers: readonly string[], day: string, ending: string): string {
  const safe = computers.map((computer) => computer.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 63));
  const shown = safe.length <= 3 ? safe.join("-") : `${safe[0]}-and-${safe.length - 1}-more`;
  return `mim-mail-report-${shown}-${day}.${ending}`;
}

async function createFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputProblem("no-folder", `the folder cannot be created: ${code}`, path, "Choose another folder.");
  }
}

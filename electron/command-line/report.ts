import { join } from "node:path";
import { lookFailure } from "../assistant/many-looks.ts";
import { type ReportFormat, reportFormats } from "../contract/report.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { ReportDocument } from "../report/report-document.ts";
import { shownText } from "../report/shown-text.ts";
import type { Define } from "./define.ts";
import type { Context } from "./io.ts";
import {
  type FailedServer,
  type JudgedServer,
  judgeServers,
  targetOption,
  tellFailed,
  todayOption,
  uncountedConfirmations,
} from "./judged-server.ts";
import { createFolder, type Output, writeOutputs } from "./output-file.ts";
import { namedServers, openRecording, serversOption } from "./server-option.ts";

interface ReportOptions {
  readonly out: string;
  readonly format: string;
  readonly server?: readonly string[];
  readonly target?: string;
  readonly today?: string;
  readonly before?: string;
  readonly maskNames?: true;
  readonly force?: true;
}

/** `report`: looks at servers and writes their configuration report. */
export const defineReport: Define = (command, context, end) => {
  command
    .requiredOption("--out <folder>", "the folder to write to; it is created when it is missing")
    .option("--format <formats>", `one or several of ${reportFormats.join(", ")}, with commas between`, "html,json")
    .addOption(serversOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .option("--before <recording.json>", "a recording or JSON report to hold the server against: before and after")
    .option("--mask-names", "put numbers in the place of the names of people, accounts, mailboxes and computers")
    .option("--force", "write over files that exist")
    .addHelpText(
      "after",
      `
HTML, PDF and CSV are one file for all servers named, JSON one file for each; a JSON report opens as a recording again.
csv has a row for each check, plan a row for each thing left to do.

Examples:
  mim-mail report --out reports --server practice --format html,pdf,json,csv,plan
  mim-mail report --out reports --before before.json --mask-names
  mim-mail report --out reports --format html --server MIM01.json --server MIM02.json --target target.json`,
    )
    .action(async (options: ReportOptions) => {
      const wanted = formatsIn(options.format);
      const names = namedServers(options.server, context);
      if (options.before !== undefined && names.length > 1) {
        throw new InputProblem(
          "usage",
          "--before goes with one server",
          "--before",
          "Write the report of each server with its own recording from before.",
        );
      }
      const { judged, failed } = await judgeServers(names, options, context);
      if (judged.length === 0) {
        tellFailed(failed, context.io);
        return end(2);
      }
      const document = await documentOf(judged, failed, options, context);
      const outputs = await outputsOf(wanted, document, options.out);
      await createFolder(options.out);
      await writeOutputs(outputs, options.force === true);
      for (const { path } of outputs) context.io.stdout(`Wrote ${shownText(path)}\n`);
      tellFailed(failed, context.io);
      if (failed.length > 0) end(2);
    });
};

function formatsIn(given: string): ReportFormat[] {
  const named = given.split(",").map((format) => format.trim().toLowerCase());
  const unknown = named.find((format) => !reportFormats.some((known) => known === format));
  if (unknown !== undefined) {
    throw new InputProblem(
      "no-format",
      `not a format: "${unknown}"`,
      "--format",
      `Choose from ${reportFormats.join(", ")}.`,
    );
  }
  return reportFormats.filter((format) => named.includes(format));
}

/** The model of the report. What it takes is loaded here, so that a wrong option is told at once. */
async function documentOf(
  judged: readonly JudgedServer[],
  failed: readonly FailedServer[],
  options: ReportOptions,
  context: Context,
): Promise<ReportDocument> {
  const { reportContents, reportedServer } = await import("../assistant/report-contents.ts");
  const before = await beforeAt(options.before, context);
  const servers = await Promise.all(judged.map((server) => reportedServer(server, before, context.home)));
  const uncounted = uncountedConfirmations(judged);
  return reportContents({
    servers,
    today: judged[0]?.checklist.today ?? "",
    createdAt: context.io.now(),
    version: context.version,
    notes: uncounted === null ? [] : [uncounted],
    failed: failed.map(({ name, problem }) => lookFailure(name, problem)),
    options: { maskNames: options.maskNames === true, before: true, pictures: true },
  });
}

async function beforeAt(path: string | undefined, context: Context) {
  if (path === undefined) return null;
  const { server } = await openRecording(path, context);
  return { label: path, origin: "file" as const, recording: await server.look() };
}

async function outputsOf(
  formats: readonly ReportFormat[],
  document: ReportDocument,
  folder: string,
): Promise<Output[]> {
  const { fileName, formatFiles } = await import("../report/report-format.ts");
  const outputs: Output[] = [];
  const names = new Map<string, number>();
  for (const format of formats) {
    const { what, ending, oneServer, byteOrderMark, print } = formatFiles[format];
    const parts = oneServer ? eachAlone(document) : [document];
    for (const part of parts) {
      const computers = part.servers.map(({ computer }) => computer);
      const name = fileName(what, computers, part.servers[0]?.today ?? "", ending);
      // Two recordings of one computer must not fall on one file.
      const before = names.get(name.toLowerCase()) ?? 0;
      names.set(name.toLowerCase(), before + 1);
      const distinct = before === 0 ? name : name.replace(/\.[^.]+$/, (end) => `-${before + 1}${end}`);
      const content = async (): Promise<string | Uint8Array> => {
        const printed = await print(part);
        return typeof printed === "string" && byteOrderMark ? `\uFEFF${printed}` : printed;
      };
      outputs.push({ path: join(folder, distinct), content });
    }
  }
  return outputs;
}

/** So many servers have the table of all of them in the report of each; a table of more would outgrow the reports. */
const tableInEach = 16;

/** The report of each server by itself. */
function eachAlone(document: ReportDocument): ReportDocument[] {
  const count = document.servers.length;
  return document.servers.map((server, index) => {
    if (count <= tableInEach) return { ...document, servers: [server] };
    const where = index === 0 ? "here, and in no other of their reports" : "in the report of the first of them alone";
    const notes = [...document.notes, `The table of all ${count} servers side by side stands ${where}.`];
    return { ...document, servers: [server], farm: index === 0 ? document.farm : null, notes };
  });
}

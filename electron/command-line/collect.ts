import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputProblem } from "../recording/input-problem.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import type { Define } from "./define.ts";
import type { Context } from "./io.ts";
import { type FailedServer, lookedServers, tellFailed } from "./judged-server.ts";
import { createFolder, writeOutputs } from "./output-file.ts";
import { namedServers, serversOption } from "./server-option.ts";

interface CollectOptions {
  readonly out?: string;
  readonly script?: string;
  readonly server?: readonly string[];
  readonly force?: true;
}

/** `collect`: looks at a server and writes what was seen; or writes the script that does so on other servers. */
export const defineCollect: Define = (command, context, end) => {
  command
    .option("--out <recording.json>", "the recording to write; of several servers, the folder of their recordings")
    .option("--script <collect.ps1>", "write a PowerShell file instead that makes a recording on any server")
    .addOption(serversOption())
    .option("--force", "write over a file that exists")
    .addHelpText(
      "after",
      `
A recording holds no secret: encrypted values and tokens are recorded as present, never as text.

Examples:
  mim-mail collect --out MIM01.json
  mim-mail collect --server practice --out before.json --force
  mim-mail collect --server \\\\MIM02 --server \\\\MIM03 --out recordings
  mim-mail collect --script collect.ps1`,
    )
    .action(async (options: CollectOptions) => {
      if (options.script !== undefined) return writeCollector(options.script, options, context);
      if (options.out === undefined) {
        throw new InputProblem(
          "usage",
          "required option '--out <recording.json>' not specified",
          "mim-mail collect",
          "Run mim-mail collect --help to see how it is used.",
        );
      }
      const names = namedServers(options.server, context);
      const failed: FailedServer[] = [];
      const written = new Map<string, number>();
      if (names.length > 1) await createFolder(options.out);
      for await (const looked of lookedServers(names, context)) {
        if ("problem" in looked) {
          failed.push(looked);
          continue;
        }
        const { recording } = looked;
        const path = names.length === 1 ? options.out : join(options.out, recordingName(recording.computer, written));
        await writeOutputs([{ path, content: jsonText(recording) }], options.force === true);
        context.io.stdout(`Wrote ${shownText(path)}: ${shownText(recording.computer)} at ${recording.recordedAt}.\n`);
      }
      tellFailed(failed, context.io);
      if (failed.length > 0) end(2);
    });
};

/** The file of a computer's recording. Its name is what the computer says, so most of it is replaced. */
function recordingName(computer: string, written: Map<string, number>): string {
  const safe = computer.replace(/[^A-Za-z0-9-]+/g, "-").slice(0, 63) || "server";
  const before = written.get(safe.toLowerCase()) ?? 0;
  written.set(safe.toLowerCase(), before + 1);
  return before === 0 ? `${safe}.json` : `${safe}-${before + 1}.json`;
}

/** Writes the collector, and says how to run it and how to know that it is this one. */
async function writeCollector(path: string, options: CollectOptions, { assets, io }: Context): Promise<void> {
  if (options.out !== undefined || options.server !== undefined) {
    throw new InputProblem(
      "usage",
      "--script goes with neither --out nor --server",
      "mim-mail collect",
      "Write the script, run it on the server, and open the recording it writes.",
    );
  }
  const { collectorInstructions } = await import("../server/live/collector.ts");
  const content = await readFile(join(assets, "powershell", "collect.ps1"));
  await writeOutputs([{ path, content }], options.force === true);
  io.stdout(`Wrote ${shownText(path)}.\n${collectorInstructions(path, content)}`);
}

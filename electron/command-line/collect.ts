import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputProblem } from "../recording/input-problem.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import type { Define } from "./define.ts";
import type { Context } from "./io.ts";
import { writeOutputs } from "./output-file.ts";
import { namedServers, openServer, serverOption } from "./server-option.ts";

interface CollectOptions {
  readonly out?: string;
  readonly script?: string;
  readonly server?: string;
  readonly force?: true;
}

/** `collect`: looks at a server and writes what was seen; or writes the script that does so on other servers. */
export const defineCollect: Define = (command, context) => {
  command
    .option("--out <recording.json>", "the recording to write")
    .option("--script <collect.ps1>", "write a PowerShell file instead that makes a recording on any server")
    .addOption(serverOption())
    .option("--force", "write over a file that exists")
    .addHelpText(
      "after",
      `
A recording holds no secret: encrypted values and tokens are recorded as present, never as text.

Examples:
  mim-mail collect --out MIM01.json
  mim-mail collect --server practice --out before.json --force
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
      const [name = ""] = namedServers(options.server === undefined ? undefined : [options.server], context);
      const { server } = await openServer(name, context);
      const recording = await server.look();
      const content = jsonText(recording);
      await writeOutputs([{ path: options.out, content }], options.force === true);
      context.io.stdout(
        `Wrote ${shownText(options.out)}: ${shownText(recording.computer)} at ${recording.recordedAt}.\n`,
      );
    });
};

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

import { shownText } from "../report/shown-text.ts";
import { writeOutputs } from "./output-file.ts";
import type { Define } from "./run.ts";
import { namedServers, openServer, serverOption } from "./server-option.ts";

interface CollectOptions {
  readonly out: string;
  readonly server?: string;
  readonly force?: true;
}

/** `collect`: looks at a server and writes what was seen. */
export const defineCollect: Define = (command, context) => {
  command
    .requiredOption("--out <recording.json>", "the file to write")
    .addOption(serverOption())
    .option("--force", "write over a file that exists")
    .addHelpText(
      "after",
      `
A recording holds no secret: encrypted values and tokens are recorded as present, never as text.

Examples:
  mim-mail collect --out MIM01.json
  mim-mail collect --server practice --out before.json --force`,
    )
    .action(async (options: CollectOptions) => {
      const [name = ""] = namedServers(options.server === undefined ? undefined : [options.server], context);
      const { server } = await openServer(name, context);
      const recording = await server.look();
      const content = `${JSON.stringify(recording, null, 2)}\n`;
      await writeOutputs([{ path: options.out, content }], options.force === true);
      context.io.stdout(
        `Wrote ${shownText(options.out)}: ${shownText(recording.computer)} at ${recording.recordedAt}.\n`,
      );
    });
};

import { join } from "node:path";
import { Option } from "commander";
import type { FarmTarget } from "../assistant/farm-target.ts";
import { chosenHome } from "../assistant/home.ts";
import { withSavedCloudCheck } from "../assistant/saved-cloud-check.ts";
import { withSavedChecks } from "../assistant/saved-relay-check.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { behindBackslashes } from "../server/remote/computer-name.ts";
import type { Server } from "../server/server.ts";
import { readInput } from "./input-file.ts";
import type { Context } from "./io.ts";

/** A server as it was named on the command line. */
export interface NamedServer {
  /** The value of `--server`: `live`, `practice`, a recording's path, or `\\` and a computer's name. */
  readonly name: string;
  readonly server: Server;
  /** The target a report keeps beside its recording; null for everything else. */
  readonly savedTarget: FarmTarget | null;
}

const words =
  "live, practice, a recording's file, or \\\\COMPUTER for another one; the default is live on Windows, else practice";

/** `--server`, once. */
export function serverOption(): Option {
  return new Option("--server <server>", words);
}

/** `--server`, as often as there are servers. */
export function serversOption(): Option {
  return new Option("--server <server>", `${words}; may be given several times`).argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );
}

/** The servers named, or the default one. */
export function namedServers(given: readonly string[] | undefined, { io }: Pick<Context, "io">): readonly string[] {
  if (given !== undefined && given.length > 0) return given;
  return [io.platform === "win32" ? "live" : "practice"];
}

/** Opens a server by its name on the command line. Throws InputProblem when it cannot be opened. */
export async function openServer(name: string, context: Context): Promise<NamedServer> {
  const { io, home, assets } = context;
  switch (name) {
    case "live": {
      const { createLiveServer } = await import("../server/live/live-server.ts");
      const chosen = chosenHome(io.environment);
      const server = createLiveServer({
        now: io.now,
        platform: io.platform,
        scripts: join(assets, "powershell"),
        notice: (text) => io.stderr(`mim-mail: ${text}\n`),
        ...(chosen === null ? {} : { home: chosen }),
      });
      return { name, server: withSavedChecks(server, home), savedTarget: null };
    }
    case "practice": {
      const { createPracticeServer } = await import("../server/practice/practice-server.ts");
      const notice = (text: string): void => io.stderr(`mim-mail: ${text}\n`);
      const server = createPracticeServer({ home, now: io.now, notice });
      return { name, server: withSavedChecks(server, home), savedTarget: null };
    }
    case "":
      throw new InputProblem("no-server", "no server was named", "--server", `Name ${words}.`);
    default: {
      const computer = behindBackslashes(name);
      if (computer !== null) {
        const { createRemoteServer } = await import("../server/remote/remote-server.ts");
        const scripts = join(assets, "powershell");
        const server = createRemoteServer({
          computer,
          scripts,
          platform: io.platform,
          ...(io.runTool === undefined ? {} : { run: io.runTool }),
        });
        return { name, server: withSavedCloudCheck(server, home), savedTarget: null };
      }
      const { readRecording, tooLarge } = await import("../recording/read-recording.ts");
      const { recordingSizeLimit } = await import("../recording/recording.ts");
      const { createRecordedServer } = await import("../server/recorded/recorded-server.ts");
      const bytes = await readInput(name, "recording", { bytes: recordingSizeLimit, problem: tooLarge(name) });
      const recording = readRecording(bytes, name);
      const server = createRecordedServer({ label: name, recording });
      const { savedTarget } = await import("../assistant/saved-target.ts");
      return { name, server, savedTarget: savedTarget(new TextDecoder().decode(bytes), name) };
    }
  }
}

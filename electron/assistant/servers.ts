import { join } from "node:path";
import { readRecordingText } from "../recording/read-recording.ts";
import type { PracticeServer } from "../server/practice/practice-server.ts";
import type { Server } from "../server/server.ts";
import type { RunTool } from "../server/windows-tool.ts";
import type { FarmTarget } from "./farm-target.ts";
import { chosenHome } from "./home.ts";
import { withSavedChecks, withSavedCloudCheck } from "./saved-check.ts";
import { savedTarget } from "./saved-target.ts";

export interface ServersOptions {
  readonly home: string;
  /** The folder of the files that ship with the product. */
  readonly assets: string;
  readonly now: () => Date;
  readonly platform: NodeJS.Platform;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where regedit's scripts lie when the program is packed into an archive. */
  readonly registryScripts?: string;
  /** Told, in one line, what the person should know of how a server is read. */
  readonly notice?: (text: string) => void;
  /** What stands for Windows in tests. */
  readonly runTool?: RunTool;
}

/** The servers that can be turned to, each made when it is asked for. */
export interface Servers {
  readonly live: () => Promise<Server>;
  readonly practice: () => Promise<PracticeServer>;
  /** Another computer by its name, without backslashes. Throws InputProblem when that is none. */
  readonly remote: (computer: string) => Promise<Server>;
}

/** The servers of this program. Each is loaded where it is used: no start waits for one that it does not need. */
export function createServers(options: ServersOptions): Servers {
  const { home, assets, now, platform, environment, registryScripts, notice, runTool } = options;
  const scripts = join(assets, "powershell");
  return {
    live: async () => {
      const { createLiveServer } = await import("../server/live/live-server.ts");
      const chosen = chosenHome(environment);
      const server = createLiveServer({
        now,
        platform,
        scripts,
        ...(notice === undefined ? {} : { notice }),
        ...(registryScripts === undefined ? {} : { registryScripts }),
        ...(chosen === null ? {} : { home: chosen }),
      });
      return withSavedChecks(server, home);
    },
    practice: async () => {
      const { createPracticeServer } = await import("../server/practice/practice-server.ts");
      return withSavedChecks(createPracticeServer({ home, now, ...(notice === undefined ? {} : { notice }) }), home);
    },
    remote: async (computer) => {
      const { createRemoteServer } = await import("../server/remote/remote-server.ts");
      const run = runTool === undefined ? {} : { run: runTool };
      return withSavedCloudCheck(createRemoteServer({ computer, scripts, platform, ...run }), home);
    },
  };
}

/** A server to turn to, with the target it brings; null: the person's own counts. */
export interface Destination {
  readonly server: Server;
  readonly ownTarget: FarmTarget | null;
}

/** A recording or a JSON report as a server, with the target that a report keeps. Throws InputProblem. */
export async function recordingServer(name: string, text: string): Promise<Destination> {
  const { createRecordedServer } = await import("../server/recorded/recorded-server.ts");
  const recording = readRecordingText(text, name);
  return { server: createRecordedServer({ label: name, recording }), ownTarget: savedTarget(text, name) };
}

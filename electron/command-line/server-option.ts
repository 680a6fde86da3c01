import { Option } from "commander";
import type { FarmTarget } from "../assistant/farm-target.ts";
import { createServers, recordingServer } from "../assistant/servers.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { tooLarge } from "../recording/read-recording.ts";
import { recordingSizeLimit } from "../recording/recording.ts";
import { decodeText } from "../recording/strict-json.ts";
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
export async function openServer(name: string, { io, home, assets }: Context): Promise<NamedServer> {
  if (name === "") throw new InputProblem("no-server", "no server was named", "--server", `Name ${words}.`);
  const { environment, platform, now, runTool } = io;
  const servers = createServers({
    home,
    assets,
    now,
    platform,
    environment,
    notice: (text) => io.stderr(`mim-mail: ${text}\n`),
    ...(runTool === undefined ? {} : { runTool }),
  });
  if (name === "live" || name === "practice") return { name, server: await servers[name](), savedTarget: null };
  const computer = behindBackslashes(name);
  if (computer !== null) return { name, server: await servers.remote(computer), savedTarget: null };
  const { server, ownTarget } = await recordingServer(name, await readText(name));
  return { name, server, savedTarget: ownTarget };
}

async function readText(path: string): Promise<string> {
  const limit = { bytes: recordingSizeLimit, problem: tooLarge(path) };
  return decodeText(await readInput(path, "recording", limit), "recording", path);
}

/** Opens a recording or a JSON report. The words "live" and "practice" are files here. Throws InputProblem. */
export function openRecording(path: string, context: Context): Promise<NamedServer> {
  return openServer(path === "live" || path === "practice" ? `./${path}` : path, context);
}

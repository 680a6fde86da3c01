import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { readWhenFree } from "../../recording/busy-file.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { readRecording } from "../../recording/read-recording.ts";
import { type Recording, recordingSizeLimit } from "../../recording/recording.ts";
import { scrubText } from "../../recording/redact.ts";
import { shownText } from "../../report/shown-text.ts";
import { createPowershell, scriptFault } from "../powershell.ts";
import type { Server } from "../server.ts";
import { outsideArchive, type RunTool, runTool, scratchBelow, ToolFailure, type WithScratch } from "../windows-tool.ts";
import { isComputerName } from "./computer-name.ts";
import { faultOf, remoteProblems } from "./remote-faults.ts";

export interface RemoteServerOptions {
  /** The computer's name, without backslashes. */
  readonly computer: string;
  /** The folder of the product's PowerShell scripts. */
  readonly scripts: string;
  readonly platform?: NodeJS.Platform;
  /** What stands for Windows in tests. */
  readonly run?: RunTool;
  readonly withScratch?: WithScratch;
  /** How long a look may take, in milliseconds. */
  readonly timeLimit?: number;
}

/** Half a minute to connect, and as long as a look at this server may take; PowerShell starts twice. */
const usualTimeLimit = 150_000;

/** The largest file that says why there is no answer, in bytes. */
const faultLimit = 64 * 1024;

const faultSchema = z.strictObject({
  format: z.literal("mim-mail-remote-fault"),
  version: z.literal(1),
  errorId: z.string(),
  message: z.string(),
});

/**
 * Another computer, looked at through PowerShell remoting by collect.ps1 as the signed-in person; no password is asked
 * for. It can only be looked at. What comes back is input: it is read as strictly as a recording that someone sent.
 * @throws InputProblem when the name is none
 */
export function createRemoteServer(options: RemoteServerOptions): Server {
  const { computer, platform = process.platform, run = runTool, timeLimit = usualTimeLimit } = options;
  const where = `\\\\${computer}`;
  if (!isComputerName(computer)) {
    throw new InputProblem(
      "no-computer-name",
      "this is no computer's name",
      where,
      "Write it as \\\\MIM02 or \\\\mim02.contoso.com: letters, digits, hyphens and underscores. Addresses do not work, because Kerberos knows names alone.",
    );
  }
  const scripts = outsideArchive(options.scripts);
  const runScript = createPowershell({ run, scripts });
  const withScratch = options.withScratch ?? scratchBelow(async () => tmpdir());

  return {
    kind: "remote",
    label: where,
    elevated: null,
    refreshable: true,
    async look({ signal, progress = () => {} } = {}) {
      signal?.throwIfAborted();
      if (platform !== "win32") {
        throw new InputProblem(
          "not-windows",
          "another computer can be looked at from Windows only",
          where,
          "Run mim-mail collect on that server and open the recording here.",
        );
      }
      progress(`Asking ${where}`, 0);
      try {
        return await withScratch(async (scratch) => {
          const output = scratch.file("answer.json");
          const fault = scratch.file("fault.json");
          const named = ["-ComputerName", computer, "-ScriptPath", join(scripts, "collect.ps1")];
          const ended = await runScript(
            "remote-look.ps1",
            [...named, "-OutputPath", output.named, "-FaultPath", fault.named],
            { timeLimit, ...(signal === undefined ? {} : { signal }) },
          );
          const reason = await readFault(fault.path, where);
          if (reason !== null) throw remoteProblems[faultOf(reason.errorId)](where, said(reason.message));
          const bytes = await bytesOf(output.path, recordingSizeLimit, where);
          if (bytes === null) throw remoteProblems.other(where, said(scriptFault(ended)));
          progress(`Asking ${where}`, 1);
          return recordingIn(bytes, computer);
        });
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof ToolFailure)) throw error;
        throw remoteProblems[error.kind === "timeLimit" ? "timeLimit" : "other"](where, said(error.message));
      }
    },
  };
}

/** What came back, as a recording of this computer. */
function recordingIn(bytes: Uint8Array, computer: string): Recording {
  const where = `\\\\${computer}`;
  let recording: Recording;
  try {
    recording = readRecording(bytes, where);
  } catch (error) {
    if (!(error instanceof InputProblem)) throw error;
    throw remoteProblems.answer(where, error.message);
  }
  const tools = [...(recording.tools ?? []), `Asked through PowerShell remoting as ${where}.`];
  const [first = ""] = computer.split(".", 1);
  if (recording.computer.toLowerCase() !== first.toLowerCase()) {
    tools.push(`${where} calls itself ${recording.computer}: an alias, or a load balancer's name.`);
  }
  // The collector never asks the cloud or a relay: what were said of them would be someone else's word.
  return { ...recording, cloud: null, relay: null, tools };
}

async function readFault(path: string, where: string): Promise<z.infer<typeof faultSchema> | null> {
  const bytes = await bytesOf(path, faultLimit, where);
  if (bytes === null) return null;
  const unread = { errorId: "", message: "its reason cannot be read" };
  try {
    const parsed = faultSchema.safeParse(JSON.parse(new TextDecoder("utf-8").decode(bytes)));
    return parsed.success ? parsed.data : { format: "mim-mail-remote-fault", version: 1, ...unread };
  } catch {
    return { format: "mim-mail-remote-fault", version: 1, ...unread };
  }
}

/** A file's bytes; null where there is none. Throws InputProblem for one that is too large. */
async function bytesOf(path: string, limit: number, where: string): Promise<Uint8Array | null> {
  if ((await stat(path).catch(() => null)) === null) return null;
  try {
    return await readWhenFree(path, { limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "too-large") throw error;
    throw remoteProblems.answer(where, (error as Error).message);
  }
}

/** What Windows said, on one line, without what looks like a secret. */
function said(text: string): string {
  return shownText(scrubText(text), 300);
}

import { stat } from "node:fs/promises";
import { readWhenFree } from "../../recording/busy-file.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { readRecording } from "../../recording/read-recording.ts";
import { type Recording, recordingSizeLimit } from "../../recording/recording.ts";
import { type RunScript, scriptFault } from "../powershell.ts";
import { ToolFailure, type WithScratch } from "../windows-tool.ts";
import { notElevated } from "./hives.ts";

/** How long a whole look of PowerShell may take, in milliseconds: a full event log on a busy server takes a while. */
const timeLimit = 90_000;

export interface CollectPorts {
  readonly runScript: RunScript;
  readonly withScratch: WithScratch;
  readonly elevated: boolean | null;
}

/**
 * A whole look by collect.ps1, which reads the registry as well: one process in the place of one for each key.
 * @returns what it saw, without the work done so far; or why PowerShell gave no answer
 * @throws the signal's reason when the look is cancelled
 */
export async function collectedLook(
  { runScript, withScratch, elevated }: CollectPorts,
  signal?: AbortSignal,
): Promise<Recording | ToolFailure> {
  try {
    return await withScratch(async (scratch) => {
      const output = scratch.file("recording.json");
      const ended = await runScript("collect.ps1", ["-OutFile", output.named], {
        timeLimit,
        ...(signal === undefined ? {} : { signal }),
      });
      const isThere = (await stat(output.path).catch(() => null)) !== null;
      if (ended.code !== 0 || !isThere) return new ToolFailure("nonsense", scriptFault(ended));
      const bytes = await readWhenFree(output.path, { limit: recordingSizeLimit });
      return withoutHives(readRecording(bytes, "collect.ps1"), elevated);
    });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ToolFailure && error.kind !== "cancelled") return error;
    // An answer that is none, or one that is too large.
    if (error instanceof InputProblem || (error as NodeJS.ErrnoException).code === "too-large") {
      return new ToolFailure("nonsense", `PowerShell's answer cannot be used: ${(error as Error).message}`);
    }
    throw error;
  }
}

/** Without elevation a closed hive is told with what it needs, as a look by itself tells it. */
function withoutHives(recording: Recording, elevated: boolean | null): Recording {
  if (elevated !== false) return recording;
  const registry = Object.entries(recording.registry).map(([key, found]) =>
    /^HKU\\/i.test(key) ? [key, { state: "unreadable", reason: notElevated() } as const] : [key, found],
  );
  return { ...recording, registry: Object.fromEntries(registry) };
}

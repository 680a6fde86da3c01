import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Target, targetSchema } from "../../contract/target.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { readRecording } from "../../recording/read-recording.ts";
import type { Recording } from "../../recording/recording.ts";

/** The practice recordings that ship with the product. */
export const samples = [
  {
    id: "configured",
    title: "Fully configured server",
    description: "A server whose mail goes through Office 365 with Application Context Authentication and works.",
  },
  {
    id: "stuck-on-dotnet-2",
    title: "Stuck on .NET 2.x",
    description: "Everything is set but strong cryptography for .NET 2.x, so the service obtains no token.",
  },
  {
    id: "old-build",
    title: "Old build on Exchange Server",
    description: "MIM 4.6.34.0 on Windows Server 2016 with an Exchange Server; it has to be updated first.",
  },
] as const satisfies readonly { id: string; title: string; description: string }[];

/**
 * A practice recording with its target.
 * @param assets the product's assets folder
 * @throws InputProblem when there is no sample of that id, or its files cannot be read
 */
export async function readSample(
  assets: string,
  id: string,
): Promise<{ readonly recording: Recording; readonly target: Target }> {
  if (!samples.some((sample) => sample.id === id)) {
    const known = samples.map((sample) => sample.id).join(", ");
    throw new InputProblem("no-sample", "there is no practice recording of that name", id, `Choose one of: ${known}.`);
  }
  const folder = join(assets, "practice");
  const recordingPath = join(folder, `${id}.json`);
  const targetPath = join(folder, `${id}.target.json`);
  const [recording, target] = await Promise.all([bytesOf(recordingPath), bytesOf(targetPath)]);
  return {
    recording: readRecording(recording, recordingPath),
    target: targetSchema.parse(JSON.parse(new TextDecoder().decode(target))),
  };
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch {
    throw new InputProblem(
      "sample-missing",
      "a practice recording that ships with the product is missing",
      path,
      "Install the product again.",
    );
  }
}

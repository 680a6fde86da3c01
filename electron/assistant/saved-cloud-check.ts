import { join } from "node:path";
import * as z from "zod";
import { type CloudCheck, cloudCheckSchema } from "../contract/history.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { writeFault } from "../recording/write-fault.ts";
import { replaceFile } from "../server/replace-file.ts";
import type { Server } from "../server/server.ts";

const keptSchema = z.object({
  format: z.literal("mim-mail-cloud-check"),
  version: z.literal(1),
  check: cloudCheckSchema,
});

/** Where the last check of Microsoft's cloud is kept: it holds no secret and no token. */
export function keptCloudCheckPath(home: string): string {
  return join(home, "cloud-check.json");
}

/**
 * Keeps a check in the place of the one before, as a whole or not at all.
 * @throws InputProblem when it cannot be written
 */
export async function keepCloudCheck(home: string, check: CloudCheck): Promise<void> {
  const path = keptCloudCheckPath(home);
  const kept: z.input<typeof keptSchema> = { format: "mim-mail-cloud-check", version: 1, check };
  try {
    await replaceFile(path, `${JSON.stringify(kept, null, 2)}\n`);
  } catch (error) {
    throw new InputProblem(
      "home-not-writable",
      `the result of the cloud check cannot be kept: ${writeFault(error)}`,
      path,
      "Give your account write access to that folder, or name another with MIM_MAIL_HOME.",
    );
  }
}

/**
 * The check that was kept; null when there is none. A damaged file counts as none, so that a look does not fail over
 * it: the next check writes it anew.
 */
export async function readKeptCloudCheck(home: string): Promise<CloudCheck | null> {
  try {
    return keptSchema.parse(JSON.parse((await readWhenFree(keptCloudCheckPath(home))).toString("utf8"))).check;
  } catch {
    return null;
  }
}

/**
 * A server whose looks hold the check that was kept. It is about the application, not about one server, so it is laid
 * beside what was seen; a check the look itself found is left as it is. Everything else is the server's own.
 */
export function withSavedCloudCheck<Kind extends Server>(server: Kind, home: string): Kind {
  const look: Server["look"] = async (options) => {
    const recording = await server.look(options);
    return recording.cloud ? recording : { ...recording, cloud: await readKeptCloudCheck(home) };
  };
  // Not a copy: whether a live server runs elevated is known only after its first look.
  return Object.create(server, { look: { value: look, enumerable: true } }) as Kind;
}

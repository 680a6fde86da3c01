import { join } from "node:path";
import * as z from "zod";
import { type RelayCheck, relayCheckSchema } from "../contract/history.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { writeFault } from "../recording/write-fault.ts";
import { replaceFile } from "../server/replace-file.ts";
import type { Server } from "../server/server.ts";
import { withSavedCloudCheck } from "./saved-cloud-check.ts";

const keptSchema = z.object({
  format: z.literal("mim-mail-relay-check"),
  version: z.literal(1),
  check: relayCheckSchema,
});

/** Where the last conversation with a relay is kept, the practice server's apart. It holds no secret. */
export function keptRelayCheckPath(home: string, { keptAs = "" }: Pick<Server, "keptAs">): string {
  return join(home, keptAs, "relay-check.json");
}

/**
 * Keeps a conversation in the place of the one before, as a whole or not at all.
 * @throws InputProblem when it cannot be written
 */
export async function keepRelayCheck(home: string, server: Server, check: RelayCheck): Promise<void> {
  const path = keptRelayCheckPath(home, server);
  const kept: z.input<typeof keptSchema> = { format: "mim-mail-relay-check", version: 1, check };
  try {
    await replaceFile(path, `${JSON.stringify(kept, null, 2)}\n`);
  } catch (error) {
    throw new InputProblem(
      "home-not-writable",
      `what the relay answered cannot be kept: ${writeFault(error)}`,
      path,
      "Give your account write access to that folder, or name another with MIM_MAIL_HOME.",
    );
  }
}

/** The conversation that was kept; null when there is none, or its file is damaged: the next one writes it anew. */
export async function readKeptRelayCheck(home: string, server: Server): Promise<RelayCheck | null> {
  try {
    return keptSchema.parse(JSON.parse((await readWhenFree(keptRelayCheckPath(home, server))).toString("utf8"))).check;
  } catch {
    return null;
  }
}

/** A server whose looks hold the conversation that was kept; one the look itself found is left as it is. */
function withSavedRelayCheck<Kind extends Server>(server: Kind, home: string): Kind {
  const look: Server["look"] = async (options) => {
    const recording = await server.look(options);
    return recording.relay ? recording : { ...recording, relay: await readKeptRelayCheck(home, server) };
  };
  // Not a copy: whether a live server runs elevated is known only after its first look.
  return Object.create(server, { look: { value: look, enumerable: true } }) as Kind;
}

/** A server of this computer, whose looks hold what Microsoft's cloud and the relay answered. */
export function withSavedChecks<Kind extends Server>(server: Kind, home: string): Kind {
  return withSavedRelayCheck(withSavedCloudCheck(server, home), home);
}

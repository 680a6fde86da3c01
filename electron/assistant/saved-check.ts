import { join } from "node:path";
import * as z from "zod";
import { type CloudCheck, cloudCheckSchema, type RelayCheck, relayCheckSchema } from "../contract/history.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import type { Recording } from "../recording/recording.ts";
import { replaceFile } from "../server/replace-file.ts";
import type { Server } from "../server/server.ts";
import { notKept } from "./file-store.ts";

/** One answer kept in one file. */
interface SavedCheck<Check> {
  /**
   * Keeps an answer in the place of the one before, as a whole or not at all.
   * @throws InputProblem when it cannot be written
   */
  readonly keep: (path: string, check: Check) => Promise<void>;
  /**
   * The answer that was kept; null when there is none. A damaged file counts as none, so that a look does not fail over
   * it: the next check writes it anew.
   */
  readonly read: (path: string) => Promise<Check | null>;
}

function savedCheck<Check>(format: string, schema: z.ZodType<Check>, what: string): SavedCheck<Check> {
  const kept = z.object({ format: z.literal(format), version: z.literal(1), check: schema });
  return {
    keep: async (path, check) => {
      try {
        await replaceFile(path, `${JSON.stringify({ format, version: 1, check }, null, 2)}\n`);
      } catch (error) {
        throw notKept(what, path, error);
      }
    },
    read: async (path) => {
      try {
        return kept.parse(JSON.parse((await readWhenFree(path)).toString("utf8"))).check;
      } catch {
        return null;
      }
    },
  };
}

const cloud = savedCheck<CloudCheck>("mim-mail-cloud-check", cloudCheckSchema, "the result of the cloud check");
const relay = savedCheck<RelayCheck>("mim-mail-relay-check", relayCheckSchema, "what the relay answered");

/** Where the last check of Microsoft's cloud is kept: it holds no secret and no token. */
export function savedCloudCheckPath(home: string): string {
  return join(home, "cloud-check.json");
}

export const saveCloudCheck = (home: string, check: CloudCheck): Promise<void> =>
  cloud.keep(savedCloudCheckPath(home), check);

export const readSavedCloudCheck = (home: string): Promise<CloudCheck | null> => cloud.read(savedCloudCheckPath(home));

/** Where the last conversation with a relay is kept. It holds no secret. */
function savedRelayCheckPath(home: string): string {
  return join(home, "relay-check.json");
}

export const saveRelayCheck = (home: string, check: RelayCheck): Promise<void> =>
  relay.keep(savedRelayCheckPath(home), check);

/** What was seen with the check that was kept, which is about the application and not about one server. */
async function withCloud(recording: Recording, home: string): Promise<Recording> {
  return recording.cloud ? recording : { ...recording, cloud: await readSavedCloudCheck(home) };
}

/** What was seen on a server of this computer with the answers that were kept; one that was seen is left as it is. */
export async function withSavedAnswers(recording: Recording, home: string, server: Server): Promise<Recording> {
  const more = await withCloud(recording, home);
  // What a made-up server's relay answered, that server keeps.
  return more.relay || server.rehearsal ? more : { ...more, relay: await relay.read(savedRelayCheckPath(home)) };
}

function lookingWith<Kind extends Server>(server: Kind, more: (seen: Recording) => Promise<Recording>): Kind {
  const look: Server["look"] = async (options) => more(await server.look(options));
  // Not a copy: whether a live server runs elevated is known only after its first look.
  return Object.create(server, { look: { value: look, enumerable: true } }) as Kind;
}

/** A server whose looks hold the last check of the cloud. Everything else is the server's own. */
export function withSavedCloudCheck<Kind extends Server>(server: Kind, home: string): Kind {
  return lookingWith(server, (seen) => withCloud(seen, home));
}

/** A server of this computer, whose looks hold what Microsoft's cloud and the relay answered. */
export function withSavedChecks<Kind extends Server>(server: Kind, home: string): Kind {
  return lookingWith(server, (seen) => withSavedAnswers(seen, home, server));
}

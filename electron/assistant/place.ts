import { join } from "node:path";
import * as z from "zod";
import { createJsonStore, type FileStore } from "./file-store.ts";

const serverPlaceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.enum(["live", "practice"]) }),
  /** A recording that ships with the product, or one opened before. */
  z.strictObject({ kind: z.enum(["sample", "recent"]), id: z.string() }),
]);
/** A server that can be turned to again. */
export type ServerPlace = z.infer<typeof serverPlaceSchema>;

const placeSchema = z.strictObject({ server: serverPlaceSchema.optional(), screen: z.string().optional() });
/** Where the window was last; empty before anything was chosen. */
export type Place = z.infer<typeof placeSchema>;

/** Where the window was last, kept in place.json of the home folder. */
export function createPlaceStore(home: string, now: () => Date): FileStore<Place> {
  return createJsonStore<Place>({
    path: join(home, "place.json"),
    what: "last place",
    schema: placeSchema,
    initial: {},
    now,
  });
}

/** Notes where the window is. That it cannot be kept is no reason to stop anyone: the next start begins elsewhere. */
export async function notePlace(store: FileStore<Place>, change: Place): Promise<void> {
  try {
    await store.write({ ...(await store.read()), ...change });
  } catch {
    // As above.
  }
}

/** Where the window was last; nothing where that cannot be read. */
export async function lastPlace(store: FileStore<Place>): Promise<Place> {
  try {
    return await store.read();
  } catch {
    return {};
  }
}

import { join } from "node:path";
import { type Settings, settingsSchema } from "../contract/settings.ts";
import { readWhenFree } from "../recording/busy-file.ts";
import { decodeText, readStrictJson } from "../recording/strict-json.ts";
import { createJsonStore, type FileStore } from "./file-store.ts";

const initial: Settings = settingsSchema.parse({});

function pathIn(home: string): string {
  return join(home, "settings.json");
}

/** What the window remembers, kept in settings.json of the home folder. */
export function createSettingsStore(home: string, now: () => Date): FileStore<Settings> {
  return createJsonStore({
    path: pathIn(home),
    what: "settings",
    schema: settingsSchema,
    initial,
    now,
  });
}

/**
 * The settings for whoever needs them before the window asks: the initial ones when there are none or they cannot be
 * used. A damaged file stays where it is; the store sets it aside and tells.
 */
export async function glanceAtSettings(home: string): Promise<Settings> {
  try {
    const path = pathIn(home);
    return readStrictJson(decodeText(await readWhenFree(path), "settings", path), settingsSchema, "settings", path);
  } catch {
    return initial;
  }
}

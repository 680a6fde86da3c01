import type { RegistryReader } from "../../changes/registry.ts";
import type { RegistryKey } from "../../recording/recording.ts";

const hiveOf = (key: string): string | null => /^HKU\\([^\\]+)/i.exec(key)?.[1] ?? null;

/**
 * The registry with users' hives read only where that tells something: with elevation, and while the hive is loaded.
 * A hive that is not loaded would read as absent, which it is not.
 */
export function guardHives(registry: RegistryReader, elevated: boolean | null): RegistryReader {
  return {
    ...registry,
    async readKeys(keys) {
      const inHives = keys.filter((key) => hiveOf(key) !== null);
      if (inHives.length === 0) return registry.readKeys(keys);
      const closed = elevated === false ? notElevated : await notLoaded(registry, inHives);
      const found = new Map(
        await registry.readKeys(keys.filter((key) => hiveOf(key) === null || closed(key) === null)),
      );
      return new Map(
        keys.map((key): [string, RegistryKey] => {
          const reason = hiveOf(key) === null ? null : closed(key);
          if (reason !== null) return [key, { state: "unreadable", reason }];
          return [key, found.get(key) ?? { state: "unreadable", reason: "the registry gave no answer" }];
        }),
      );
    },
  };
}

/** Why a hive is not read without elevation. */
export const notElevated = (): string => "access denied: reading another account's hive needs elevation";

async function notLoaded(registry: RegistryReader, keys: readonly string[]): Promise<(key: string) => string | null> {
  const listed = (await registry.listSubKeys(["HKU"])).get("HKU");
  if (listed?.state !== "present") {
    const reason = listed?.state === "unreadable" ? listed.reason : "the loaded hives could not be listed";
    return () => reason;
  }
  const loaded = new Set(listed.names.map((name) => name.toLowerCase()));
  const missing = new Set(keys.filter((key) => !loaded.has((hiveOf(key) ?? "").toLowerCase())));
  return (key) => (missing.has(key) ? "the account's hive is not loaded" : null);
}

import type { UseCases } from "./bind.ts";
import type { Uses } from "./parts.ts";

/** What the window remembers between starts. */
export function settingsUseCases({ settings }: Uses<"settings">) {
  return {
    getSettings: () => settings.read(),
    setSettings: async (wanted) => {
      await settings.write(wanted);
      return wanted;
    },
  } satisfies Partial<UseCases>;
}

import type { UseCases } from "./bind.ts";
import type { Dependencies } from "./dependencies.ts";

/** What the window remembers between starts. */
export function settingsUseCases(dependencies: Dependencies): Pick<UseCases, "getSettings" | "setSettings"> {
  return {
    getSettings: () => dependencies.settings.read(),
    setSettings: async (settings) => {
      await dependencies.settings.write(settings);
      return settings;
    },
  };
}

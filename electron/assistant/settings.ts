import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";

/** What the window remembers between starts. */
export function settingsUseCases(desk: Desk): Pick<UseCases, "getSettings" | "setSettings"> {
  return {
    getSettings: () => desk.settings.read(),
    setSettings: async (settings) => {
      await desk.settings.write(settings);
      return settings;
    },
  };
}

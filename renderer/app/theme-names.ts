import type { ThemeChoice } from "../../electron/contract/settings.ts";

/** The choices of colours, as they are called in the window. */
export const themeNames: Readonly<Record<ThemeChoice, string>> = {
  system: "As Windows",
  light: "Light",
  dark: "Dark",
  highContrast: "High contrast",
};

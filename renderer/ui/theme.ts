import { type Theme, teamsHighContrastTheme, webDarkTheme, webLightTheme } from "@fluentui/react-components";
import { useSyncExternalStore } from "react";
import type { ThemeChoice } from "../../electron/contract/settings.ts";

// Windows' own fonts first; the last names are for machines where the window runs in a browser.
const fonts = {
  fontFamilyBase: '"Segoe UI", "Segoe UI Web (West European)", "Open Sans", system-ui, sans-serif',
  fontFamilyMonospace: '"Cascadia Mono", Consolas, "DejaVu Sans Mono", "Courier New", monospace',
};

/** Fluent's theme and what this window adds to it: the colour behind the panels, as CSS variable `--canvas`. */
type WindowTheme = Theme & { readonly canvas: string };

const light: WindowTheme = { ...webLightTheme, ...fonts, canvas: "#f5f5f5" };
const dark: WindowTheme = {
  ...webDarkTheme,
  ...fonts,
  // Fluent's own red is too dim for small words here (4.2 to 1); this is the next lighter step of its palette.
  colorStatusDangerForeground1: webDarkTheme.colorPaletteRedForeground1,
  canvas: "#1f1f1f",
};
const highContrast: WindowTheme = { ...teamsHighContrastTheme, ...fonts, canvas: "#000000" };

const darkQuery = matchMedia("(prefers-color-scheme: dark)");
const contrastQuery = matchMedia("(forced-colors: active)");

function watchSystem(changed: () => void): () => void {
  darkQuery.addEventListener("change", changed);
  contrastQuery.addEventListener("change", changed);
  return () => {
    darkQuery.removeEventListener("change", changed);
    contrastQuery.removeEventListener("change", changed);
  };
}

function systemTheme(): Exclude<ThemeChoice, "system"> {
  if (contrastQuery.matches) return "highContrast";
  return darkQuery.matches ? "dark" : "light";
}

const themes = { light, dark, highContrast } as const;

/** The theme to draw with; `system` follows Windows while the window is open. */
export function useTheme(choice: ThemeChoice): { readonly name: keyof typeof themes; readonly theme: Theme } {
  const system = useSyncExternalStore(watchSystem, systemTheme);
  const name = choice === "system" ? system : choice;
  return { name, theme: themes[name] };
}

import type { BrowserWindowConstructorOptions } from "electron";
import type { ThemeChoice } from "../contract/settings.ts";

/** The colour behind the window before its page is drawn: the one its theme begins with, so that nothing flashes. */
export function firstColour(
  theme: ThemeChoice,
  system: { readonly shouldUseDarkColors: boolean; readonly shouldUseHighContrastColors: boolean },
): string {
  const followed = system.shouldUseHighContrastColors ? "highContrast" : system.shouldUseDarkColors ? "dark" : "light";
  const drawn = theme === "system" ? followed : theme;
  return { light: "#f5f5f5", dark: "#1f1f1f", highContrast: "#000000" }[drawn];
}

/**
 * How the window is made. The page runs in the sandbox, apart from the preload, without Node. The spell checker is off
 * because it downloads its words; a developer's tools are those of the browser, on the preview host.
 *
 * Serves rules 2, 3, 4, 6, 8, 9, 10 and 11 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function windowOptions(options: {
  readonly preload: string;
  readonly colour: string;
}): BrowserWindowConstructorOptions {
  return {
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: "MIM Mail Assistant",
    backgroundColor: options.colour,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    },
  };
}

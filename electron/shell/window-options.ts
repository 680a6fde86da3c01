import type { BrowserWindowConstructorOptions, WebPreferences } from "electron";
import type { ThemeChoice } from "../contract/settings.ts";
import type { Rectangle } from "./window-places.ts";

/** The smallest window everything is still in, in device-independent pixels. */
export const leastWindow = { width: 1024, height: 700 } as const;

/** The size of a window that was never used. */
export const usualWindow = { width: 1280, height: 800 } as const;

/** The name of the program in the title of its windows. */
export const windowTitle = "MIM Mail Assistant";

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
 * What a page of this program may: it runs in the sandbox, apart from the preload, without Node. The spell checker is
 * off because it downloads its words; a developer's tools are those of the browser, on the preview host.
 *
 * Serves rules 2, 3, 4, 6, 8, 9, 10 and 11 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export const guardedPage: WebPreferences = {
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
};

/** How the window is made: where it was, else in the middle of the screen. */
export function windowOptions(options: {
  readonly preload: string;
  readonly colour: string;
  readonly place?: Rectangle | null;
}): BrowserWindowConstructorOptions {
  return {
    ...usualWindow,
    ...options.place,
    minWidth: leastWindow.width,
    minHeight: leastWindow.height,
    show: false,
    title: windowTitle,
    backgroundColor: options.colour,
    autoHideMenuBar: true,
    webPreferences: { ...guardedPage, preload: options.preload },
  };
}

/** How the window with the user guide is made: a page to read, without the bridge and without scripts. */
export function helpWindowOptions(options: { readonly colour: string }): BrowserWindowConstructorOptions {
  return {
    width: 960,
    height: 800,
    minWidth: 480,
    minHeight: 400,
    title: `${windowTitle}: user guide`,
    backgroundColor: options.colour,
    autoHideMenuBar: true,
    webPreferences: { ...guardedPage, javascript: false },
  };
}

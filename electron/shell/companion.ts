import type { BrowserWindow, BrowserWindowConstructorOptions } from "electron";
import { windowAddress } from "./app-scheme.ts";
import { guardedPage, windowTitle } from "./window-options.ts";
import { type Rectangle, visiblePlace } from "./window-places.ts";

/** The companion is the window's own page at this address: narrow, beside the installer. */
export const companionAddress = `${windowAddress}#companion`;

const width = 400;
const least = { width: 360, height: 480 } as const;

/**
 * Where the companion is shown: where it was, else along the right edge of the display the window is on.
 * @param workArea that display's area without the task bar
 */
export function companionPlace(
  kept: Rectangle | undefined,
  workArea: Rectangle,
  workAreas: readonly Rectangle[],
): Rectangle {
  const again = kept === undefined ? null : visiblePlace(kept, workAreas, least);
  return (
    again ?? { x: workArea.x + workArea.width - width, y: workArea.y, width, height: Math.min(workArea.height, 900) }
  );
}

/** How the companion is made: the same page with the same limits as the window, and always in sight. */
export function companionOptions(options: {
  readonly preload: string;
  readonly colour: string;
  readonly place: Rectangle;
}): BrowserWindowConstructorOptions {
  return {
    ...options.place,
    minWidth: least.width,
    minHeight: least.height,
    show: false,
    title: `${windowTitle}: companion`,
    backgroundColor: options.colour,
    autoHideMenuBar: true,
    alwaysOnTop: true,
    maximizable: false,
    fullscreenable: false,
    webPreferences: { ...guardedPage, preload: options.preload },
  };
}

/** What the companion needs of its window. */
export type CompanionWindow = Pick<
  BrowserWindow,
  "loadURL" | "showInactive" | "close" | "isDestroyed" | "getBounds" | "on" | "once"
>;

export interface CompanionPorts<Window extends CompanionWindow> {
  /** Makes the window; null when the program's own window is gone, which the companion does not outlive. */
  readonly make: () => Window | null;
  /** Told where it is whenever it was moved. */
  readonly moved: (place: Rectangle) => void;
}

/** The companion: shown and hidden on demand, one at a time. */
export interface Companion<Window extends CompanionWindow> {
  readonly show: (shown: boolean) => void;
  /** Its window; null while it is not shown. */
  readonly window: () => Window | null;
}

export function createCompanion<Window extends CompanionWindow>(ports: CompanionPorts<Window>): Companion<Window> {
  let open: Window | null = null;

  function openWindow(): void {
    const opened = ports.make();
    if (opened === null) return;
    open = opened;
    const tell = (): void => ports.moved(opened.getBounds());
    opened.on("resized", tell);
    opened.on("moved", tell);
    opened.on("closed", () => {
      if (open === opened) open = null;
    });
    // Without taking the keyboard from the installer, in which the person is typing.
    opened.once("ready-to-show", () => opened.showInactive());
    // A load that fails because the window was closed meanwhile concerns nobody.
    opened.loadURL(companionAddress).catch(() => undefined);
  }

  return {
    show: (shown) => {
      if (shown && open === null) openWindow();
      else if (shown) open?.showInactive();
      else if (open !== null && !open.isDestroyed()) open.close();
    },
    window: () => open,
  };
}

import type { BrowserWindow } from "electron";

/** What a second start says before it ends: one window has the registry and the installer in hand. */
export const alreadyOpen = {
  title: "MIM Mail Assistant is already open",
  content:
    "Its window is brought to the front. Only one is open at a time, so that one hand has the registry and the installer. To open it with other rights, close that window first.",
} as const;

/** Brings the window forward, wherever it is. */
export function bringForward(window: Pick<BrowserWindow, "isMinimized" | "restore" | "show" | "focus"> | null): void {
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

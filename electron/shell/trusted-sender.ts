import type { IpcMainInvokeEvent, WebContents } from "electron";
import { isWindowAddress } from "./app-scheme.ts";

/**
 * True for a call from the main frame of one of our own windows while it shows our own page.
 *
 * Serves rule 17 of https://www.electronjs.org/docs/latest/tutorial/security
 * @param windows the pages that have the bridge: the window's and the companion's
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">,
  windows: readonly WebContents[],
): boolean {
  const frame = event.senderFrame;
  if (!windows.includes(event.sender) || frame === null) return false;
  return frame.parent === null && isWindowAddress(frame.url) && isWindowAddress(frame.origin);
}

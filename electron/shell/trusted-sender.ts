import type { IpcMainInvokeEvent, WebContents } from "electron";
import { isWindowAddress } from "./app-scheme.ts";

/**
 * True for a call from the main frame of our own window while it shows our own page.
 *
 * Serves rule 17 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">,
  window: WebContents | null,
): boolean {
  const frame = event.senderFrame;
  if (window === null || event.sender !== window || frame === null) return false;
  return frame.parent === null && isWindowAddress(frame.url) && isWindowAddress(frame.origin);
}

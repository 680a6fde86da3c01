import type { Session } from "electron";
import { isWindowAddress } from "./app-scheme.ts";

/** Who asks: the frame's address and its place. */
type Asking = { readonly isMainFrame?: boolean; readonly requestingUrl?: string } | undefined;

/** The button Paste reads a picture from the clipboard; only the program's own page has it. */
function isGranted(permission: string, asking: Asking): boolean {
  return permission === "clipboard-read" && asking?.isMainFrame === true && isWindowAddress(asking.requestingUrl ?? "");
}

/**
 * Refuses every permission a page can ask for: camera, notifications, devices, screen. The window needs none but to read
 * the clipboard when someone presses Paste.
 *
 * Serves rule 5 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function refusePermissions(
  session: Pick<Session, "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler">,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, asking) => answer(isGranted(permission, asking)));
  session.setPermissionCheckHandler((_contents, permission, _origin, asking) => isGranted(permission, asking));
  session.setDevicePermissionHandler(() => false);
}

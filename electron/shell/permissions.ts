import type { Session } from "electron";

/**
 * Refuses every permission a page can ask for: camera, notifications, clipboard, devices, screen. The window needs none.
 *
 * Serves rule 5 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function refusePermissions(
  session: Pick<Session, "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler">,
): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

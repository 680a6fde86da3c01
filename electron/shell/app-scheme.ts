import type { CustomScheme, Protocol } from "electron";
import { securityHeaders } from "./content-security-policy.ts";
import { readWindowFile } from "./window-files.ts";

/** The window's own origin: no other program, page or file shares it. */
export const windowOrigin = "app://mim-mail";
export const windowAddress = `${windowOrigin}/index.html`;
/** The user guide; a step's section is `#<step id>`. */
export const helpAddress = `${windowOrigin}/help.html`;

/** Must be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: "app",
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** True for an address of the window's own origin. */
export function isWindowAddress(address: string): boolean {
  return address === windowOrigin || address.startsWith(`${windowOrigin}/`);
}

/** True for the user guide or a place in it. */
export function isHelpAddress(address: string): boolean {
  return address === helpAddress || (address.startsWith(`${helpAddress}#`) && /^#[\w.-]*$/.test(new URL(address).hash));
}

/**
 * Answers `app://mim-mail/…` from the folder of the built window, and nothing else.
 *
 * Serves rule 18 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function serveWindow(protocol: Pick<Protocol, "handle">, folder: string): void {
  protocol.handle("app", async (request) => {
    const headers = securityHeaders(null);
    const path = isWindowAddress(request.url) ? new URL(request.url).pathname : "";
    const file = request.method === "GET" ? await readWindowFile(folder, path) : null;
    if (file === null) return new Response("There is no such file.", { status: 404, headers });
    return new Response(file.content, { status: 200, headers: { ...headers, "Content-Type": file.mediaType } });
  });
}

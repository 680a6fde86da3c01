import type { Session } from "electron";
import { isWindowAddress, windowOrigin } from "./app-scheme.ts";

/** A file made in the window for the person to save, and the pictures that stand in its style sheet. */
function isOwnData(address: string): boolean {
  return address.startsWith(`blob:${windowOrigin}/`) || address.startsWith("data:");
}

/**
 * Keeps the window off the network: only its own files are loaded. The content security policy says the same to the
 * page; this holds even if the page is taken over.
 *
 * Serves rules 1 and 15 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function keepOffNetwork(session: Pick<Session, "webRequest">): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isWindowAddress(details.url) && !isOwnData(details.url) });
  });
}

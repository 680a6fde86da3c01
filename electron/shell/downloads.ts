import type { Session } from "electron";
import type { EventValue } from "../contract/methods.ts";
import { windowOrigin } from "./app-scheme.ts";

/** Knows the file that was saved last. */
export interface Downloads {
  /** Its full path; null while none was saved. */
  readonly last: () => string | null;
}

/**
 * Lets the window save what it was handed, where the person says, and nothing else: a download of any other address
 * is stopped. How each ended is told: the person may cancel it, and a disk may be full.
 */
export function watchDownloads(session: Pick<Session, "on">, tell: (end: EventValue<"handedOut">) => void): Downloads {
  let last: string | null = null;
  session.on("will-download", (event, item) => {
    if (!item.getURL().startsWith(`blob:${windowOrigin}/`)) {
      event.preventDefault();
      return;
    }
    item.once("done", (_event, state) => {
      if (state === "completed") last = item.getSavePath();
      const ended = state === "completed" ? "saved" : state === "cancelled" ? "cancelled" : "failed";
      tell({ address: item.getURL(), ended });
    });
  });
  return { last: () => last };
}

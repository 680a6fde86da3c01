import type { Bridge } from "../../electron/contract/methods.ts";

declare global {
  interface Window {
    /** Set by the preload in Electron, by the preview bridge in a browser. */
    assistant?: Bridge;
  }
}

/** The bridge. Throws when the entry has not set it: that is a fault of the program, not of a person. */
export function assistant(): Bridge {
  if (window.assistant === undefined) throw new Error("the bridge is not set");
  return window.assistant;
}

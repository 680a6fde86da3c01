import type { Problem } from "../../electron/contract/outcome.ts";
import type { HandedOut } from "./offered-file.ts";

/** What became of a file, behind its name: "saved". */
export const handedOutWords: Readonly<Record<HandedOut, string>> = {
  saved: "saved",
  offered: "handed to the browser",
  cancelled: "not saved: cancelled",
  failed: "not saved",
};

/** True for a file that was given out, as far as it can be known here. */
export function isGivenOut(ended: HandedOut): boolean {
  return ended === "saved" || ended === "offered";
}

/** What is said of a file that could not be written. */
export function notWritten(name: string): Problem {
  return {
    code: "not-written",
    message: `${name} could not be written`,
    cure: "Choose another folder, or make room on the disk, and save it again.",
  };
}

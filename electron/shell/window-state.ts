import { placesIn, type WindowPlaces } from "./window-places.ts";

/** Keeps where the windows are in a file of the home folder. */
export interface WindowState {
  /** The places as kept last; none when there is no file or it is damaged. */
  readonly read: () => Promise<WindowPlaces>;
  /** Notes a place; it is written when nothing has moved for a moment. */
  readonly note: (places: WindowPlaces) => void;
  /** Writes what was noted and not yet written. Never fails: a place that is not kept is no reason to stop. */
  readonly settle: () => Promise<void>;
}

export interface WindowStateOptions {
  /** Gives the file's text; rejects when there is none. */
  readonly readText: () => Promise<string>;
  /** Replaces the file as a whole. */
  readonly writeText: (text: string) => Promise<void>;
  /** How long nothing must move before a place is written, in milliseconds. */
  readonly rest?: number;
}

export function createWindowState({ readText, writeText, rest = 500 }: WindowStateOptions): WindowState {
  let kept: WindowPlaces = {};
  let noted = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function settle(): Promise<void> {
    clearTimeout(timer);
    if (noted) {
      noted = false;
      const text = `${JSON.stringify(kept, null, 2)}\n`;
      writing = writing.then(() => writeText(text)).catch(() => undefined);
    }
    return writing;
  }

  return {
    read: async () => {
      kept = { ...placesIn(await readText().catch(() => "")), ...kept };
      return kept;
    },
    note: (places) => {
      kept = { ...kept, ...places };
      noted = true;
      clearTimeout(timer);
      timer = setTimeout(() => void settle(), rest);
    },
    settle,
  };
}

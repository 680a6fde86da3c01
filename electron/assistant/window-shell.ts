import type { HttpPort } from "../cloud/http.ts";
import type { OneWindow } from "./hand-over.ts";
import type { ProblemNote } from "./problem-notes.ts";

/** What the window's surroundings can do; each part is null where they cannot, as in the browser preview. */
export interface WindowShell {
  /** What the program runs on, as About shows it. */
  readonly runtime: string;
  /** A PNG of the top window whose title begins with these words; gives null when no such window is open. */
  readonly pictureOf: ((title: string) => Promise<WindowPicture | null>) | null;
  /** Shows or hides the companion in a window of its own. */
  readonly showCompanion: ((shown: boolean) => void) | null;
  /** Shows the file that was saved last in its folder; false when none was saved. */
  readonly showSaved: (() => boolean) | null;
  /** Shows a file in its folder. The path is one this program wrote down itself, never one that came from the window. */
  readonly showFile: ((path: string) => void) | null;
  /** The way to Microsoft's hosts; null: Node's own. */
  readonly http: HttpPort | null;
  /** Tells a person who looks elsewhere that something they wait for is there; without it nobody is told. */
  readonly notify?: (note: { readonly title: string; readonly text: string }) => void;
  /** Shows in the taskbar how far a wait is, from 0 to 1; null takes it away. */
  readonly showProgress?: (fraction: number | null) => void;
  /** The one window's lock, where the program may be opened anew as an administrator. */
  readonly oneWindow?: OneWindow;
  /** What was refused or failed since the program was started, oldest first; without it nothing is known of that. */
  readonly problems?: () => readonly ProblemNote[];
}

export interface WindowPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Surroundings that can do nothing. */
export const bareShell: WindowShell = {
  runtime: `Node ${process.versions.node}`,
  pictureOf: null,
  showCompanion: null,
  showSaved: null,
  showFile: null,
  http: null,
};

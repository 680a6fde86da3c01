import type { PageQuestion } from "./renderer-crash.ts";

/** Asked when the window is closed while the installer is open. The installer is a process of its own. */
export const closingQuestion: PageQuestion = {
  type: "question",
  title: "MIM Mail Assistant",
  message: "The installer is still open.",
  detail:
    "It goes on in its own window when this one is closed: finish or cancel it there. The next start of this program finds how it went in its log.",
  buttons: ["Keep this window", "Close this window"],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

/** A window, as far as its closing needs it. */
export interface ClosedWindow {
  readonly on: (event: "close", listener: (event: { readonly preventDefault: () => void }) => void) => unknown;
  readonly isDestroyed: () => boolean;
  readonly destroy: () => void;
}

/**
 * Asks before a window is closed while the installer is open.
 * @param ask shows the question and gives the number of the button that was pressed
 */
export function askBeforeClosing(
  window: ClosedWindow,
  isInstallerOpen: () => boolean,
  ask: (question: PageQuestion) => Promise<number>,
): void {
  let asking = false;
  window.on("close", (event) => {
    if (!isInstallerOpen()) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void ask(closingQuestion)
      .then((button) => {
        if (button === 1 && !window.isDestroyed()) window.destroy();
      })
      .finally(() => {
        asking = false;
      });
  });
}

/** True from when the installer was started until it has ended, by what the window is told of it. */
export function isOpenInstaller(watch: unknown): boolean {
  if (typeof watch !== "object" || watch === null || !("phase" in watch) || !("practice" in watch)) return false;
  // A rehearsal ends with the program: nothing of it goes on.
  return watch.practice === false && watch.phase !== "preparing" && watch.phase !== "ended";
}

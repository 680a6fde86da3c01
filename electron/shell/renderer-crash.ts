import type { BrowserWindow, MessageBoxOptions, RenderProcessGoneDetails, WebContents } from "electron";

/** What the person can do about a page that is gone or does not answer: one of the two buttons. */
export interface PageQuestion extends MessageBoxOptions {
  readonly message: string;
  readonly buttons: [string, string];
}

/** Asked when the page's process ended by itself. What was entered is kept by the program, but for secrets and the last keystrokes. */
export function goneQuestion(details: Pick<RenderProcessGoneDetails, "reason" | "exitCode">): PageQuestion {
  return {
    type: "error",
    title: "MIM Mail Assistant",
    message: "The window stopped working.",
    detail: `What you entered is kept, except passwords, secrets and what was typed in the last second. A change of the server that was under way goes on. (${details.reason}, ${details.exitCode})`,
    buttons: ["Reopen", "Close"],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  };
}

/** Asked when the page has not answered for some time. */
export const unresponsiveQuestion: PageQuestion = {
  type: "warning",
  title: "MIM Mail Assistant",
  message: "The window does not answer.",
  detail:
    "Waiting is safe: a change of the server goes on without the window. Reopening keeps what you entered, except passwords and secrets.",
  buttons: ["Wait", "Reopen"],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
};

/** A page's window, as far as a lost page needs it. */
export interface WatchedWindow extends Pick<BrowserWindow, "on" | "isDestroyed" | "destroy"> {
  readonly webContents: Pick<WebContents, "on" | "reload" | "forcefullyCrashRenderer">;
}

/**
 * Offers to reopen a page whose process is gone or does not answer.
 * @param ask shows the question and gives the number of the button that was pressed
 */
export function watchPage(window: WatchedWindow, ask: (question: PageQuestion) => Promise<number>): void {
  let asking = false;
  let reopening = false;

  async function askOnce(question: PageQuestion): Promise<number | null> {
    if (asking || window.isDestroyed()) return null;
    asking = true;
    try {
      const button = await ask(question);
      return window.isDestroyed() ? null : button;
    } finally {
      asking = false;
    }
  }

  window.webContents.on("render-process-gone", (_event, details) => {
    // Ended on purpose, by the window's own end.
    if (details.reason === "clean-exit") return;
    if (reopening) {
      reopening = false;
      window.webContents.reload();
      return;
    }
    void askOnce(goneQuestion(details)).then((button) => {
      if (button === 0) window.webContents.reload();
      else if (button === 1) window.destroy();
    });
  });

  window.on("unresponsive", () => {
    void askOnce(unresponsiveQuestion).then((button) => {
      if (button !== 1) return;
      // A page that is busy does not reload; its process has to end first.
      reopening = true;
      window.webContents.forcefullyCrashRenderer();
    });
  });
}

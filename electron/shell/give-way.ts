import type { BrowserWindow } from "electron";

/**
 * Lets the installer's window come to the front: Windows keeps one that an elevated process opens behind the window that
 * has the focus, and hands the focus on to it when that window gives it up. Told of every step; acts once a run, when
 * the log says that the first page is there.
 */
export function createGiveWay(
  window: () => Pick<BrowserWindow, "isFocused" | "blur"> | null,
): (watch: unknown) => void {
  let given = false;
  return (watch) => {
    const step = typeof watch === "object" && watch !== null && "phase" in watch && "practice" in watch ? watch : null;
    const isShown = step !== null && step.phase === "pages" && step.practice === false;
    if (isShown && !given && window()?.isFocused()) window()?.blur();
    given = isShown || (given && step !== null && step.phase !== "preparing" && step.phase !== "ended");
  };
}

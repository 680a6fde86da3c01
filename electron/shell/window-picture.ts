import type { DesktopCapturer } from "electron";

/** The picture of a window. Width and height in pixels. */
export interface CapturedPicture {
  readonly png: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The largest picture that is asked for: the installer's window is smaller, and a page stays legible. */
const largest = { width: 1280, height: 1024 } as const;

/**
 * Takes a picture of the top window whose title begins with these words, as it is on the screen: of that window and of
 * nothing else. Null when there is no such window, or nothing can be seen of it.
 *
 * Source: https://www.electronjs.org/docs/latest/api/desktop-capturer
 */
export async function pictureOfWindow(
  capturer: Pick<DesktopCapturer, "getSources">,
  title: string,
): Promise<CapturedPicture | null> {
  if (title === "") return null;
  const sources = await capturer.getSources({ types: ["window"], thumbnailSize: largest, fetchWindowIcons: false });
  // Sources come in the order the windows lie in, the top one first.
  const found = sources.find(({ name, thumbnail }) => name.startsWith(title) && !thumbnail.isEmpty());
  if (found === undefined) return null;
  const { width, height } = found.thumbnail.getSize();
  return { png: found.thumbnail.toPNG(), width, height };
}

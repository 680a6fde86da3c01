import { expect, test, vi } from "vitest";
import { keepInPlace } from "../../../electron/shell/navigation.ts";

interface Navigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly preventDefault: () => void;
}

/** Whether a frame may be led to an address. */
function allows(url: string, isMainFrame: boolean): boolean {
  const listeners = new Map<string, (event: Navigation) => void>();
  const contents = {
    on: (name: string, listener: (event: Navigation) => void) => listeners.set(name, listener),
    setWindowOpenHandler: () => undefined,
  };
  keepInPlace(contents as unknown as Parameters<typeof keepInPlace>[0], { openInBrowser: vi.fn(), openHelp: vi.fn() });
  const preventDefault = vi.fn();
  listeners.get("will-frame-navigate")?.({ url, isMainFrame, preventDefault });
  return preventDefault.mock.calls.length === 0;
}

test("a frame of the page shows the user guide and what the page hands over", () => {
  expect(allows("app://mim-mail/help.html", false)).toBe(true);
  expect(allows("app://mim-mail/help.html#verify", false)).toBe(true);
  expect(allows("about:srcdoc", false)).toBe(true);
});

test("a frame is led nowhere else, and the page itself nowhere", () => {
  for (const url of [
    "app://mim-mail/index.html",
    "app://other/help.html",
    "https://learn.microsoft.com/",
    "file:///C:/Windows/win.ini",
    "about:blank",
    "data:text/html,x",
  ]) {
    expect(allows(url, false), url).toBe(false);
  }
  expect(allows("app://mim-mail/help.html", true)).toBe(false);
  expect(allows("about:srcdoc", true)).toBe(false);
});

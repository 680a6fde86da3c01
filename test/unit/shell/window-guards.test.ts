import { describe, expect, test, vi } from "vitest";
import { windowAddress } from "../../../electron/shell/app-scheme.ts";
import { keepInPlace } from "../../../electron/shell/navigation.ts";
import { keepOffNetwork } from "../../../electron/shell/network.ts";
import { refusePermissions } from "../../../electron/shell/permissions.ts";
import { isTrustedSender } from "../../../electron/shell/trusted-sender.ts";
import { firstColour, windowOptions } from "../../../electron/shell/window-options.ts";

test("every permission, check and device is refused, but reading the clipboard on the window's own page", () => {
  const handlers: Record<string, (...given: never[]) => unknown> = {};
  const keep =
    (name: string) =>
    (handler: unknown): void => {
      handlers[name] = handler as (...given: never[]) => unknown;
    };
  refusePermissions({
    setPermissionRequestHandler: keep("request"),
    setPermissionCheckHandler: keep("check"),
    setDevicePermissionHandler: keep("device"),
  });
  const answer = vi.fn();
  const ask = (name: string, ...given: unknown[]): unknown => handlers[name]?.(...(given as never[]));
  for (const permission of ["media", "notifications", "clipboard-read", "openExternal", "unknown"]) {
    ask("request", {}, permission, answer);
    expect(ask("check", {}, permission)).toBe(false);
  }
  expect(answer.mock.calls).toEqual([[false], [false], [false], [false], [false]]);
  expect(ask("device", {})).toBe(false);
  const own = { isMainFrame: true, requestingUrl: windowAddress };
  const asked = (permission: string, asking: object): unknown[] => {
    answer.mockClear();
    ask("request", {}, permission, answer, asking);
    return [answer.mock.calls[0]?.[0], ask("check", {}, permission, "", asking)];
  };
  expect(asked("clipboard-read", own)).toEqual([true, true]);
  expect(asked("clipboard-read", { ...own, isMainFrame: false })).toEqual([false, false]);
  expect(asked("clipboard-read", { ...own, requestingUrl: "https://example.com/" })).toEqual([false, false]);
  expect(asked("clipboard-sanitized-write", own)).toEqual([false, false]);
  expect(asked("media", own)).toEqual([false, false]);
});

describe("the window stays in its place", () => {
  function watched() {
    interface Navigation {
      readonly preventDefault: () => void;
      readonly isMainFrame: boolean;
      readonly url: string;
    }
    const listeners = new Map<string, (event: Navigation) => void>();
    let open: ((details: { url: string }) => unknown) | null = null;
    const openInBrowser = vi.fn();
    const openHelp = vi.fn();
    const contents = {
      on: (name: string, listener: (event: Navigation) => void) => listeners.set(name, listener),
      setWindowOpenHandler: (handler: (details: { url: string }) => unknown) => {
        open = handler;
      },
    };
    keepInPlace(contents as unknown as Parameters<typeof keepInPlace>[0], { openInBrowser, openHelp });
    return { listeners, openInBrowser, openHelp, open: (url: string) => open?.({ url }) };
  }

  test.each(["will-navigate", "will-redirect", "will-frame-navigate", "will-attach-webview"])("at %s", (name) => {
    const preventDefault = vi.fn();
    watched().listeners.get(name)?.({ preventDefault, isMainFrame: true, url: "https://example.com/" });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  test.each([
    ["the user guide in a frame", { isMainFrame: false, url: "app://mim-mail/help.html#tls" }, false],
    ["the user guide in the window's place", { isMainFrame: true, url: "app://mim-mail/help.html" }, true],
    ["another page in a frame", { isMainFrame: false, url: "app://mim-mail/index.html" }, true],
    ["a foreign page in a frame", { isMainFrame: false, url: "https://learn.microsoft.com/" }, true],
  ])("with %s", (_what, navigation, stopped) => {
    const preventDefault = vi.fn();
    watched().listeners.get("will-frame-navigate")?.({ ...navigation, preventDefault });
    expect(preventDefault).toHaveBeenCalledTimes(stopped ? 1 : 0);
  });

  test("and opens no other; a link of the list goes to the browser", () => {
    const { open, openInBrowser } = watched();
    expect(open("https://learn.microsoft.com/")).toEqual({ action: "deny" });
    expect(open("https://example.com/")).toEqual({ action: "deny" });
    expect(open("file:///C:/Windows/System32/calc.exe")).toEqual({ action: "deny" });
    expect(openInBrowser.mock.calls).toEqual([["https://learn.microsoft.com/"]]);
  });

  test("a link to the user guide opens the guide, and no other page of the program", () => {
    const { open, openHelp, openInBrowser } = watched();
    for (const url of [
      "app://mim-mail/help.html",
      "app://mim-mail/help.html#tls",
      "app://mim-mail/help.html?a=1",
      "app://mim-mail/help.htmlx",
      "app://mim-mail/index.html#companion",
      "app://other/help.html",
    ]) {
      expect(open(url)).toEqual({ action: "deny" });
    }
    expect(openHelp.mock.calls).toEqual([["app://mim-mail/help.html"], ["app://mim-mail/help.html#tls"]]);
    expect(openInBrowser).not.toHaveBeenCalled();
  });
});

test("the window loads its own files only, nothing from a network", () => {
  let guard: ((details: { url: string }, answer: (result: { cancel: boolean }) => void) => void) | null = null;
  keepOffNetwork({
    webRequest: {
      onBeforeRequest: (listener: typeof guard) => {
        guard = listener;
      },
    },
  } as unknown as Parameters<typeof keepOffNetwork>[0]);
  const cancelled = (url: string): boolean | null => {
    let cancel: boolean | null = null;
    guard?.({ url }, (result) => {
      cancel = result.cancel;
    });
    return cancel;
  };
  expect(cancelled(windowAddress)).toBe(false);
  expect(cancelled("blob:app://mim-mail/0b0c")).toBe(false);
  expect(cancelled("data:image/png;base64,AA")).toBe(false);
  for (const url of ["https://learn.microsoft.com/", "http://127.0.0.1/", "ws://127.0.0.1/", "file:///etc/passwd"]) {
    expect(cancelled(url), url).toBe(true);
  }
});

describe("a call is trusted", () => {
  const contents = {};
  const companion = {};
  type Event = Parameters<typeof isTrustedSender>[0];
  type Windows = Parameters<typeof isTrustedSender>[1];
  const trusts = (event: unknown, windows: readonly unknown[] = [contents, companion]): boolean =>
    isTrustedSender(event as Event, windows as Windows);
  const frame = { parent: null, url: windowAddress, origin: "app://mim-mail" };

  test("from the main frame of our windows on our page", () => {
    expect(trusts({ sender: contents, senderFrame: frame })).toBe(true);
    const shown = { ...frame, url: `${windowAddress}#companion` };
    expect(trusts({ sender: companion, senderFrame: shown })).toBe(true);
  });

  test.each([
    ["another window", { sender: {}, senderFrame: frame }],
    ["a frame inside the page", { sender: contents, senderFrame: { ...frame, parent: {} } }],
    ["a frame that is gone", { sender: contents, senderFrame: null }],
    ["another page", { sender: contents, senderFrame: { ...frame, url: "https://example.com/" } }],
    ["another origin", { sender: contents, senderFrame: { ...frame, origin: "https://example.com" } }],
    ["a page without an origin", { sender: contents, senderFrame: { ...frame, origin: "null" } }],
  ])("but not from %s", (_name, event) => {
    expect(trusts(event)).toBe(false);
  });

  test("but not while there is no window", () => {
    expect(trusts({ sender: contents, senderFrame: frame }, [])).toBe(false);
    expect(trusts({ sender: companion, senderFrame: frame }, [contents])).toBe(false);
  });
});

test("the page runs apart from Node, in the sandbox", () => {
  const { webPreferences, ...options } = windowOptions({ preload: "/out/preload.cjs", colour: "#1f1f1f" });
  expect(webPreferences).toMatchObject({
    preload: "/out/preload.cjs",
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    spellcheck: false,
    devTools: false,
  });
  expect(options).toMatchObject({ minWidth: 1024, minHeight: 700, backgroundColor: "#1f1f1f", show: false });
});

test("the first colour is the one of the theme, Windows' own where that is followed", () => {
  const light = { shouldUseDarkColors: false, shouldUseHighContrastColors: false };
  expect(firstColour("system", light)).toBe("#f5f5f5");
  expect(firstColour("system", { ...light, shouldUseDarkColors: true })).toBe("#1f1f1f");
  expect(firstColour("system", { shouldUseDarkColors: true, shouldUseHighContrastColors: true })).toBe("#000000");
  expect(firstColour("light", { ...light, shouldUseDarkColors: true })).toBe("#f5f5f5");
  expect(firstColour("highContrast", light)).toBe("#000000");
});

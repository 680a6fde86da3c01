/**
 * Stands for Electron's module where the built main.js runs on Windows' node.exe. It is strict: a member it does not
 * have, an event it would never tell and a value that cannot be cloned are errors, as a window's foreign frame is one
 * for the product. What Electron would show goes over a loopback socket to the test, which shows it in Chromium.
 */
import { EventEmitter } from "node:events";
import { mkdirSync, readFileSync, rmdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type {
  BrowserWindowConstructorOptions,
  DesktopCapturer,
  Dialog,
  DownloadItem,
  IpcMain,
  NativeTheme,
  Net,
  Protocol,
  Rectangle,
  Screen,
  Session,
  Shell,
  App as ShownApp,
  Menu as ShownMenu,
  Notification as ShownNotification,
  BrowserWindow as ShownWindow,
  session as shownSession,
  WebContents,
  WebRequest,
} from "electron";
import type { ToDesktop, ToTest } from "./wire.ts";

/** The names a part of Electron has in truth; a part of the stand-in may have no others. */
type Part<Whole> = { readonly [Key in keyof Whole]?: unknown };

/** What one side of Electron is made of here; whatever else is asked of it throws. */
function strict<Whole>(name: string, part: Part<Whole> & object): Whole {
  return new Proxy(part, {
    get(target, key) {
      // Whether something is a promise is asked of everything that is awaited.
      if (typeof key === "symbol" || key === "then" || key in target) {
        const value: unknown = Reflect.get(target, key);
        return typeof value === "function" ? value.bind(target) : value;
      }
      throw new Error(`Electron's ${name} has no ${key} in this stand-in`);
    },
  }) as Whole;
}

/** Something that tells events; one whose name is not listed would never come, and cannot be listened to. */
class Teller extends EventEmitter {
  readonly #name: string;
  readonly #events: readonly string[];
  constructor(name: string, events: readonly string[]) {
    super();
    this.#name = name;
    this.#events = events;
  }
  #known(event: string | symbol): void {
    if (typeof event !== "string" || !this.#events.includes(event)) {
      throw new Error(`Electron's ${this.#name} tells no "${String(event)}" in this stand-in`);
    }
  }
  override on(event: string | symbol, listener: (...values: never[]) => void): this {
    this.#known(event);
    return super.on(event, listener as (...values: unknown[]) => void);
  }
  override once(event: string | symbol, listener: (...values: never[]) => void): this {
    this.#known(event);
    return super.once(event, listener as (...values: unknown[]) => void);
  }
  override emit(event: string | symbol, ...values: unknown[]): boolean {
    this.#known(event);
    return super.emit(event, ...values);
  }
}

let socket: Socket | null = null;
const answers = new Map<number, (value: unknown) => void>();
let asked = 0;

function say(message: ToTest): void {
  socket?.write(`${JSON.stringify(message)}\n`);
}

/** Asks the test what a person answers. */
function ask(question: unknown): Promise<unknown> {
  asked += 1;
  const id = asked;
  return new Promise((resolve) => {
    answers.set(id, resolve);
    say({ kind: "asks", id, question });
  });
}

/** A value as it crosses to the page: only what can be cloned crosses. */
function crossing(value: unknown): unknown {
  return structuredClone(value);
}

const appEvents = [
  "web-contents-created",
  "child-process-gone",
  "second-instance",
  "window-all-closed",
  "before-quit",
  "will-quit",
];
let userData = "";
let lockFolder: string | null = null;
const settings = new Map<string, unknown>();

class App extends Teller {
  constructor() {
    super("app", appEvents);
  }
  readonly isPackaged = true;
  getVersion(): string {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "../../../package.json"), "utf8"));
    return String(version);
  }
  setAppUserModelId(id: string): void {
    settings.set("appUserModelId", id);
  }
  setPath(name: string, path: string): void {
    if (name !== "userData") throw new Error(`the path ${name} is not set by this product`);
    userData = path;
  }
  disableHardwareAcceleration(): void {
    settings.set("hardwareAcceleration", false);
  }
  enableSandbox(): void {
    settings.set("sandbox", true);
  }
  /** A folder is made by one process alone, as Electron's lock is held by one. */
  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    const folder = join(userData, "stand-in-lock");
    try {
      mkdirSync(folder);
      lockFolder = folder;
      return true;
    } catch {
      say({ kind: "second", argv: process.argv, data: data ?? null });
      return false;
    }
  }
  releaseSingleInstanceLock(): void {
    if (lockFolder !== null) rmdirSync(lockFolder);
    lockFolder = null;
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    this.exit(0);
  }
  exit(code = 0): void {
    this.releaseSingleInstanceLock();
    say({ kind: "exits", code });
    socket?.end(() => process.exit(code));
  }
}

const appStandIn = new App();
export const app = strict<ShownApp>("app", appStandIn as never);

const contentsEvents = [
  "context-menu",
  "will-navigate",
  "will-redirect",
  "will-frame-navigate",
  "will-attach-webview",
  "render-process-gone",
];

class Contents extends Teller {
  readonly #window: number;
  opener: ((details: { readonly url: string }) => { readonly action: string }) | null = null;
  constructor(window: number) {
    super("webContents", contentsEvents);
    this.#window = window;
  }
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { readonly action: string }): void {
    this.opener = handler;
  }
  send(channel: string, ...values: readonly unknown[]): void {
    say({ kind: "tells", window: this.#window, channel, values: values.map(crossing) });
  }
  reload(): void {
    say({ kind: "loads", window: this.#window, address: "" });
  }
  forcefullyCrashRenderer(): void {
    this.emit("render-process-gone", {}, { reason: "killed", exitCode: 1 });
  }
}

const windowEvents = ["resized", "moved", "close", "closed", "ready-to-show", "unresponsive"];
interface OpenWindow {
  readonly shown: ShownWindow;
  readonly window: WindowStandIn;
  readonly contents: Contents;
  readonly page: WebContents;
}
const windows = new Map<number, OpenWindow>();
let lastWindow = 0;

class WindowStandIn extends Teller {
  readonly id: number;
  readonly webContents: WebContents;
  readonly #options: BrowserWindowConstructorOptions;
  #destroyed = false;
  constructor(options: BrowserWindowConstructorOptions) {
    super("BrowserWindow", windowEvents);
    lastWindow += 1;
    this.id = lastWindow;
    this.#options = options;
    const contents = new Contents(this.id);
    this.webContents = strict<WebContents>("webContents", contents as never);
    const shown = strict<ShownWindow>("BrowserWindow", this as never);
    windows.set(this.id, { shown, window: this, contents, page: this.webContents });
    appStandIn.emit("web-contents-created", {}, this.webContents);
    // biome-ignore lint/correctness/noConstructorReturn: the window that the product gets is the strict one.
    return shown as never;
  }
  async loadURL(address: string): Promise<void> {
    const { preload = null } = this.#options.webPreferences ?? {};
    const { x, y, width, height } = this.getBounds();
    say({ kind: "opens", window: this.id, address, preload, title: this.#options.title ?? "", x, y, width, height });
    setImmediate(() => this.emit("ready-to-show"));
  }
  show(): void {
    say({ kind: "shows", window: this.id });
  }
  showInactive(): void {
    say({ kind: "shows", window: this.id });
  }
  maximize(): void {}
  focus(): void {
    say({ kind: "shows", window: this.id });
  }
  restore(): void {}
  isFocused(): boolean {
    return true;
  }
  blur(): void {}
  flashFrame(): void {}
  setProgressBar(): void {}
  isMinimized(): boolean {
    return false;
  }
  isMaximized(): boolean {
    return false;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getBounds(): Rectangle {
    const { x = 0, y = 0, width = 800, height = 600 } = this.#options;
    return { x, y, width, height };
  }
  getNormalBounds(): Rectangle {
    return this.getBounds();
  }
  close(): void {
    let kept = false;
    this.emit("close", {
      preventDefault: () => {
        kept = true;
      },
    });
    if (!kept) this.destroy();
  }
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    windows.delete(this.id);
    say({ kind: "closes", window: this.id });
    this.emit("closed");
    if (windows.size === 0) appStandIn.emit("window-all-closed");
  }
}
export const BrowserWindow = WindowStandIn as unknown as typeof ShownWindow;

export const Menu = strict<typeof ShownMenu>("Menu", {
  setApplicationMenu: () => {},
  buildFromTemplate: (template: unknown) => template,
});

export const dialog = strict<Dialog>("dialog", {
  showMessageBox: async (...given: readonly unknown[]) => {
    const response = await ask({ box: given.at(-1) });
    return { response, checkboxChecked: false };
  },
  showErrorBox: (title: string, content: string) => say({ kind: "fails", title, content }),
});

type Handler = (event: unknown, ...values: unknown[]) => Promise<unknown>;
const handlers = new Map<string, Handler>();
export const ipcMain = strict<IpcMain>("ipcMain", {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`${channel} has a handler already`);
    handlers.set(channel, handler);
  },
});

/** No notification is shown while the window is in front, as it is here all the time. */
class NotificationStandIn extends Teller {
  constructor() {
    super("Notification", ["click"]);
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {}
}
export const Notification = NotificationStandIn as unknown as typeof ShownNotification;

/** As contextBridge and ipcRenderer are the preload's, which runs in the page, they are the test's. */
const preloadOnly = (): never => {
  throw new Error("only the preload has it");
};
export const contextBridge = new Proxy({}, { get: preloadOnly });
export const ipcRenderer = new Proxy({}, { get: preloadOnly });

export const nativeTheme = strict<NativeTheme>("nativeTheme", {
  shouldUseDarkColors: false,
  shouldUseHighContrastColors: false,
});
/** This bench has no network. */
export const net = strict<Net>("net", {});
const workArea = { x: 0, y: 0, width: 1680, height: 1010 };
export const screen = strict<Screen>("screen", {
  getAllDisplays: () => [{ workArea }],
  getDisplayMatching: () => ({ workArea }),
  getPrimaryDisplay: () => ({ workArea }),
});
export const shell = strict<Shell>("shell", {
  openExternal: async (address: string) => say({ kind: "browses", address }),
  showItemInFolder: (path: string) => say({ kind: "browses", address: path }),
});
export const desktopCapturer = strict<DesktopCapturer>("desktopCapturer", { getSources: async () => [] });

let serve: ((request: Request) => Promise<Response>) | null = null;
export const protocol = strict<Protocol>("protocol", {
  registerSchemesAsPrivileged: (schemes: unknown) => void settings.set("schemes", schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
    if (!settings.has("schemes")) throw new Error(`the scheme ${scheme} was not registered before`);
    serve = handler;
  },
});

const downloads = new Teller("session", ["will-download"]);
type Filter = (details: { readonly url: string }, answer: (given: { readonly cancel?: boolean }) => void) => void;
let filter: Filter | null = null;
export const session = strict<typeof shownSession>("session", {
  defaultSession: strict<Session>("session", {
    on: downloads.on.bind(downloads),
    setPermissionRequestHandler: (handler: unknown) => void settings.set("permissionRequest", handler),
    setPermissionCheckHandler: (handler: unknown) => void settings.set("permissionCheck", handler),
    setDevicePermissionHandler: (handler: unknown) => void settings.set("devicePermission", handler),
    webRequest: strict<WebRequest>("webRequest", {
      onBeforeRequest: (handler: unknown) => {
        filter = handler as Filter;
      },
    }),
  }),
});

/** Whether the product lets a page load an address. */
function mayLoad(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (filter === null) throw new Error("nothing keeps the window off the network");
    filter({ url }, ({ cancel }) => resolve(cancel !== true));
  });
}

async function fileAt(url: string): Promise<unknown> {
  if (!(await mayLoad(url)) || serve === null) return null;
  const answer = await serve(new Request(url));
  return {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    base64: Buffer.from(await answer.arrayBuffer()).toString("base64"),
  };
}

/** A call as Electron would bring it from a frame of a page. */
async function call({ window, channel, input, frame }: ToDesktop & { kind: "calls" }): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  const event = {
    sender: windows.get(window)?.page,
    senderFrame: { parent: frame.isMain ? null : {}, url: frame.url, origin: frame.origin },
  };
  const outcome = await handler(event, crossing(input));
  // What Chromium would clone it into; a value that JSON alone loses would be lost without a word.
  const cloned = crossing(outcome);
  const again = JSON.parse(JSON.stringify(cloned));
  if (!isDeepStrictEqual(dropped(cloned), again)) throw new Error(`${channel} answers what is no plain data`);
  return cloned;
}

/** The same without properties that are undefined: JSON has none, and the schemas do not tell the two apart. */
function dropped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropped);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, dropped(one)]])),
  );
}

/** A file that the page hands out, and where the person had it saved; null: cancelled. */
function download({ address, path }: ToDesktop & { kind: "downloads" }): boolean {
  const item = new Teller("downloadItem", ["done"]);
  let stopped = false;
  const event = {
    preventDefault: () => {
      stopped = true;
    },
  };
  const shown = Object.assign(item, { getURL: () => address, getSavePath: () => path ?? "" });
  downloads.emit("will-download", event, strict<DownloadItem>("downloadItem", shown as never));
  if (!stopped) item.emit("done", {}, path === null ? "cancelled" : "completed");
  return !stopped;
}

async function answer(request: ToDesktop): Promise<unknown> {
  switch (request.kind) {
    case "answers":
      answers.get(request.id)?.(request.value);
      answers.delete(request.id);
      return null;
    case "calls":
      return call(request);
    case "fetches":
      return fileAt(request.url);
    case "links":
      return windows.get(request.window)?.contents.opener?.({ url: request.url }).action ?? null;
    case "downloads":
      return download(request);
    case "closes":
      windows.get(request.window)?.window.close();
      return null;
    case "second":
      appStandIn.emit("second-instance", {}, [], "", request.data);
      return null;
  }
}

/** Joins this program to the test that shows its windows. */
export async function joinTest(port: number): Promise<void> {
  const opened = connect(port, "127.0.0.1");
  socket = opened;
  await new Promise((resolve, reject) => {
    opened.once("connect", resolve);
    opened.once("error", reject);
  });
  let rest = "";
  opened.setEncoding("utf8").on("data", (piece: string) => {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { id, request } = JSON.parse(line) as { readonly id: number; readonly request: ToDesktop };
      answer(request).then(
        (value) => say({ kind: "answered", id, value: value ?? null, error: null }),
        (error: unknown) =>
          say({
            kind: "answered",
            id,
            value: null,
            error: error instanceof Error ? (error.stack ?? "") : String(error),
          }),
      );
    }
  });
  // A test that is gone leaves no program behind.
  opened.on("close", () => process.exit(70));
  opened.on("error", () => process.exit(71));
}

import { EventEmitter } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Bridge, eventNames, methodNames, methods } from "../../../electron/contract/methods.ts";
import { bridgedEvents, bridgedMethods } from "../../../electron/shell/bridge-channels.ts";
import { GrowingList } from "../../growing-list.ts";
import { createFakeIpc } from "./fake-ipc.ts";

// One smoke test of the two composition roots that import Electron, over a stand-in of the parts they use.
const windowAddress = "app://mim-mail/index.html";
const windows: FakeWindow[] = [];
const told = new GrowingList<string>();
const exposed: Record<string, unknown> = {};
let home: string;
const workArea = { x: 0, y: 0, width: 1600, height: 860 };
/** The buttons that are pressed next. */
const answers: number[] = [];
let downloaded: (event: unknown, item: unknown) => void;

class FakeWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: () => told.push("setWindowOpenHandler"),
    send: (channel: string, value: unknown) => {
      this.heard.push(channel);
      // The bridge under test is the first window's.
      if (windows[0] === this) ipc.send(channel, value);
    },
    reload: () => told.push("reload"),
    forcefullyCrashRenderer: () => this.webContents.emit("render-process-gone", {}, { reason: "killed", exitCode: 1 }),
  });
  readonly heard: string[] = [];
  readonly options: unknown;
  shown = false;
  destroyed = false;
  address = "";

  constructor(options: unknown) {
    super();
    this.options = options;
    windows.push(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(address: string): Promise<void> {
    this.address = address;
    this.emit("ready-to-show");
  }
  show(): void {
    this.shown = true;
    told.push("show");
  }
  showInactive(): void {
    told.push("showInactive");
  }
  close(): void {
    this.destroyed = true;
    this.emit("close");
    this.emit("closed");
  }
  destroy(): void {
    told.push("destroy");
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  isMaximized(): boolean {
    return false;
  }
  maximize(): void {
    told.push("maximize");
  }
  getBounds() {
    return { x: 20, y: 30, width: 1200, height: 760 };
  }
  getNormalBounds() {
    return this.getBounds();
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    told.push("focus");
  }
}

let sender: { sender: unknown; senderFrame: unknown } | null = null;
const ipc = createFakeIpc(
  () =>
    sender ?? {
      sender: windows[0]?.webContents,
      senderFrame: { parent: null, url: windowAddress, origin: "app://mim-mail" },
    },
);
const app = Object.assign(new EventEmitter(), {
  requestSingleInstanceLock: () => true,
  disableHardwareAcceleration: () => told.push("disableHardwareAcceleration"),
  enableSandbox: () => told.push("enableSandbox"),
  whenReady: async () => undefined,
  getVersion: () => "0.0.0-test",
  setAppUserModelId: (id: string) => told.push(`id ${id}`),
  setPath: (name: string, path: string) => told.push(`${name} ${relative(home, path)}`),
  quit: () => told.push("quit"),
  exit: (code: number) => told.push(`exit ${code}`),
});

vi.mock("electron", () => ({
  app,
  BrowserWindow: FakeWindow,
  desktopCapturer: { getSources: async () => [] },
  dialog: {
    showMessageBox: async (_window: unknown, question: { message: string }) => {
      told.push(question.message);
      return { response: answers.shift() ?? 1 };
    },
  },
  screen: {
    getAllDisplays: () => [{ workArea }],
    getDisplayMatching: () => ({ workArea }),
    getPrimaryDisplay: () => ({ workArea }),
  },
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      exposed[name] = value;
    },
  },
  ipcMain: ipc.main,
  ipcRenderer: ipc.renderer,
  Menu: { setApplicationMenu: () => told.push("menu"), buildFromTemplate: (template: unknown) => template },
  net: { request: () => expect.unreachable("nothing is asked of a network before someone presses the check") },
  nativeTheme: { shouldUseDarkColors: true, shouldUseHighContrastColors: false },
  protocol: {
    registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => told.push(`scheme ${schemes[0]?.scheme}`),
    handle: (scheme: string) => told.push(`handle ${scheme}`),
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => told.push("setPermissionRequestHandler"),
      setPermissionCheckHandler: () => told.push("setPermissionCheckHandler"),
      setDevicePermissionHandler: () => told.push("setDevicePermissionHandler"),
      webRequest: { onBeforeRequest: () => told.push("onBeforeRequest") },
      on: (name: string, listener: (event: unknown, item: unknown) => void) => {
        told.push(name);
        downloaded = listener;
      },
    },
  },
  shell: {
    openExternal: async () => undefined,
    showItemInFolder: (path: string) => told.push(`show ${path}`),
  },
}));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "desktop-"));
  vi.stubEnv("MIM_MAIL_HOME", home);
  await writeFile(join(home, "settings.json"), '{ "theme": "lig');
  await writeFile(join(home, "target.json"), "not a target");
  await writeFile(
    join(home, "windows.json"),
    JSON.stringify({ window: { x: 1500, y: 40, width: 1200, height: 760, maximized: true } }),
  );
  await import("../../../electron/main.ts");
  await told.until((list) => list.includes("show"));
  await import("../../../electron/preload.ts");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const bridge = (): Bridge => exposed["assistant"] as Bridge;

test("main guards the shell before it opens the one window", () => {
  expect(windows).toHaveLength(1);
  expect(windows[0]?.address).toBe(windowAddress);
  expect(windows[0]?.options).toMatchObject({ backgroundColor: "#1f1f1f", webPreferences: { sandbox: true } });
  expect(windows[0]?.webContents.listenerCount("will-navigate")).toBe(1);
  expect(told).toEqual([
    "id mim-mail-assistant",
    "userData window",
    "disableHardwareAcceleration",
    "enableSandbox",
    "scheme app",
    "menu",
    "setPermissionRequestHandler",
    "setPermissionCheckHandler",
    "setDevicePermissionHandler",
    "onBeforeRequest",
    "will-download",
    "handle app",
    "setWindowOpenHandler",
    "maximize",
    "show",
  ]);
});

test("the window is where it was, pulled onto the screen that is there", () => {
  expect(windows[0]?.options).toMatchObject({ x: 400, y: 40, width: 1200, height: 760 });
  expect(told.filter((what) => what === "maximize")).toHaveLength(1);
});

test("the preload exposes the contract's methods by name and a way to listen, nothing else", () => {
  expect(Object.keys(exposed)).toEqual(["assistant"]);
  expect(Object.keys(bridge()).sort()).toEqual([...methodNames, "on"].sort());
  expect([...bridgedMethods].sort()).toEqual([...methodNames].sort());
  expect([...bridgedEvents].sort()).toEqual([...eventNames].sort());
  expect(ipc.channels()).toHaveLength(methodNames.length);
});

test("what the look before the window found wrong is told to the window, once", async () => {
  expect(await bridge().getState(null)).toMatchObject({
    ok: false,
    error: { code: "set-aside", message: expect.stringContaining("the target that was kept cannot be used") },
  });
  expect(await bridge().getState(null)).toMatchObject({ ok: true });
});

test("damaged settings are set aside, told, and do not keep the window from opening", async () => {
  const told = await bridge().getSettings(null);
  if (told.ok) throw new Error("the damage was not told");
  expect(told.error).toMatchObject({
    code: "set-aside",
    cure: expect.stringMatching(/kept as settings\.json\.damaged-/),
  });
  expect(await bridge().getSettings(null)).toEqual({ ok: true, value: { theme: "system" } });
});

test("a call goes from the page through both to the assistant and back", async () => {
  const heard: unknown[] = [];
  const stop = bridge().on("progress", (value) => heard.push(value));
  const answer = await bridge().chooseServer({ kind: "practice" });
  if (!answer.ok) throw new Error(answer.error.message);
  expect(methods.chooseServer.output.parse(answer.value)).toEqual(answer.value);
  expect(answer.value.server.kind).toBe("practice");
  expect(heard.length).toBeGreaterThan(0);

  stop();
  const before = heard.length;
  await bridge().look(null);
  expect(heard).toHaveLength(before);
});

test("a call with a wrong input, and one from a foreign frame, is refused with an outcome", async () => {
  const wrong = await bridge().chooseServer({ kind: "recorded" as "live" });
  expect(wrong).toMatchObject({ ok: false, error: { code: "bad-input" } });
  sender = { sender: {}, senderFrame: null };
  expect(await bridge().getState(null)).toMatchObject({ ok: false, error: { code: "not-our-window" } });
  sender = null;
});

test("an event of another name cannot be listened to", () => {
  expect(() => bridge().on("message" as "progress", () => undefined)).toThrow("no event");
});

test("a second start brings the window forward", () => {
  app.emit("second-instance");
  expect(told.at(-1)).toBe("focus");
});

test("a page that is gone is opened again on demand, and its window closed on demand", async () => {
  const contents = windows[0]?.webContents;
  contents?.emit("render-process-gone", {}, { reason: "clean-exit", exitCode: 0 });
  expect(told).not.toContain("The window stopped working.");
  answers.push(0, 1);
  contents?.emit("render-process-gone", {}, { reason: "crashed", exitCode: 5 });
  await told.until((list) => list.at(-1) === "reload");
  expect(told.slice(-2)).toEqual(["The window stopped working.", "reload"]);
  contents?.emit("render-process-gone", {}, { reason: "oom", exitCode: 5 });
  await told.until((list) => list.at(-1) === "destroy");
  expect(told.slice(-2)).toEqual(["The window stopped working.", "destroy"]);
});

test("a file that was saved is shown in its folder; a download of anything else is stopped", async () => {
  expect((await bridge().showSaved(null)).ok).toBe(false);
  const stopped = { preventDefault: vi.fn() };
  downloaded(stopped, { getURL: () => "https://example.com/a.exe", once: () => expect.unreachable() });
  expect(stopped.preventDefault).toHaveBeenCalledOnce();
  downloaded(stopped, {
    getURL: () => "blob:app://mim-mail/1",
    getSavePath: () => "/saved/report.html",
    once: (_name: string, done: (event: unknown, state: string) => void) => done({}, "completed"),
  });
  expect(await bridge().showSaved(null)).toEqual({ ok: true, value: null });
  expect(told.at(-1)).toBe("show /saved/report.html");
});

test("where the window was is kept when it closes", async () => {
  windows[0]?.close();
  app.emit("window-all-closed");
  await told.until((list) => list.at(-1) === "quit");
  expect(JSON.parse(await readFile(join(home, "windows.json"), "utf8"))).toEqual({
    window: { x: 20, y: 30, width: 1200, height: 760, maximized: false },
  });
});

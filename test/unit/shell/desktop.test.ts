import { EventEmitter } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Bridge, eventNames, methodNames, methods } from "../../../electron/contract/methods.ts";
import { bridgedEvents, bridgedMethods } from "../../../electron/shell/bridge-channels.ts";
import { createFakeIpc } from "./fake-ipc.ts";

// One smoke test of the two composition roots that import Electron, over a stand-in of the parts they use.
const windowAddress = "app://mim-mail/index.html";
const windows: FakeWindow[] = [];
const told: string[] = [];
const exposed: Record<string, unknown> = {};
let home: string;

class FakeWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: () => told.push("setWindowOpenHandler"),
    send: (channel: string, value: unknown) => ipc.send(channel, value),
  });
  readonly options: unknown;
  shown = false;
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
  quit: () => told.push("quit"),
  exit: (code: number) => told.push(`exit ${code}`),
});

vi.mock("electron", () => ({
  app,
  BrowserWindow: FakeWindow,
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      exposed[name] = value;
    },
  },
  ipcMain: ipc.main,
  ipcRenderer: ipc.renderer,
  Menu: { setApplicationMenu: () => told.push("menu"), buildFromTemplate: (template: unknown) => template },
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
    },
  },
  shell: { openExternal: async () => undefined },
}));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "desktop-"));
  vi.stubEnv("MIM_MAIL_HOME", home);
  await import("../../../electron/main.ts");
  await vi.waitFor(() => expect(windows[0]?.shown).toBe(true));
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
    "disableHardwareAcceleration",
    "enableSandbox",
    "scheme app",
    "menu",
    "setPermissionRequestHandler",
    "setPermissionCheckHandler",
    "setDevicePermissionHandler",
    "onBeforeRequest",
    "handle app",
    "setWindowOpenHandler",
  ]);
});

test("the preload exposes the contract's methods by name and a way to listen, nothing else", () => {
  expect(Object.keys(exposed)).toEqual(["assistant"]);
  expect(Object.keys(bridge()).sort()).toEqual([...methodNames, "on"].sort());
  expect([...bridgedMethods].sort()).toEqual([...methodNames].sort());
  expect([...bridgedEvents].sort()).toEqual([...eventNames].sort());
  expect(ipc.channels()).toHaveLength(methodNames.length);
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

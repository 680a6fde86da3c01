import { EventEmitter } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { bringForward } from "../../../electron/shell/already-open.ts";

const told: string[] = [];
let home: string;

// A start while another one has the lock: of Electron there is only what such a start may use.
vi.mock("electron", () => ({
  app: Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => {
      told.push("asks for the lock");
      return false;
    },
    setAppUserModelId: () => {},
    setPath: () => {},
    quit: () => told.push("quits"),
  }),
  dialog: { showErrorBox: (title: string, content: string) => told.push(`${title}: ${content}`) },
  BrowserWindow: class {},
  desktopCapturer: {},
  ipcMain: {},
  Menu: {},
  Notification: {},
  nativeTheme: {},
  net: {},
  protocol: {},
  screen: {},
  session: {},
  shell: {},
}));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "second-start-"));
  vi.stubEnv("MIM_MAIL_HOME", home);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

test("a second start says why it ends, and ends", async () => {
  await import("../../../electron/main.ts");
  expect(told).toEqual([
    "asks for the lock",
    expect.stringMatching(/^MIM Mail Assistant is already open: Its window is brought to the front/),
    "quits",
  ]);
});

test("a window is brought forward from the taskbar and from behind others", () => {
  const done: string[] = [];
  const window = (minimized: boolean) => ({
    isMinimized: () => minimized,
    restore: () => done.push("restore"),
    show: () => done.push("show"),
    focus: () => done.push("focus"),
  });
  bringForward(window(true));
  bringForward(window(false));
  bringForward(null);
  expect(done).toEqual(["restore", "show", "focus", "show", "focus"]);
});

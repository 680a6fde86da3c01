// The desktop program: window and IPC, nothing else.
import { join } from "node:path";
import { app, BrowserWindow, ipcMain, Menu, nativeTheme, protocol, session, shell } from "electron";
import { createAssistant } from "./assistant/assistant.ts";
import { dispatch } from "./assistant/dispatch.ts";
import { homeFolder } from "./assistant/home.ts";
import { glanceAtSettings } from "./assistant/settings-store.ts";
import { appScheme, serveWindow, windowAddress } from "./shell/app-scheme.ts";
import { eventChannel } from "./shell/bridge-channels.ts";
import { menuTemplate } from "./shell/menu.ts";
import { answerMethods } from "./shell/method-handlers.ts";
import { keepInPlace } from "./shell/navigation.ts";
import { keepOffNetwork } from "./shell/network.ts";
import { refusePermissions } from "./shell/permissions.ts";
import { isTrustedSender } from "./shell/trusted-sender.ts";
import { firstColour, windowOptions } from "./shell/window-options.ts";

const beside = import.meta.dirname;
const home = homeFolder();
let window: BrowserWindow | null = null;

const handlers = createAssistant({
  home,
  assets: join(beside, "..", "assets"),
  version: app.getVersion(),
  // Windows Script Host cannot open an archive, so regedit's scripts are packed beside it.
  ...(app.isPackaged
    ? { registryScripts: join(process.resourcesPath, "app.asar.unpacked", "node_modules", "regedit", "vbs") }
    : {}),
  emit: (event, value) => window?.webContents.send(eventChannel(event), value),
});

async function openWindow(): Promise<void> {
  const { theme } = await glanceAtSettings(home);
  const opened = new BrowserWindow(
    windowOptions({
      preload: join(beside, "preload.cjs"),
      colour: firstColour(theme, nativeTheme),
    }),
  );
  window = opened;
  opened.on("closed", () => {
    window = null;
  });
  opened.once("ready-to-show", () => opened.show());
  await opened.loadURL(windowAddress);
}

async function run(): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate));
  refusePermissions(session.defaultSession);
  keepOffNetwork(session.defaultSession);
  serveWindow(protocol, join(beside, "renderer"));
  answerMethods(
    ipcMain,
    (event) => isTrustedSender(event, window?.webContents ?? null),
    (name, input) => dispatch(handlers, name, input),
  );
  await openWindow();
}

if (process.argv[1] === "--worker") {
  // Started elevated by a window that is open: no window of its own and no lock. It ends the process itself.
  await import("./worker.ts");
} else if (app.requestSingleInstanceLock()) {
  // Registry and installer have one hand at a time: a second start shows the first one's window.
  // Servers have no graphics card, and over RDP a borrowed one can leave the window black.
  app.disableHardwareAcceleration();
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appScheme]);
  app.on("web-contents-created", (_event, contents) => {
    keepInPlace(contents, (address) => void shell.openExternal(address));
  });
  app.on("second-instance", () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on("window-all-closed", () => app.quit());
  run().catch((error: unknown) => {
    process.stderr.write(
      `MIM Mail Assistant cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    app.exit(1);
  });
} else {
  app.quit();
}

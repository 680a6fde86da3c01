// The desktop program: windows and IPC, nothing else.
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  app,
  BrowserWindow,
  desktopCapturer,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  net,
  protocol,
  screen,
  session,
  shell,
  type WebContents,
} from "electron";
import { createAssistant } from "./assistant/assistant.ts";
import { dispatch } from "./assistant/dispatch.ts";
import { type OneWindow, takeOver } from "./assistant/hand-over.ts";
import { homeFolder } from "./assistant/home.ts";
import type { Emit } from "./assistant/parts.ts";
import { createProblemNotes } from "./assistant/problem-notes.ts";
import { takeOverSwitch } from "./assistant/run-change.ts";
import { glanceAtSettings } from "./assistant/settings-store.ts";
import type { WindowShell } from "./assistant/window-shell.ts";
import type { Handlers } from "./contract/methods.ts";
import { scrubText } from "./recording/redact.ts";
import { replaceFile } from "./server/replace-file.ts";
import { alreadyOpen, bringForward } from "./shell/already-open.ts";
import { appScheme, serveWindow, windowAddress } from "./shell/app-scheme.ts";
import { eventChannel } from "./shell/bridge-channels.ts";
import { askBeforeClosing, isOpenInstaller } from "./shell/closing.ts";
import { companionOptions, companionPlace, createCompanion } from "./shell/companion.ts";
import { contextMenu } from "./shell/context-menu.ts";
import { type Downloads, watchDownloads } from "./shell/downloads.ts";
import { createElectronHttp } from "./shell/electron-http.ts";
import { tellFailedStart } from "./shell/failed-start.ts";
import { firstAnswer } from "./shell/first-answer.ts";
import { createGiveWay } from "./shell/give-way.ts";
import { menuTemplate } from "./shell/menu.ts";
import { answerMethods } from "./shell/method-handlers.ts";
import { keepInPlace } from "./shell/navigation.ts";
import { keepOffNetwork } from "./shell/network.ts";
import { refusePermissions } from "./shell/permissions.ts";
import { watchPage } from "./shell/renderer-crash.ts";
import { isTrustedSender } from "./shell/trusted-sender.ts";
import { firstColour, helpWindowOptions, leastWindow, usualWindow, windowOptions } from "./shell/window-options.ts";
import { pictureOfWindow } from "./shell/window-picture.ts";
import { firstPlace, visiblePlace, type WindowPlaces } from "./shell/window-places.ts";
import { createWindowState } from "./shell/window-state.ts";

const beside = import.meta.dirname;
const home = homeFolder();
const preload = join(beside, "preload.cjs");

const problems = createProblemNotes(() => new Date());

let window: BrowserWindow | null = null;
let helpWindow: BrowserWindow | null = null;
let downloads: Downloads | null = null;
/** What stands behind a page before it is drawn; taken from the settings when the window is made. */
let colour = firstColour("system", { shouldUseDarkColors: false, shouldUseHighContrastColors: false });
let places: WindowPlaces = {};
let installerIsOpen = false;

const placeFile = join(home, "windows.json");
const keeper = createWindowState({
  readText: () => readFile(placeFile, "utf8"),
  writeText: (text) => replaceFile(placeFile, text),
});

const workAreas = () => screen.getAllDisplays().map((display) => display.workArea);

const companion = createCompanion<BrowserWindow>({
  make: () => {
    if (window === null) return null;
    const { workArea } = screen.getDisplayMatching(window.getBounds());
    const place = companionPlace(places.companion, workArea, workAreas());
    const made = new BrowserWindow(companionOptions({ preload, colour, place }));
    watchPage(made, async (question) => (await dialog.showMessageBox(made, question)).response);
    return made;
  },
  moved: (place) => {
    places = { ...places, companion: place };
    keeper.note({ companion: place });
  },
});

const giveWay = createGiveWay(() => window);

/** The pages that have the bridge. */
function ownPages(): WebContents[] {
  return [window, companion.window()].flatMap((open) =>
    open === null || open.isDestroyed() ? [] : [open.webContents],
  );
}

const tellPages: Emit = (event, value) => {
  for (const page of ownPages()) page.send(eventChannel(event), value);
};

const oneWindow: OneWindow = {
  release: () => app.releaseSingleInstanceLock(),
  take: () => app.requestSingleInstanceLock(),
  leave: () => void keeper.settle().finally(() => app.quit()),
};

const windowShell: WindowShell = {
  runtime: `Electron ${process.versions["electron"]}, Chromium ${process.versions["chrome"]}, Node ${process.versions.node}`,
  pictureOf: (title) => pictureOfWindow(desktopCapturer, title),
  showCompanion: companion.show,
  showSaved: () => {
    const path = downloads?.last() ?? null;
    if (path !== null) shell.showItemInFolder(path);
    return path !== null;
  },
  showFile: (path) => shell.showItemInFolder(path),
  http: createElectronHttp(net, session),
  notify: ({ title, text }) => {
    if (window === null || window.isFocused()) return;
    window.flashFrame(true);
    if (!Notification.isSupported()) return;
    const note = new Notification({ title, body: text });
    note.on("click", () => bringForward(window));
    note.show();
  },
  showProgress: (fraction) => window?.setProgressBar(fraction ?? -1),
  problems: problems.list,
  oneWindow,
};

function createHandlers(): Handlers {
  return createAssistant({
    home,
    assets: join(beside, "..", "assets"),
    version: app.getVersion(),
    shell: windowShell,
    // Windows Script Host cannot open an archive, so regedit's scripts are packed beside it.
    ...(app.isPackaged
      ? { registryScripts: join(process.resourcesPath, "app.asar.unpacked", "node_modules", "regedit", "vbs") }
      : {}),
    emit: (event, value) => {
      if (event === "installer") {
        installerIsOpen = isOpenInstaller(value);
        giveWay(value);
      }
      tellPages(event, value);
    },
  });
}

function openHelp(address: string): void {
  if (helpWindow === null) {
    const opened = new BrowserWindow(helpWindowOptions({ colour }));
    helpWindow = opened;
    opened.on("closed", () => {
      helpWindow = null;
    });
  }
  // A load that is overtaken by the next one concerns nobody.
  helpWindow.loadURL(address).catch(() => undefined);
  helpWindow.focus();
}

/** Notes where the window is, as it is when it is not maximized. */
function notePlace(opened: BrowserWindow): void {
  keeper.note({ window: { ...opened.getNormalBounds(), maximized: opened.isMaximized() } });
}

async function openWindow(): Promise<void> {
  const [{ theme }, kept] = await Promise.all([glanceAtSettings(home), keeper.read()]);
  places = kept;
  colour = firstColour(theme, nativeTheme);
  const again = kept.window === undefined ? null : visiblePlace(kept.window, workAreas(), leastWindow);
  const place = again ?? firstPlace(usualWindow, screen.getPrimaryDisplay().workArea);
  const opened = new BrowserWindow(windowOptions({ preload, colour, place }));
  window = opened;
  opened.on("resized", () => notePlace(opened));
  opened.on("moved", () => notePlace(opened));
  opened.on("close", () => notePlace(opened));
  askBeforeClosing(
    opened,
    () => installerIsOpen,
    async (question) => (await dialog.showMessageBox(opened, question)).response,
  );
  opened.on("closed", () => {
    window = null;
    companion.show(false);
    helpWindow?.close();
  });
  watchPage(opened, async (question) => (await dialog.showMessageBox(opened, question)).response);
  opened.once("ready-to-show", () => {
    if (kept.window?.maximized === true) opened.maximize();
    opened.show();
  });
  await opened.loadURL(windowAddress);
}

async function run(): Promise<void> {
  const [, first, pipe] = process.argv;
  if (first === takeOverSwitch && pipe !== undefined) await takeOver(pipe, home, () => new Date());
  const handlers = createHandlers();
  // The look takes longest of all, so it begins before there is a window to show it. Who starts for the first time
  // chooses first what is looked at.
  const start = await handlers.getStart(null);
  const begun = !start.ok || start.value.screen !== null;
  const answering: Handlers = begun ? { ...handlers, getState: firstAnswer(() => handlers.getState(null)) } : handlers;
  await app.whenReady();
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate));
  refusePermissions(session.defaultSession);
  keepOffNetwork(session.defaultSession);
  downloads = watchDownloads(session.defaultSession, (end) => tellPages("handedOut", end));
  serveWindow(protocol, join(beside, "renderer"));
  answerMethods(
    ipcMain,
    (event) => isTrustedSender(event, ownPages()),
    async (name, input) => problems.note(name, await dispatch(answering, name, input)),
  );
  await openWindow();
}

/** Everything this program keeps for this person lies in one folder, what the browser engine keeps included. */
function keepBesideHome(): void {
  const folder = join(home, "window");
  try {
    mkdirSync(folder, { recursive: true });
    app.setPath("userData", folder);
  } catch {
    // The engine's own place does as well; what else cannot be kept is told when it is kept.
  }
}

if (process.argv[1] === "--worker") {
  // Started elevated by a window that is open: no window of its own and no lock. It ends the process itself.
  await import("./worker.ts");
} else {
  app.setAppUserModelId("mim-mail-assistant");
  keepBesideHome();
  if (oneWindow.take()) {
    // Registry and installer have one hand at a time: a second start shows the first one's window.
    // Servers have no graphics card, and over RDP a borrowed one can leave the window black.
    app.disableHardwareAcceleration();
    app.enableSandbox();
    protocol.registerSchemesAsPrivileged([appScheme]);
    app.on("web-contents-created", (_event, contents) => {
      contents.on("context-menu", (_clicked, place) => {
        const items = contextMenu(place);
        if (items !== null) Menu.buildFromTemplate(items).popup();
      });
      keepInPlace(contents, { openInBrowser: (address) => void shell.openExternal(address), openHelp });
    });
    app.on("child-process-gone", (_event, { type, reason, exitCode }) => {
      // The page tells its own end; of the others Chromium starts a new one. One line for whoever looks into a fault.
      process.stderr.write(`A ${type} process ended: ${reason} (${exitCode})\n`);
    });
    app.on("second-instance", () => bringForward(window));
    app.on("window-all-closed", () => void keeper.settle().finally(() => app.quit()));
    run().catch((error: unknown) => {
      tellFailedStart(error, {
        home,
        showErrorBox: (title, content) => dialog.showErrorBox(title, content),
        scrub: scrubText,
        stderr: (text) => process.stderr.write(text),
        now: () => new Date(),
      });
      app.exit(1);
    });
  } else {
    dialog.showErrorBox(alreadyOpen.title, alreadyOpen.content);
    app.quit();
  }
}

import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { readJournals, recordedJournal } from "../../changes/journal.ts";
import type { JournalFolder } from "../../changes/journal-folder.ts";
import type { Registry, RegistryReader } from "../../changes/registry.ts";
import type { ServerActions } from "../../changes/run-plan.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import type { Recording } from "../../recording/recording.ts";
import { createInstallerRunsFile, type InstallerRuns } from "../installer-runs.ts";
import { look } from "../look.ts";
import type { History } from "../machine.ts";
import { createPowershell } from "../powershell.ts";
import type { ChangeableServer, Server } from "../server.ts";
import {
  outsideArchive,
  type RunTool,
  runTool,
  scratchBelow,
  systemTool,
  ToolFailure,
  type WithScratch,
  windowsFolder,
} from "../windows-tool.ts";
import { createCloudProbe } from "./cloud-probe.ts";
import { collectedLook } from "./collected-look.ts";
import { isElevated } from "./elevation.ts";
import { guardHives } from "./hives.ts";
import { createLiveActions } from "./live-actions.ts";
import { createLiveInstaller } from "./live-installer.ts";
import { closeFolder, createLiveJournals, logFolderBelow, machineFolder } from "./live-journals.ts";
import { createLiveMachine } from "./live-machine.ts";
import { createLiveRegistry, createRoute, routeText } from "./live-registry.ts";
import { endedByLog } from "./open-run.ts";
import { askPowershell, type PowershellAnswer, type PowershellRequest } from "./powershell-look.ts";
import { createRegRegistry, type RegTool } from "./reg-registry.ts";
import { loadRegedit, type Regedit } from "./regedit-package.ts";
import { createRegeditReader, createRegeditRegistry } from "./regedit-registry.ts";
import { createRelayProbe } from "./relay-probe.ts";

/** This computer. Whether the program runs elevated is known after the first look, or when it is asked. */
export interface LiveServer extends ChangeableServer {
  readonly kind: "live";
  readonly local: true;
  readonly askElevated: () => Promise<boolean | null>;
  /** How the registry is reached, in words. */
  readonly route: () => string;
}

type AskPowershell = (request: PowershellRequest) => Promise<PowershellAnswer>;

export interface LiveServerOptions {
  readonly now?: () => Date;
  readonly platform?: NodeJS.Platform;
  /** The folder of the product's PowerShell scripts, where they were packed into an archive the one beside it. */
  readonly scripts: string;
  /** Where regedit's scripts lie when the program is packed into an archive, which Windows Script Host cannot open. */
  readonly registryScripts?: string;
  /** The folder of the journals, when the person named one; else the machine's, which only administrators write to. */
  readonly home?: string;
  /** Told, in one line, what the person should know of how this server is read. */
  readonly notice?: (text: string) => void;
  /** What stands for Windows in tests. */
  readonly run?: RunTool;
  readonly withScratch?: WithScratch;
  readonly regedit?: () => Promise<Regedit>;
}

/**
 * This computer. A look reads the registry through regedit and the rest through one call of PowerShell and its files;
 * where regedit cannot be used, all through one call of PowerShell, and where that cannot either, through reg.exe.
 * Reading never writes. Changing needs elevation; without it Windows refuses, and what was begun is put back.
 */
export function createLiveServer(options: LiveServerOptions): Server {
  const { platform = process.platform } = options;
  return platform === "win32" ? createWindowsServer(options) : notWindows;
}

/** What this computer is where it is no Windows: nothing that can be looked at or changed. */
const notWindows: Server = {
  kind: "live",
  label: "This server",
  elevated: null,
  local: true,
  look: async () => {
    throw new InputProblem(
      "not-windows",
      "the live server can be looked at on Windows only",
      "live",
      "Use the practice server, or a recording made on the server with collect.",
    );
  },
};

/** This computer, which is a Windows. */
export function createWindowsServer(options: LiveServerOptions): LiveServer {
  const { now = () => new Date(), scripts, run = runTool, notice = () => {} } = options;
  let elevated: boolean | null = null;
  let asked: Promise<boolean | null> | null = null;
  const askElevated = (): Promise<boolean | null> => {
    asked ??= isElevated(run).then((told) => {
      elevated = told;
      return told;
    });
    return asked;
  };

  const guarded = options.home === undefined ? machineFolder() : null;
  const folder = options.home === undefined ? `${machineFolder()}\\journal` : join(options.home, "journal", "live");
  const journals = createLiveJournals({ folder, guarded, run, elevated: askElevated, now });
  const runs = createInstallerRunsFile(join(folder, "installer-runs.json"));

  const runScript = createPowershell({ run, scripts: outsideArchive(scripts) });
  // Only administrators write to Windows' own folder for temporary files by names they know: nobody can put another
  // file in the place of one that an elevated process is about to read.
  const withScratch =
    options.withScratch ??
    scratchBelow(async () => ((await askElevated()) === true ? `${windowsFolder()}\\Temp` : tmpdir()));
  const regTool: RegTool = { run: (argv) => run(systemTool("reg.exe"), argv), withScratch };
  const route = createRoute(notice);
  let loaded: Promise<Regedit> | null = null;
  const regedit = (): Promise<Regedit> => {
    loaded ??= (options.regedit ?? (() => loadRegedit({ ...scriptsOf(options), run })))();
    return loaded;
  };

  const exact = createRegRegistry(regTool);
  const registry: Registry = createLiveRegistry({
    regedit: async () => createRegeditRegistry(await regedit(), exact),
    reg: exact,
    route,
  });
  const logs = options.home === undefined ? logFolderBelow(machineFolder()) : join(options.home, "logs", "live");
  const actions: ServerActions = {
    ...createLiveActions({ runScript, withScratch, registry, copies: join(folder, "config"), now }),
    ...createLiveInstaller({
      run,
      runScript,
      registry,
      runs,
      logs,
      // In a folder the person chose, the rights are the person's.
      close: async (path) => {
        if (guarded !== null && (await askElevated()) === true) await closeFolder(path, { run });
      },
      now,
    }),
  };

  return {
    kind: "live",
    label: "This server",
    local: true,
    refreshable: true,
    get elevated() {
      return elevated;
    },
    askElevated,
    probeCloud: createCloudProbe({ scripts, run }),
    probeRelay: createRelayProbe({ scripts, run }),
    route: () => routeText(route.reason()),
    registry,
    journals,
    actions,
    async look(lookOptions) {
      const isAdministrator = await askElevated();
      const looked = async (
        registry: RegistryReader,
        ask: AskPowershell,
        ...more: readonly string[]
      ): Promise<Recording> => {
        const machine = createLiveMachine({ ask, history: () => historyOf(journals, runs) });
        const recording = await look({ registry: guardHives(registry, isAdministrator), machine, now }, lookOptions);
        const tools = [routeText(route.reason()), ...more];
        return { ...recording, computer: recording.computer || hostname(), tools };
      };
      const signal = lookOptions?.signal;
      const ask: AskPowershell = (request) => askPowershell({ runScript, withScratch }, request, signal);
      const reader = createRegRegistry(regTool, { keepsExports: true });
      if (route.reason() === null) {
        try {
          return await looked(createRegeditReader((await regedit()).list, reader, { keeps: true }), ask);
        } catch (error) {
          if (!(error instanceof ToolFailure) || error.kind === "cancelled") throw error;
          route.changeOver(error);
        }
      }
      lookOptions?.progress?.("Reading everything with PowerShell", 0.2);
      const collected = await collectedLook({ runScript, withScratch, elevated: isAdministrator }, signal);
      if (!(collected instanceof ToolFailure)) {
        const tools = [routeText(route.reason()), ...(collected.tools ?? [])];
        const computer = collected.computer || hostname();
        return { ...collected, ...(await historyOf(journals, runs)), computer, tools };
      }
      // What did not end once is not waited for again.
      const { kind, message } = collected;
      const answered: AskPowershell = kind === "timeLimit" ? async () => ({ facts: null, reason: message }) : ask;
      return looked(reader, answered, `It is read with reg.exe, because PowerShell cannot be used either: ${message}.`);
    },
  };
}

function scriptsOf({ registryScripts }: LiveServerOptions): { readonly scripts?: string } {
  return registryScripts === undefined ? {} : { scripts: registryScripts };
}

/** What was done so far. Journals that cannot be read leave a look without them, not without everything. */
async function historyOf(journals: JournalFolder, runs: InstallerRuns): Promise<History> {
  // A run that ended while nobody followed it is told as its log tells; a look notes nothing.
  const installerRuns = await Promise.all((await runs.read()).map(endedByLog));
  try {
    const { readable } = await readJournals(journals);
    const journal = readable.map((one) => recordedJournal(one, readable));
    return { journal, installerRuns, cloud: null };
  } catch {
    return { journal: [], installerRuns, cloud: null };
  }
}

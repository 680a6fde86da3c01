import { join } from "node:path";
import type { Handlers } from "../contract/methods.ts";
import { defaultTarget } from "../contract/target.ts";
import { createPracticeServer, type PracticeServer } from "../server/practice/practice-server.ts";
import type { Server } from "../server/server.ts";
import { aboutUseCases } from "./about.ts";
import { bind } from "./bind.ts";
import { calendarUseCases } from "./calendar.ts";
import { changeUseCases } from "./change.ts";
import { changeModeUseCases } from "./change-mode.ts";
import { type CloudWays, createCloudAccess } from "./cloud-access.ts";
import { cloudUseCases } from "./cloud-check.ts";
import { comparisonUseCases } from "./comparison.ts";
import type { Dependencies, Emit } from "./dependencies.ts";
import { farmUseCases } from "./farm.ts";
import { farmTargetOf } from "./farm-target.ts";
import { createFileStore } from "./file-store.ts";
import { chosenHome } from "./home.ts";
import { lookUseCases } from "./look.ts";
import { firstDestination, openUseCases } from "./open.ts";
import { pictureUseCases } from "./pictures.ts";
import { createPlaceStore } from "./place.ts";
import { practiceUseCases } from "./practice.ts";
import { createRecentRecordings } from "./recent.ts";
import type { AskRelay } from "./relay.ts";
import { relayUseCases } from "./relay-check.ts";
import { renewalUseCases } from "./renewal.ts";
import { reportUseCases } from "./report.ts";
import { withSavedChecks } from "./saved-relay-check.ts";
import { createSession } from "./session.ts";
import { settingsUseCases } from "./settings.ts";
import { createSettingsStore } from "./settings-store.ts";
import { stateOf } from "./state.ts";
import { targetUseCases } from "./target.ts";
import { readTarget, writeTarget } from "./target-file.ts";
import { bareShell, type WindowShell } from "./window-shell.ts";

export interface AssistantOptions {
  /** The folder of the target, the settings and the practice server. */
  readonly home: string;
  /** The folder of the files that ship with the product. */
  readonly assets: string;
  /** The product's version, as reports name it. */
  readonly version: string;
  readonly emit: Emit;
  readonly now?: () => Date;
  readonly platform?: NodeJS.Platform;
  /** Where regedit's scripts lie when the program is packed into an archive. */
  readonly registryScripts?: string;
  /** `live: false` keeps the computer itself out of reach, whatever the platform. */
  readonly servers?: { readonly live: boolean };
  /** What stands for other computers in tests; the program gives none. */
  readonly remote?: (computer: string) => Promise<Server>;
  /** What the window's surroundings can do; without it nothing. */
  readonly shell?: WindowShell;
  /** What stands for Microsoft's cloud in tests; the program gives none. */
  readonly cloud?: CloudWays;
  /** What stands for the relay in tests; the program gives none. */
  readonly askRelay?: AskRelay;
}

/** Gives the same promise to every caller; a failure is forgotten, so that the next call tries again. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = null;
      throw error;
    });
    return made;
  };
}

/**
 * The assistant: every method of the contract, over one server on show. It starts with this server on Windows and with
 * the practice server elsewhere. Nothing is read before the first call.
 */
export function createAssistant(options: AssistantOptions): Handlers {
  const { home, assets, version, emit, registryScripts, now = () => new Date(), platform = process.platform } = options;
  const mayLookLive = platform === "win32" && options.servers?.live !== false;

  const practice = once(
    async (): Promise<PracticeServer> => withSavedChecks(createPracticeServer({ home, now }), home),
  );
  const live = once(async (): Promise<Server> => {
    // Loaded where it is used: the preview host and other platforms never touch it.
    const { createLiveServer } = await import("../server/live/live-server.ts");
    const chosen = chosenHome();
    const server = createLiveServer({
      now,
      platform,
      scripts: join(assets, "powershell"),
      ...(registryScripts === undefined ? {} : { registryScripts }),
      ...(chosen === null ? {} : { home: chosen }),
    });
    return withSavedChecks(server, home);
  });

  const remote = async (computer: string): Promise<Server> => {
    const { createRemoteServer } = await import("../server/remote/remote-server.ts");
    return createRemoteServer({ computer, scripts: join(assets, "powershell"), platform });
  };

  const dependencies: Dependencies = {
    session: createSession(
      () => firstDestination(dependencies),
      (text, fraction) => emit("progress", { task: "look", text, fraction }),
    ),
    personsTarget: createFileStore({
      path: join(home, "target.json"),
      what: "target",
      parse: readTarget,
      print: writeTarget,
      initial: farmTargetOf(defaultTarget),
      now,
    }),
    settings: createSettingsStore(home, now),
    place: createPlaceStore(home, now),
    recent: createRecentRecordings(home, now),
    live: mayLookLive ? live : null,
    practice,
    remote: options.remote ?? (mayLookLive ? remote : null),
    assets,
    version,
    now,
    emit,
    home,
    shell: options.shell ?? bareShell,
    cloud: createCloudAccess(options.cloud),
    askRelay: options.askRelay,
    stateOf: (shown) => stateOf(dependencies, shown),
  };

  return bind({
    ...lookUseCases(dependencies),
    ...openUseCases(dependencies),
    ...targetUseCases(dependencies),
    ...reportUseCases(dependencies),
    ...calendarUseCases(dependencies),
    ...changeUseCases(dependencies),
    ...settingsUseCases(dependencies),
    ...changeModeUseCases(dependencies),
    ...pictureUseCases(dependencies),
    ...practiceUseCases(dependencies),
    ...cloudUseCases(dependencies),
    ...relayUseCases(dependencies),
    ...renewalUseCases(dependencies),
    ...comparisonUseCases(dependencies),
    ...farmUseCases(dependencies),
    ...aboutUseCases(dependencies),
  });
}

import type { Handlers } from "../contract/methods.ts";
import type { Server } from "../server/server.ts";
import { aboutUseCases } from "./about.ts";
import { bind } from "./bind.ts";
import { calendarUseCases } from "./calendar.ts";
import { changeUseCases } from "./change.ts";
import { changeModeUseCases } from "./change-mode.ts";
import { type CloudWays, createCloudAccess } from "./cloud-access.ts";
import { cloudUseCases } from "./cloud-check.ts";
import { comparisonUseCases } from "./comparison.ts";
import { farmUseCases } from "./farm.ts";
import { createFollowedInstallers } from "./followed-installers.ts";
import { handOverUseCases } from "./hand-over.ts";
import { lookUseCases } from "./look.ts";
import { firstDestination, openUseCases } from "./open.ts";
import { createWanted, type Emit, type Parts } from "./parts.ts";
import { pictureUseCases } from "./pictures.ts";
import { createPlaceStore } from "./place.ts";
import { practiceUseCases } from "./practice.ts";
import { createRecentRecordings } from "./recent.ts";
import type { AskRelay } from "./relay.ts";
import { relayUseCases } from "./relay-check.ts";
import { createRenewalStore, renewalUseCases } from "./renewal.ts";
import { reportUseCases } from "./report.ts";
import { createServers } from "./servers.ts";
import { createSession } from "./session.ts";
import { settingsUseCases } from "./settings.ts";
import { createSettingsStore } from "./settings-store.ts";
import { stateOf } from "./state.ts";
import { targetUseCases } from "./target.ts";
import { createTargetStore } from "./target-file.ts";
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

  const servers = createServers({
    home,
    assets,
    now,
    platform,
    ...(registryScripts === undefined ? {} : { registryScripts }),
  });

  const places = {
    live: mayLookLive ? once(servers.live) : null,
    practice: once(servers.practice),
    remote: options.remote ?? (mayLookLive ? servers.remote : null),
    place: createPlaceStore(home, now),
    recent: createRecentRecordings(home, now),
    assets,
  };
  const session = createSession(
    () => firstDestination(places),
    (text, fraction) => emit("progress", { task: "look", text, fraction }),
  );
  const personsTarget = createTargetStore(home, now);
  const parts: Parts = {
    ...places,
    ...createWanted({ session, personsTarget, now }),
    session,
    personsTarget,
    settings: createSettingsStore(home, now),
    version,
    now,
    emit,
    home,
    shell: options.shell ?? bareShell,
    cloud: createCloudAccess(options.cloud),
    askRelay: options.askRelay,
    installers: createFollowedInstallers(),
    stateOf: (shown) => stateOf(parts, shown),
  };

  const renewals = createRenewalStore(home, now);
  return bind({
    ...lookUseCases(parts),
    ...handOverUseCases(parts),
    ...openUseCases(parts),
    ...targetUseCases(parts),
    ...reportUseCases(parts),
    ...calendarUseCases(parts),
    ...changeUseCases(parts),
    ...settingsUseCases(parts),
    ...changeModeUseCases(parts),
    ...pictureUseCases(parts),
    ...practiceUseCases(parts, renewals),
    ...cloudUseCases(parts),
    ...relayUseCases(parts),
    ...renewalUseCases(parts, renewals),
    ...comparisonUseCases(parts),
    ...farmUseCases(parts),
    ...aboutUseCases(parts),
  });
}

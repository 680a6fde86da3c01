import type { Farm } from "../contract/comparison.ts";
import type { CloudCheck, RelayCheck } from "../contract/history.ts";
import type { Recording } from "../recording/recording.ts";
import type { LookProgress, Server } from "../server/server.ts";
import { withClosedKeys } from "./elevated-look.ts";
import type { FarmTarget } from "./farm-target.ts";
import { lookCancelled } from "./many-looks.ts";

/** The server on show and what was last seen on it. */
export interface Shown {
  readonly server: Server;
  readonly recording: Recording;
  /** The target a sample brings, as changed since; null: the person's own target counts. */
  readonly ownTarget: FarmTarget | null;
}

/** A recording with the name of the file it came from. */
export interface NamedRecording {
  readonly name: string;
  readonly recording: Recording;
}

/** The recordings beside the server on show, and the servers that could not be looked at. */
export interface BesideServers {
  readonly servers: readonly NamedRecording[];
  readonly failed: Farm["failed"];
}

export const noFarm: BesideServers = { servers: [], failed: [] };

/** Holds what is on show and what it is compared with, and sees to it that one look runs at a time. */
export interface Session {
  /** What is on show; looks at the default server when nothing was seen yet. */
  readonly shown: () => Promise<Shown>;
  /**
   * Looks at the server on show again; joins a look at it that is under way.
   * @param way another way to look at it, which joins none and may read more: what is closed to later looks is kept from
   *   it; a server's own look without it
   */
  readonly look: (way?: LookWay) => Promise<Shown>;
  /** Turns to another server: what is on show changes when its look has succeeded. Ends a look at another. */
  readonly turnTo: (server: Server, ownTarget: FarmTarget | null) => Promise<Shown>;
  /** Changes the target that the sample on show brought; false when it brought none. */
  readonly changeOwnTarget: (target: FarmTarget) => boolean;
  /**
   * Lays what the cloud or the relay just answered, and was kept, beside what is on show, as the next look would; a
   * recording stays what it was when it was made.
   */
  readonly note: (answer: { readonly cloud: CloudCheck } | { readonly relay: RelayCheck }) => void;
  /** Ends the look under way, if any: its callers get an InputProblem `look-cancelled`. */
  readonly cancel: () => void;
  /** What the first look of this session at a server saw; null before it, and of a recording. */
  readonly firstLook: (server: Server) => Recording | null;
  /** Makes the next look at a server its first: it was started over, so what was seen before is of another server. */
  readonly forgetFirstLook: (server: Server) => void;
  /** The earlier recording that the person opened to compare a server with; null for none. */
  readonly openedBefore: (server: Server) => NamedRecording | null;
  /** Compares a server with an earlier recording; null: with its first look again. */
  readonly openBefore: (server: Server, before: NamedRecording | null) => void;
  /** What stands beside the server on show. */
  readonly farm: () => BesideServers;
  readonly openFarm: (farm: BesideServers) => void;
}

/** A way to look at a server. */
export type LookWay = (server: Server, options: NonNullable<Parameters<Server["look"]>[0]>) => Promise<Recording>;

interface Look {
  readonly server: Server;
  readonly controller: AbortController;
  readonly done: Promise<Shown>;
}

const ownLook: LookWay = (server, options) => server.look(options);

/** A session that starts with the first server, made at the first look, and the target it brings. */
export function createSession(
  firstServer: () => Promise<{ readonly server: Server; readonly ownTarget: FarmTarget | null }>,
  progress: LookProgress,
): Session {
  let shown: Shown | null = null;
  let running: Look | null = null;
  let farm = noFarm;
  // By server, and no longer than it is in use: every recording that is opened is a server of its own.
  const firstLooks = new WeakMap<Server, Recording>();
  const elevatedLooks = new WeakMap<Server, Recording>();
  const befores = new WeakMap<Server, NamedRecording>();

  function lookAt(server: Server, ownTarget: FarmTarget | null, way: LookWay | null = null): Promise<Shown> {
    if (way === null && running?.server === server && !running.controller.signal.aborted) return running.done;
    const former = running;
    former?.controller.abort(lookCancelled(former.server));
    const controller = new AbortController();
    const { signal } = controller;
    const work = async (): Promise<Shown> => {
      await former?.done.catch(() => undefined);
      signal.throwIfAborted();
      const seen = await (way ?? ownLook)(server, { signal, progress });
      const earlier = elevatedLooks.get(server);
      if (way !== null) elevatedLooks.set(server, seen);
      const recording = way !== null || earlier === undefined ? seen : withClosedKeys(seen, earlier);
      signal.throwIfAborted();
      if (server.refreshable && !firstLooks.has(server)) firstLooks.set(server, recording);
      // The target may have been changed while the look went on.
      shown = { server, recording, ownTarget: shown?.server === server ? shown.ownTarget : ownTarget };
      return shown;
    };
    const done = work().finally(() => {
      if (running?.controller === controller) running = null;
    });
    running = { server, controller, done };
    return done;
  }

  // Remembered so that two first calls do not make two servers.
  let first: ReturnType<typeof firstServer> | null = null;
  async function lookFirst(): Promise<Shown> {
    first ??= firstServer().catch((error: unknown) => {
      first = null;
      throw error;
    });
    const { server, ownTarget } = await first;
    if (shown !== null) return shown;
    // Someone turned to another server before the first look was over: that one will be on show.
    return running === null || running.controller.signal.aborted ? lookAt(server, ownTarget) : running.done;
  }

  return {
    shown: async () => shown ?? (await lookFirst()),
    look: async (way) => (shown === null ? lookFirst() : lookAt(shown.server, shown.ownTarget, way)),
    turnTo: lookAt,
    changeOwnTarget: (target) => {
      if (shown === null || shown.ownTarget === null) return false;
      shown = { ...shown, ownTarget: target };
      return true;
    },
    note: (answer) => {
      if (shown?.server.refreshable !== true) return;
      shown = { ...shown, recording: { ...shown.recording, ...answer } };
    },
    cancel: () => running?.controller.abort(lookCancelled(running.server)),
    firstLook: (server) => firstLooks.get(server) ?? null,
    forgetFirstLook: (server) => void firstLooks.delete(server),
    openedBefore: (server) => befores.get(server) ?? null,
    openBefore: (server, before) => {
      if (before === null) befores.delete(server);
      else befores.set(server, before);
    },
    farm: () => farm,
    openFarm: (opened) => {
      farm = opened;
    },
  };
}

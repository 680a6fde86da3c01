import type { Target } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import type { LookProgress, Server } from "../server/server.ts";

/** The server on show and what was last seen on it. */
export interface Shown {
  readonly server: Server;
  readonly recording: Recording;
  /** The target a sample brings, as changed since; null: the person's own target counts. */
  readonly ownTarget: Target | null;
}

/** Holds what is on show and sees to it that one look runs at a time. */
export interface Session {
  /** What is on show; looks at the default server when nothing was seen yet. */
  readonly shown: () => Promise<Shown>;
  /** Looks at the server on show again; joins a look at it that is under way. */
  readonly look: () => Promise<Shown>;
  /** Turns to another server: what is on show changes when its look has succeeded. Ends a look at another. */
  readonly turnTo: (server: Server, ownTarget: Target | null) => Promise<Shown>;
  /** Changes the target that the sample on show brought; false when it brought none. */
  readonly changeOwnTarget: (target: Target) => boolean;
  /** Ends the look under way, if any: its callers get an InputProblem `look-cancelled`. */
  readonly cancel: () => void;
}

interface Look {
  readonly server: Server;
  readonly controller: AbortController;
  readonly done: Promise<Shown>;
}

function cancelled(server: Server): InputProblem {
  return new InputProblem("look-cancelled", "the look was cancelled", server.label, "Look again when you want to.");
}

/** A session that starts with the default server, made at the first look. */
export function createSession(defaultServer: () => Promise<Server>, progress: LookProgress): Session {
  let shown: Shown | null = null;
  let running: Look | null = null;

  function lookAt(server: Server, ownTarget: Target | null): Promise<Shown> {
    if (running?.server === server && !running.controller.signal.aborted) return running.done;
    const former = running;
    former?.controller.abort(cancelled(former.server));
    const controller = new AbortController();
    const { signal } = controller;
    const work = async (): Promise<Shown> => {
      await former?.done.catch(() => undefined);
      signal.throwIfAborted();
      const recording = await server.look({ signal, progress });
      signal.throwIfAborted();
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
  let first: Promise<Server> | null = null;
  async function lookFirst(): Promise<Shown> {
    first ??= defaultServer().catch((error: unknown) => {
      first = null;
      throw error;
    });
    const server = await first;
    if (shown !== null) return shown;
    // Someone turned to another server before the first look was over: that one will be on show.
    return running === null || running.controller.signal.aborted ? lookAt(server, null) : running.done;
  }

  return {
    shown: async () => shown ?? (await lookFirst()),
    look: async () => (shown === null ? lookFirst() : lookAt(shown.server, shown.ownTarget)),
    turnTo: lookAt,
    changeOwnTarget: (target) => {
      if (shown === null || shown.ownTarget === null) return false;
      shown = { ...shown, ownTarget: target };
      return true;
    },
    cancel: () => running?.controller.abort(cancelled(running.server)),
  };
}

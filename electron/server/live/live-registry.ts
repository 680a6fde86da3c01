import type { Registry, RegistryReader } from "../../changes/registry.ts";
import { ToolFailure } from "../windows-tool.ts";

/** A registry with two ways to it. The first is given up for good when it cannot be used. */
export interface LiveRegistryPorts<Way extends RegistryReader> {
  /** The first way; rejects with a ToolFailure when it cannot be used at all. */
  readonly regedit: () => Promise<Way>;
  readonly reg: Way;
  readonly route: Route;
}

/** Which way the registry is reached by, for as long as the program runs. */
export interface Route {
  /** Why regedit is not used any more; null while it is. */
  readonly reason: () => string | null;
  readonly changeOver: (failure: ToolFailure) => void;
}

/** A route that begins with regedit. `notice` is told once, in words, when it changes over. */
export function createRoute(notice: (text: string) => void): Route {
  let reason: string | null = null;
  return {
    reason: () => reason,
    changeOver(failure) {
      if (reason !== null) return;
      reason = failure.message;
      notice(routeText(reason));
    },
  };
}

/** How the registry is reached, as a recording and a report say it. */
export function routeText(reason: string | null): string {
  return reason === null
    ? "The registry is read with regedit."
    : `The registry is read with PowerShell or with reg.exe, because regedit cannot be used: ${reason}.`;
}

/**
 * The registry through regedit, and through reg.exe from the moment on when Windows Script Host turns out to be
 * missing, blocked by policy, without VBScript, without an end, or answering nonsense: at the first use or in the middle
 * of something, which then goes on with reg.exe.
 */
export function createLiveRegistry(ports: LiveRegistryPorts<Registry>): Registry {
  const ways = waysOf(ports);
  return {
    readKeys: (keys) => ways((way) => way.readKeys(keys)),
    listSubKeys: (keys) => ways((way) => way.listSubKeys(keys)),
    createKeys: (keys) => ways((way) => way.createKeys(keys)),
    writeValues: (values) => ways((way) => way.writeValues(values)),
    deleteEmptyKeys: (keys) => ways((way) => way.deleteEmptyKeys(keys)),
  };
}

type Ways<Way> = <Result>(work: (way: Way) => Promise<Result>) => Promise<Result>;

function waysOf<Way extends RegistryReader>({ regedit, reg, route }: LiveRegistryPorts<Way>): Ways<Way> {
  let opened: Promise<Way> | null = null;
  return async (work) => {
    if (route.reason() !== null) return work(reg);
    try {
      opened ??= regedit();
      return await work(await opened);
    } catch (error) {
      if (!(error instanceof ToolFailure) || error.kind === "cancelled") throw error;
      route.changeOver(error);
      return work(reg);
    }
  };
}

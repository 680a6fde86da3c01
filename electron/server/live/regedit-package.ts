import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { outsideArchive, systemTool, ToolFailure } from "./windows-tool.ts";

/** One key as `regedit` gives it. */
export interface RegeditItem {
  readonly exists: boolean;
  readonly keys: readonly string[];
  readonly values: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
}

/** A value as `regedit` takes it. */
export interface RegeditValue {
  readonly type: string;
  readonly value: string | number | readonly string[] | readonly number[];
}

/**
 * What this program uses of the package `regedit`: its promises, for the one view a 64-bit process has. Each rejects
 * with a ToolFailure when Windows Script Host cannot be used, with regedit's own error for everything else.
 */
export interface Regedit {
  readonly list: (keys: readonly string[]) => Promise<Readonly<Record<string, RegeditItem>>>;
  readonly createKey: (keys: readonly string[]) => Promise<void>;
  readonly putValue: (values: Readonly<Record<string, Readonly<Record<string, RegeditValue>>>>) => Promise<void>;
  /** Values are named by their path: the key, a backslash, the name. */
  readonly deleteValue: (paths: readonly string[]) => Promise<void>;
  readonly deleteKey: (keys: readonly string[]) => Promise<void>;
}

export interface RegeditOptions {
  /** Where regedit's scripts lie; beside its archive when the program is packed into one, unless told otherwise. */
  readonly scripts?: string;
  readonly cscript?: string;
  /** How long Windows Script Host may take to answer one call, in milliseconds. */
  readonly timeLimit?: number;
}

interface RegeditModule {
  readonly setExternalVBSLocation: (folder: string) => string;
  readonly promisified: Regedit;
}

/** The part of regedit that finds cscript.exe; everything else of regedit asks it each time. */
interface CscriptModule {
  init: (done: () => void) => void;
  path: () => string;
}

/**
 * Loads `regedit` so that it starts one certain cscript.exe. By itself it starts `cscript.exe` by its bare name, and
 * Windows looks for that in the current folder first: an administrator who runs this program where someone has put
 * a file of that name would run that. So its finder is replaced by the answer. That also saves the process its probing
 * starts, and it answers at once: what goes wrong while a process is started then comes back as a rejection, where it
 * would otherwise be thrown where nobody can catch it.
 */
export async function loadRegedit(options: RegeditOptions = {}): Promise<Regedit> {
  const { scripts, cscript = systemTool("cscript.exe"), timeLimit = 60_000 } = options;
  const require = createRequire(import.meta.url);
  const regedit = require("regedit") as RegeditModule;
  const own = join(dirname(require.resolve("regedit")), "vbs");
  regedit.setExternalVBSLocation(scripts ?? outsideArchive(own));
  const finder = require("regedit/lib/cscript.js") as CscriptModule;
  finder.init = (done) => done();
  finder.path = () => cscript;

  // One call at a time: what a call starts can then be told, and ended when it does not answer.
  let last: Promise<unknown> = Promise.resolve();
  const call = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const next = last.then(() => watched(work, cscript, timeLimit));
    last = next.catch(() => {});
    return next;
  };
  const { promisified } = regedit;
  return {
    list: async (keys) => {
      const answer = await call(() => promisified.list([...keys]));
      // Nothing at all on its output is no answer, though regedit takes it for one.
      if (typeof answer !== "object" || answer === null) {
        throw new ToolFailure("nonsense", "Windows Script Host ended without an answer");
      }
      return answer;
    },
    // regedit empties the lists it is given.
    createKey: (keys) => call(() => promisified.createKey([...keys])),
    putValue: (values) => call(() => promisified.putValue(values)),
    deleteValue: (paths) => call(() => promisified.deleteValue([...paths])),
    deleteKey: (keys) => call(() => promisified.deleteKey([...keys])),
  };
}

interface Child {
  readonly spawnfile?: string;
  readonly kill: () => boolean;
}

/**
 * Runs one call of regedit: without the lines it prints to this program's own output when it fails, and no longer than
 * the limit. regedit keeps its processes to itself, so they are told by Node's own channel.
 */
async function watched<Result>(work: () => Promise<Result>, cscript: string, timeLimit: number): Promise<Result> {
  const children = new Set<Child>();
  const note = (message: unknown): void => {
    children.add((message as { readonly process: Child }).process);
  };
  const { log, error } = console;
  let timer: NodeJS.Timeout | undefined;
  subscribe("child_process", note);
  console.log = () => {};
  console.error = () => {};
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        for (const child of children) if (child.spawnfile === cscript) child.kill();
        const seconds = timeLimit / 1000;
        reject(new ToolFailure("timeLimit", `Windows Script Host gave no answer for ${seconds} seconds`));
      }, timeLimit);
    });
    return await Promise.race([work(), late]);
  } catch (failure) {
    throw scriptHostFailure(failure) ?? failure;
  } finally {
    clearTimeout(timer);
    unsubscribe("child_process", note);
    console.log = log;
    console.error = error;
  }
}

/** The failure of Windows Script Host itself in an error of regedit; null when it is about the registry. */
function scriptHostFailure(failure: unknown): ToolFailure | null {
  if (failure instanceof ToolFailure) return failure;
  if (!(failure instanceof Error)) return null;
  const { code } = failure as { readonly code?: unknown };
  if (code === "ENOENT" || /cscript not found/i.test(failure.message)) {
    return new ToolFailure("missing", "Windows Script Host (cscript.exe) is missing");
  }
  if (typeof code === "string") return new ToolFailure("blocked", `Windows Script Host cannot be started: ${code}`);
  // cscript.exe ends with 1 when it is switched off by policy, and when VBScript is not installed; regedit's own
  // scripts and the registry have other codes.
  if (code === 1 || /unknown error code 1$/.test(failure.message)) {
    return new ToolFailure("blocked", "Windows Script Host or VBScript is switched off or not installed");
  }
  return null;
}

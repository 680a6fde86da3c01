import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Ended, outsideArchive, type RunTool, runTool, systemTool, ToolFailure } from "../windows-tool.ts";

/** One key as `regedit` gives it. */
export interface RegeditItem {
  readonly exists: boolean;
  readonly keys: readonly string[];
  readonly values: Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;
}

/** A value as `regedit` takes it: its data as text. */
export interface RegeditValue {
  readonly key: string;
  readonly name: string;
  readonly data: string;
  readonly type: string;
}

/**
 * What this program uses of the package `regedit`: its scripts for Windows Script Host, in the one view a 64-bit process
 * has. Each call is one process. Each rejects with a ToolFailure when Windows Script Host cannot be used, and with
 * an Error that has the registry's code when the registry refused; then what stood before it in the list was done.
 */
export interface Regedit {
  /** Keys by the name they were asked by. A key that cannot be told is left out, and so may be those after it. */
  readonly list: (keys: readonly string[]) => Promise<ReadonlyMap<string, RegeditItem>>;
  readonly createKeys: (keys: readonly string[]) => Promise<void>;
  readonly putValues: (values: readonly RegeditValue[]) => Promise<void>;
  /** Values are named by their path: the key, a backslash, the name. */
  readonly deleteValues: (paths: readonly string[]) => Promise<void>;
  readonly deleteKeys: (keys: readonly string[]) => Promise<void>;
}

export interface RegeditOptions {
  /** Where regedit's scripts lie; beside its archive when the program is packed into one, unless told otherwise. */
  readonly scripts?: string;
  readonly cscript?: string;
  /** How long Windows Script Host may take to answer one call, in milliseconds. */
  readonly timeLimit?: number;
  readonly run?: RunTool;
}

/** A key every Windows has and everyone may read, and one it always has below it: asked for first in every list. */
const probeKey = "HKLM\\SOFTWARE";
const probeName = "microsoft";

/**
 * Runs `regedit`'s scripts by one certain cscript.exe. The package's own JavaScript is left aside: it starts `cscript.exe`
 * by its bare name, which Windows looks for in the current folder first, shows a console window each time, and ends this
 * process when the script ends before it has read everything. Its scripts do the work in either case.
 */
export async function loadRegedit(options: RegeditOptions = {}): Promise<Regedit> {
  const { cscript = systemTool("cscript.exe"), timeLimit = 60_000, run = runTool } = options;
  const own = (): string => join(dirname(createRequire(import.meta.url).resolve("regedit")), "vbs");
  const scripts = options.scripts ?? outsideArchive(own());

  const runScript = async (script: string, lines: readonly string[]): Promise<Ended> => {
    try {
      return await run(cscript, ["//Nologo", join(scripts, script), "A"], { timeLimit, input: inputOf(lines) });
    } catch (error) {
      throw error instanceof ToolFailure ? renamed(error) : error;
    }
  };
  const change = async (script: string, lines: readonly string[]): Promise<void> => {
    if (lines.length === 0) return;
    const ended = await runScript(script, lines);
    if (ended.code === switchedOffCode) throw switchedOff();
    if (ended.code !== 0) throw new RegistryRefusal(ended.code);
  };

  return {
    list: async (keys) => {
      const ended = await runScript("regListStream.wsf", [probeKey, ...keys]);
      const answers = answersIn(ended.stdout.toString("latin1"));
      const probe = answers.get(probeKey);
      if (probe?.keys.some((name) => name.toLowerCase() === probeName)) return answers;
      if (ended.code === switchedOffCode) throw switchedOff();
      throw new ToolFailure("nonsense", "Windows Script Host answers, but not what is there");
    },
    createKeys: (keys) => change("regCreateKey.wsf", keys),
    putValues: (values) =>
      change(
        "regPutValue.wsf",
        values.flatMap(({ key, name, data, type }) => [key, name, data, type]),
      ),
    deleteValues: (paths) => change("regDeleteValue.wsf", paths),
    deleteKeys: (keys) => change("regDeleteKey.wsf", keys),
  };
}

/** The registry's own refusal, by Windows' code for it. */
export class RegistryRefusal extends Error {
  readonly code: number;

  constructor(code: number) {
    super(deniedCodes.includes(code) ? "access denied" : `it ended with ${code}`);
    this.code = code;
  }
}

const deniedCodes: readonly number[] = [5, 2147749891];

/** What the scripts read: a line for each text, as VBScript's unescape takes it, and an empty one at the end. */
function inputOf(lines: readonly string[]): string {
  return [...lines.map(escaped), "", ""].join("\r\n");
}

function escaped(text: string): string {
  return text.replace(/[^A-Za-z0-9@*_+\-./]/g, (char) => {
    const code = char.charCodeAt(0).toString(16).toUpperCase();
    return code.length <= 2 ? `%${code.padStart(2, "0")}` : `%u${code.padStart(4, "0")}`;
  });
}

/** The keys in a list's output, a line each. A line that one value has spoilt is left out. */
function answersIn(output: string): ReadonlyMap<string, RegeditItem> {
  const answers = new Map<string, RegeditItem>();
  for (const line of output.split("\r\n")) {
    if (line === "") continue;
    try {
      const { key, data } = JSON.parse(line) as { readonly key?: string; readonly data?: RegeditItem };
      if (key !== undefined && Array.isArray(data?.keys)) answers.set(key, data);
    } catch {
      // Its key has no answer then.
    }
  }
  return answers;
}

/** cscript.exe ends so when it is switched off by policy, and when VBScript is not installed; the registry has others. */
const switchedOffCode = 1;

const switchedOff = (): ToolFailure =>
  new ToolFailure("blocked", "Windows Script Host or VBScript is switched off or not installed");

/** A failure in the words a person knows the program by. */
function renamed({ kind, message }: ToolFailure): ToolFailure {
  return new ToolFailure(kind, message.replace(/^\S*cscript\.exe(?= )/, "Windows Script Host (cscript.exe)"));
}

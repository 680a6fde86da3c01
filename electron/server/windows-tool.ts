import { join } from "node:path";

/** How a program ended, and everything it wrote. */
export interface Ended {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

export interface RunOptions {
  /** In milliseconds; the program is ended then. 0 for none: it waits for a person. */
  readonly timeLimit?: number;
  /** In bytes for each of the two outputs; a program that writes more is ended. */
  readonly outputLimit?: number;
  readonly signal?: AbortSignal;
  /** What it reads on its standard input, which is closed after it; without it there is nothing to read. */
  readonly input?: string;
  /** Variables that differ from this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Told each whole line of its output as it comes. */
  readonly line?: (line: string) => void;
  /**
   * For a program with a window and rules of its own for its command line: its window is shown, its arguments are written
   * into the command line as they are, and it has no outputs. It outlives this program.
   */
  readonly asTyped?: boolean;
  /** A file that is not there yet: the program outlives this one, and writes both of its outputs into it. */
  readonly outlivesInto?: string;
  /** Told the process id of a program that outlives this one. */
  readonly started?: (id: number) => void;
}

/** Runs a program to its end, whatever its exit code. Rejects with a ToolFailure when it gives none. */
export type RunTool = (program: string, argv: readonly string[], options?: RunOptions) => Promise<Ended>;

/** Why a program of Windows gave no answer at all. */
export type ToolFailureKind = "missing" | "blocked" | "timeLimit" | "tooMuch" | "cancelled" | "policy" | "nonsense";

/** A program of Windows that cannot be used here: it is missing, blocked, does not end, or answers nonsense. */
export class ToolFailure extends Error {
  override readonly name = "ToolFailure";
  readonly kind: ToolFailureKind;

  constructor(kind: ToolFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

const defaultTimeLimit = 60_000;
const defaultOutputLimit = 16 * 1024 * 1024;

/**
 * Where Windows itself lies. SystemRoot is set by Windows for every process and, unlike `windir`, is not taken from
 * the variables a user may set; a value that is no folder of a drive is refused all the same.
 */
export function windowsFolder(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const folder = environment["SystemRoot"] ?? environment["SYSTEMROOT"] ?? "";
  return /^[A-Za-z]:\\[^\\/"<>|?*]+$/.test(folder) ? folder : "C:\\Windows";
}

/**
 * A program of Windows by its absolute path: a bare name would be looked for in the current folder first, where anyone
 * may have put another program of that name.
 */
export function systemTool(
  name: "reg.exe" | "whoami.exe" | "icacls.exe" | "cscript.exe" | "powershell.exe" | "msiexec.exe",
): string {
  const system = `${windowsFolder()}\\System32`;
  return name === "powershell.exe" ? `${system}\\WindowsPowerShell\\v1.0\\${name}` : `${system}\\${name}`;
}

/** Windows' programs cannot open Electron's archive: what they run is packed beside it, under the same path. */
export function outsideArchive(path: string): string {
  return path.replace(/([\\/])app\.asar(?=[\\/])/, "$1app.asar.unpacked");
}

/** How long to wait for the end of a program that was ended, in milliseconds. */
const graceAfterEnd = 2000;

/** How long to wait before a program that did not start is tried again, in milliseconds. */
const startAgainAfter = [100, 400];

/**
 * Runs a program without a window unless asked. One that Windows does not start for a reason of its
 * own is tried again: a virus scanner may just be looking at it. Application control answers the same way, and goes on
 * doing so.
 */
export const runTool: RunTool = async (program, argv, options = {}) => {
  for (const pause of [...startAgainAfter, null]) {
    try {
      return await runOnce(program, argv, options);
    } catch (error) {
      if (pause === null || !(error instanceof ToolFailure) || error.kind !== "blocked") throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  throw new Error("a program was neither run nor refused");
};

const runOnce: RunTool = async (program, argv, options = {}) => {
  // Loaded here and not above: most commands never start a program, and loading this costs their start.
  const { execFile } = await import("node:child_process");
  const { timeLimit = defaultTimeLimit, outputLimit = defaultOutputLimit, signal, environment } = options;
  if (signal?.aborted) throw new ToolFailure("cancelled", "it was cancelled");
  if (options.asTyped === true || options.outlivesInto !== undefined) return runOn(program, argv, options);
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(failureOf(program, error, { timeLimit, outputLimit, cancelled: signal?.aborted === true }));
    let givenUp: NodeJS.Timeout | undefined;
    try {
      const child = execFile(
        program,
        [...argv],
        {
          encoding: "buffer",
          timeout: timeLimit,
          maxBuffer: outputLimit,
          windowsHide: true,
          ...(signal === undefined ? {} : { signal }),
          ...(environment === undefined ? {} : { env: { ...process.env, ...environment } }),
        },
        (error, stdout, stderr) => {
          clearTimeout(givenUp);
          if (error === null) return resolve({ code: 0, stdout, stderr });
          if (typeof error.code === "number") return resolve({ code: error.code, stdout, stderr });
          fail(error);
        },
      );
      // A program may go on although it was told to end, and Node waits for it.
      const giveUp = (): void => {
        child.kill("SIGKILL");
        fail(Object.assign(new Error("it did not end"), { killed: true }));
      };
      if (timeLimit > 0) givenUp = setTimeout(giveUp, timeLimit + graceAfterEnd);
      // A program may end before it has read everything; how it ended says more than the broken pipe does.
      child.stdin?.on("error", () => {});
      child.stdin?.end(options.input ?? "");
      if (options.line !== undefined) tellLines(child.stdout, options.line);
    } catch (error) {
      // Some reasons not to start a program Node throws at once, that of application control among them.
      fail(error as Error);
    }
  });
};

/** Runs a program that goes on when this one ends. */
const runOn: RunTool = async (program, argv, options = {}) => {
  const { asTyped = false, outlivesInto = null, timeLimit = defaultTimeLimit } = options;
  const { runOutliving } = await import("./outliving-tool.ts");
  const given = { timeLimit, outputLimit: defaultOutputLimit, cancelled: false };
  const ended = await runOutliving({
    program,
    argv,
    asTyped,
    environment: { ...process.env, ...options.environment },
    output: asTyped ? null : outlivesInto,
    line: options.line ?? (() => {}),
    timeLimit,
    started: options.started ?? (() => {}),
  }).catch((error: Error) => {
    throw failureOf(program, error, given);
  });
  if (ended === null) throw failureOf(program, Object.assign(new Error("it goes on"), { killed: true }), given);
  if (ended.code === null) throw failureOf(program, new Error("it was ended"), given);
  return { code: ended.code, stdout: ended.output, stderr: Buffer.alloc(0) };
};

function tellLines(output: NodeJS.ReadableStream | null, tell: (line: string) => void): void {
  let rest = "";
  output?.on("data", (piece: Buffer) => {
    const lines = (rest + piece.toString("latin1")).split(/\r?\n/);
    rest = lines.pop() ?? "";
    for (const line of lines) tell(line);
  });
}

function failureOf(
  program: string,
  error: Error & { readonly code?: unknown; readonly killed?: boolean },
  given: { readonly timeLimit: number; readonly outputLimit: number; readonly cancelled: boolean },
): ToolFailure {
  const name = program.split(/[\\/]/).at(-1) ?? program;
  if (given.cancelled) return new ToolFailure("cancelled", `${name} was cancelled`);
  if (error.code === "ENOENT") return new ToolFailure("missing", `${name} is missing`);
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return new ToolFailure("tooMuch", `${name} answered with more than ${given.outputLimit} bytes`);
  }
  if (error.killed === true) {
    return new ToolFailure("timeLimit", `${name} gave no answer for ${given.timeLimit / 1000} seconds`);
  }
  // EACCES and EPERM: access control; UNKNOWN: software restriction or application control.
  return new ToolFailure("blocked", `${name} cannot be started: ${String(error.code ?? error.message)}`);
}

/** A folder of our own for the files that programs of Windows write and read. */
export interface Scratch {
  /** A file in it by this process's name for it and by the programs' name for it. */
  readonly file: (name: string) => { readonly path: string; readonly named: string };
}

/** Makes a folder of our own for the time of some work, and clears it away. */
export type WithScratch = <Result>(work: (scratch: Scratch) => Promise<Result>) => Promise<Result>;

/**
 * Scratch folders below a folder, named at random and made for this user alone where the system knows modes.
 * @param named how the programs name a path; under Windows as it is
 */
export function scratchBelow(
  base: () => Promise<string>,
  named: (path: string) => string = (path) => path,
): WithScratch {
  return async (work) => {
    const { mkdtemp, rm } = await import("node:fs/promises");
    const folder = await mkdtemp(join(await base(), "mim-mail-")).catch((error: NodeJS.ErrnoException) => {
      throw new ToolFailure("blocked", `no folder for temporary files can be made: ${error.code ?? error.message}`);
    });
    try {
      return await work({
        file: (name) => {
          const path = join(folder, name);
          return { path, named: named(path) };
        },
      });
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  };
}

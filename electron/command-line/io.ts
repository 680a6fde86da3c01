import type { RunTool } from "../server/windows-tool.ts";
import { processOutput } from "./process-output.ts";

/** What a command may touch of the world around it; the process hands in its own, a test its own. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /**
   * Resolves once everything told on standard output has gone out. Who tells much waits for it in between.
   * @throws InputProblem when it could not be written
   */
  readonly written: () => Promise<void>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly now: () => Date;
  /** How many characters a line of standard output holds. */
  readonly columns: number;
  /** True when standard output shows colours and the person has not asked for none. */
  readonly colours: boolean;
  /** True when standard error is a terminal, where someone sees how far a change is. */
  readonly showsProgress: boolean;
  /** Asks the person and gives what was typed, "" when the input ends; null where nobody can see and answer. */
  readonly ask: ((question: string) => Promise<string>) | null;
  /** Reads a secret: typed at a prompt that shows nothing of it, or piped in on standard input. */
  readonly readSecret: (question: string) => Promise<string>;
  /** Does work that can be stopped: the first Ctrl+C aborts the signal, a second one ends the process. */
  readonly stoppable: <Result>(work: (signal: AbortSignal) => Promise<Result>) => Promise<Result>;
  /** Runs a program of Windows; left out, it is run as ever. */
  readonly runTool?: RunTool;
}

/** What every command is given. */
export interface Context {
  readonly io: Io;
  /** The product's version. */
  readonly version: string;
  /** The product's data folder. */
  readonly home: string;
  /** The folder of the files that ship with the product. */
  readonly assets: string;
}

/**
 * How a command ended: 0 all done, 1 something is left to do, 2 wrong usage or input, 3 a change failed and was put
 * back, 4 a change failed and was not put back whole, 5 refused.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** Lines that do not go to a terminal are this wide. */
const defaultColumns = 100;

/** The io of this process. Colours only on a terminal, and not with NO_COLOR. */
export function processIo(): Io {
  const { stdin, stdout, stderr, env, platform } = process;
  const output = processOutput();
  return {
    ...output,
    environment: env,
    platform,
    now: () => new Date(),
    columns: stdout.columns || defaultColumns,
    colours: stdout.isTTY === true && stdout.hasColors(),
    showsProgress: stderr.isTTY === true,
    ask: stdin.isTTY === true && stdout.isTTY === true ? askOnTerminal : null,
    readSecret: async (question) => {
      const { readSecret } = await import("./secret-input.ts");
      return readSecret(question, stdin, output.stderr);
    },
    stoppable: untilInterrupted,
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const { createInterface } = await import("node:readline");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve) => {
    // Ctrl+C and Ctrl+D close the terminal's line without an answer: that is none.
    terminal.once("close", () => resolve(""));
    terminal.question(question, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}

async function untilInterrupted<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const stop = (): void => controller.abort(new Error("stopped by Ctrl+C"));
  process.once("SIGINT", stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off("SIGINT", stop);
  }
}

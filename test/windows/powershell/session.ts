import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { named, wineEnvironment } from "../windows.ts";

export const powershell = "C:\\windows\\system32\\WindowsPowerShell\\v1.0\\powershell.exe";

/** A script file by this machine's name for it, or a script's text, and what it is run with. */
export interface Job {
  readonly file?: string;
  readonly text?: string;
  readonly arguments?: readonly string[];
  /** A script that puts other commands in the place of Windows' own, by this machine's name for it. */
  readonly standIns?: string;
  /** What a person answers when the script asks, one after the other. */
  readonly answers?: readonly string[];
}

/** How a script ended: the exit code of powershell.exe, what it wrote, and its errors. */
export interface Answer {
  readonly code: number;
  readonly output: readonly string[];
  readonly errors: readonly string[];
}

/** One PowerShell that runs script after script: a start costs two seconds, a script a few milliseconds. */
export interface Session {
  readonly run: (job: Job) => Promise<Answer>;
  readonly end: () => Promise<void>;
}

/** Starts PowerShell in the prefix of these tests. */
export function openSession(environment: Readonly<Record<string, string>> = {}): Session {
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn("wine", [powershell, "-Session"], {
    env: { ...wineEnvironment(), ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let said = "";
  child.stderr.on("data", (piece) => {
    said = `${said}${piece}`.slice(-4000);
  });
  // That it ended is told by its output.
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async ({ file, text, standIns, ...job }: Job): Promise<Answer> => {
    const line = JSON.stringify({
      ...job,
      file: file === undefined ? null : named(file),
      text: text ?? null,
      standIns: standIns === undefined ? null : named(standIns),
    });
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`PowerShell ended in the midst of ${file ?? text}: ${said}`);
    return JSON.parse(value);
  };
  return {
    // One after the other: answers come in the order of the jobs.
    run: (job) => {
      const answer = last.then(() => ask(job));
      last = answer.catch(() => {});
      return answer;
    },
    end: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

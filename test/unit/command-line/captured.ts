import type { ExitCode, Io } from "../../../electron/command-line/io.ts";
import { run } from "../../../electron/command-line/run.ts";

/** What a run of the command line printed, and how it ended. */
export interface Captured {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, with everything it touches of the world handed in. */
export async function captured(argv: readonly string[], home: string, changed: Partial<Io> = {}): Promise<Captured> {
  let stdout = "";
  let stderr = "";
  const io: Io = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    written: async () => {},
    environment: { MIM_MAIL_HOME: home },
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    columns: 120,
    colours: false,
    showsProgress: false,
    ask: null,
    readSecret: async () => "",
    stoppable: (work) => work(new AbortController().signal),
    ...changed,
  };
  const code = await run(argv, io, "1.2.3");
  return { code, stdout, stderr };
}

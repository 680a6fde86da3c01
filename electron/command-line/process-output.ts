import { fstatSync, writeSync } from "node:fs";
import { outputLost } from "../recording/write-fault.ts";

/** Standard output and standard error of this process, where they may be closed, full or broken. */
export interface ProcessOutput {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /**
   * Resolves once everything told so far has gone out, so that no more is kept in memory than a reader takes.
   * @throws InputProblem when standard output could not be written
   */
  readonly written: () => Promise<void>;
}

/**
 * The output of this process. A fault never ends the process: a change that is under way must not stop because nobody
 * can be told of it. A reader that has seen enough (`| head`) closes the pipe, and that is no fault at all.
 */
export function processOutput({ stdout, stderr }: Pick<NodeJS.Process, "stdout" | "stderr"> = process): ProcessOutput {
  let fault: unknown = null;
  let isUsed = false;
  const note = (error: NodeJS.ErrnoException): void => {
    if (error.code !== "EPIPE") fault ??= error;
  };
  stdout.on("error", note);
  // Who cannot be told cannot be told that either; the exit code says it.
  stderr.on("error", () => {});
  const isFile = isRegularFile(stdout.fd);
  return {
    stdout: (text) => {
      isUsed = true;
      if (fault !== null) return;
      if (!isFile) return void stdout.write(text);
      try {
        writeWhole(stdout.fd, text);
      } catch (error) {
        note(error as NodeJS.ErrnoException);
      }
    },
    stderr: (text) => void stderr.write(text),
    written: () =>
      new Promise((resolve, reject) => {
        const end = (): void => (fault === null ? resolve() : reject(outputLost(fault)));
        // A stream that failed calls back before it tells its fault.
        if (isFile || !isUsed || stdout.destroyed) end();
        else stdout.write("", () => setImmediate(end));
      }),
  };
}

function isRegularFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}

/** Writes all of a text: a file on a disk that is nearly full takes a part first, which Node's own stream overlooks. */
function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, "utf8");
  for (let from = 0; from < bytes.length; ) from += writeSync(descriptor, bytes, from);
}

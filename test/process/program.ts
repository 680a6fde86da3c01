import { spawn } from "node:child_process";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** The project's top folder. */
export const top = fileURLToPath(new URL("../../", import.meta.url));

/** How npm is started: on Windows it is a script of Node's own folder. */
export const npmProgram: readonly string[] =
  process.platform === "win32"
    ? [process.execPath, join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js")]
    : ["npm"];

/** A name for a pipe of a test's own: in a folder, but on Windows, where pipes lie in none. */
export function pipeIn(folder: string): string {
  return process.platform === "win32" ? `\\\\.\\pipe\\${basename(folder)}` : join(folder, "pipe");
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the environment; undefined takes a variable out. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Called with everything on stdout so far and a way to end the process. */
  readonly onOutput?: (stdout: string, end: () => void) => void;
}

/** Runs a program to its end. The variables npm gives its scripts, and CI's, are not handed on. */
export function run(program: string, argv: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$|CI$|ELECTRON_)/.test(name));
  const child = spawn(program, argv, {
    cwd: options.cwd ?? top,
    env: { ...Object.fromEntries(inherited), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (part) => {
    stdout += String(part);
    options.onOutput?.(stdout, () => child.kill("SIGTERM"));
  });
  child.stderr.on("data", (part) => {
    stderr += String(part);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * Makes one file of a program of these tests and all it imports, so that plain Node can run it.
 * @param entry its source in this folder
 * @param folder where the file is written
 * @returns the file's path
 */
export async function bundled(entry: string, folder: string): Promise<string> {
  const bundle = await rolldown({
    input: join(import.meta.dirname, entry),
    platform: "node",
    cwd: top,
    resolve: { mainFields: ["module", "main"] },
  });
  const file = join(folder, `${basename(entry, ".ts")}.mjs`);
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return file;
}

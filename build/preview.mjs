import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { top } from "./install.mjs";

/**
 * Starts the built preview host as a process of its own.
 * @param {readonly string[]} [argv]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ host: import("node:child_process").ChildProcess, address: string | null, ended: Promise<number> }>}
 *   the address is null when the host ended before it had one; why stands on stderr
 */
export async function startPreview(argv = [], env = process.env) {
  const host = spawn(process.execPath, [join(top, "out", "preview.js"), ...argv], {
    cwd: top,
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  const ended = new Promise((resolve) => host.on("close", (code) => resolve(code ?? 0)));
  const line = await new Promise((resolve) => {
    createInterface({ input: host.stdout })
      .once("line", resolve)
      .once("close", () => resolve(""));
  });
  return { host, address: /http:\S+/.exec(String(line))?.[0] ?? null, ended };
}

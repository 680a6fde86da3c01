import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { buildCommandLineProgram } from "./command-line-program.mjs";
import { top } from "./install.mjs";
import { nodeLicence } from "./node-runtime.mjs";

/** What goes into the program's folder command-line: mim-mail.exe and the licences of the Node inside of it. */
export const commandLineFolder = join(top, "dist", "command-line");

/**
 * Makes that folder.
 * @returns {Promise<{ moduleIds: readonly string[] }>} the modules the program was built from
 */
export async function buildCommandLineFolder() {
  const built = await buildCommandLineProgram(join(commandLineFolder, "mim-mail.exe"));
  copyFileSync(nodeLicence(), join(commandLineFolder, "LICENSE.node.txt"));
  return built;
}

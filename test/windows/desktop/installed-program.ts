import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { programWith } from "../../../build/command-line-program.mjs";
import { named, top } from "../windows.ts";
import { windowsNode } from "../windows-node.ts";
import { environmentFor } from "../wine-prefix.ts";

const cache = join(top, "node_modules", ".cache", "mim-mail-assistant");

/** Raised when the program below is made in another way than before. */
const programVersion = 1;

/** What the program carries: nothing but where its code lies, as Electron's has it in `resources`. */
const code = `"use strict";
const { createRequire } = require("node:module");
createRequire(process.execPath)("./resources/start.cjs");
`;

/** Windows' Node with that code inside, which takes every argument for the product's; made once. */
async function program(prefix: string): Promise<string> {
  const path = join(cache, `desktop-stand-in-${programVersion}.exe`);
  if (existsSync(path)) return path;
  const node = ["env", `WINEPREFIX=${environmentFor(prefix)["WINEPREFIX"] ?? ""}`, "WINEDEBUG=-all", "wine"];
  const made = await programWith(windowsNode(), code, [...node, named(windowsNode())]);
  made.resources.outputResource(made.program);
  writeFileSync(`${path}.tmp`, Buffer.from(made.program.generate()));
  renameSync(`${path}.tmp`, path);
  return path;
}

/** Where the set-up puts the program, in Windows' words. */
export const programPath = "C:\\Program Files\\MIM Mail Assistant\\MIM Mail Assistant.exe";

/**
 * Puts the built desktop where the set-up puts it, laid out as it is packed, with the stand-in for Electron's runtime.
 * @param port where the test listens that shows its windows
 */
export async function installProgram(prefix: string, port: number): Promise<void> {
  if (!existsSync(join(top, "out", "main.js"))) throw new Error("The desktop is not built. Run: node build/build.mjs");
  const folder = join(prefix, "drive_c", "Program Files", "MIM Mail Assistant");
  const resources = join(folder, "resources");
  mkdirSync(resources, { recursive: true });
  cpSync(await program(prefix), join(folder, "MIM Mail Assistant.exe"));
  const copies = [
    ["out", "app.asar/out"],
    ["assets/practice", "app.asar/assets/practice"],
    ["assets/powershell", "app.asar.unpacked/assets/powershell"],
    ["node_modules/regedit/vbs", "app.asar.unpacked/node_modules/regedit/vbs"],
    // What regedit needs besides; electron-builder finds it by itself.
    ...["regedit", "debug", "ms", "if-async", "stream-slicer", "through2"].map((name) => [
      `node_modules/${name}`,
      `app.asar/node_modules/${name}`,
    ]),
  ];
  for (const [from = "", to = ""] of copies) {
    if (existsSync(join(top, from))) cpSync(join(top, from), join(resources, to), { recursive: true });
  }
  writeFileSync(join(resources, "app.asar", "package.json"), `{ "type": "module" }\n`);
  const start = `file:///Z:${pathToFileURL(join(import.meta.dirname, "start.ts")).pathname}`;
  writeFileSync(
    join(resources, "start.cjs"),
    `"use strict";
import(${JSON.stringify(start)}).catch((error) => {
  require("node:fs").appendFileSync("C:\\\\stand-in-fault.txt", String(error && error.stack) + "\\n");
  process.exit(99);
});
`,
  );
  writeFileSync(join(resources, "port.txt"), String(port));
}

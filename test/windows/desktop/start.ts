/**
 * Starts the built main.js as Electron would start the packed program: inside of the program's own executable, with the
 * stand-in in the place of Electron's module. It is loaded by the code that the executable carries.
 */
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const standIn = new URL("./electron-stand-in.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron" ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

// A program that carries its code has its own path twice where Electron has it once.
process.argv.splice(1, 1);
const resources = join(dirname(process.execPath), "resources");
Object.defineProperty(process, "resourcesPath", { value: resources });
Object.defineProperty(process.versions, "electron", { value: "45.4.1-stand-in", enumerable: true });
Object.defineProperty(process.versions, "chrome", { value: "0-stand-in", enumerable: true });

if (process.argv[1] !== "--worker") {
  const { joinTest } = (await import(standIn)) as typeof import("./electron-stand-in.ts");
  await joinTest(Number(readFileSync(join(resources, "port.txt"), "utf8")));
}
await import(pathToFileURL(join(resources, "app.asar", "out", "main.js")).href);

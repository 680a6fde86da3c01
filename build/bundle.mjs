import { top } from "./install.mjs";

// regedit runs VBScript files that lie beside its JavaScript, so it stays a package; the two others are optional
// native parts of ws that are not installed.
const external = ["electron", "regedit", "bufferutil", "utf-8-validate"];

/**
 * A warning of the bundler (an import that is not found, above all) would become a fault at run time.
 * @type {(level: string, log: { message: string }) => void}
 */
function failOnWarning(level, log) {
  if (level === "warn") throw new Error(log.message);
}

/**
 * Bundles programs for Node. Gives the files; nothing is written.
 * @param {import("rolldown").InputOptions} input
 * @param {import("rolldown").OutputOptions} output
 */
export async function bundle(input, output) {
  const { rolldown } = await import("rolldown");
  const bundled = await rolldown({
    cwd: top,
    platform: "node",
    external,
    // The ES module of a package before its CommonJS or UMD form, whose requires a bundler cannot always follow.
    resolve: { mainFields: ["module", "main"] },
    onLog: failOnWarning,
    // How long a plugin takes is no fault of a program, and a busy machine makes it long.
    checks: { pluginTimings: false },
    ...input,
  });
  try {
    return (await bundled.generate({ minify: true, sourcemap: false, ...output })).output;
  } finally {
    await bundled.close();
  }
}

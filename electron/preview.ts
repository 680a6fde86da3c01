// The same window in a browser, for machines without Electron's runtime: practice and recorded servers only.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { version } from "../package.json" with { type: "json" };
import { createAssistant } from "./assistant/assistant.ts";
import { dispatch } from "./assistant/dispatch.ts";
import { homeFolder } from "./assistant/home.ts";
import { createProblemNotes } from "./assistant/problem-notes.ts";
import { bareShell } from "./assistant/window-shell.ts";
import { recordingSizeLimit } from "./recording/recording.ts";
import { openPreviewHost } from "./shell/preview-host.ts";

const beside = import.meta.dirname;

/** The port of `--port`, 0 (any free one) without it; null when it is none. */
function portOf(argv: readonly string[]): number | null {
  try {
    const { values } = parseArgs({ args: [...argv], options: { port: { type: "string", default: "0" } } });
    const port = Number(values.port);
    return /^\d+$/.test(values.port) && port <= 65535 ? port : null;
  } catch {
    return null;
  }
}

async function run(): Promise<void> {
  const port = portOf(process.argv.slice(2));
  if (port === null) {
    process.stderr.write("preview: usage: preview.js [--port <0 to 65535>]\n");
    process.exitCode = 2;
    return;
  }
  const problems = createProblemNotes(() => new Date());
  const handlers = createAssistant({
    home: homeFolder(),
    assets: join(beside, "..", "assets"),
    version,
    servers: { live: false },
    shell: { ...bareShell, runtime: `${bareShell.runtime}, preview in the browser`, problems: problems.list },
    emit: (event, value) => host.emit(event, value),
  });
  const host = await openPreviewHost({
    folder: join(beside, "renderer"),
    port,
    // A recording over its own limit, as escaped text in a message, still gets its clear error.
    largestMessage: 2.5 * recordingSizeLimit,
    dispatch: async (method, input) => problems.note(method, await dispatch(handlers, method, input)),
  });
  process.stdout.write(`MIM Mail Assistant preview: ${host.address}\n`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // An installer that waits for a button must not hold the process: whoever stops the preview wants it gone.
    process.once(signal, () => void host.close().finally(() => process.exit()));
  }
}

try {
  await run();
} catch (error) {
  process.stderr.write(`preview: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

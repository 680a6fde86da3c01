#!/usr/bin/env node
import manifest from "../package.json" with { type: "json" };
import { processIo } from "./command-line/io.ts";
import { run } from "./command-line/run.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is no error, and no reason to stop amid a change.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await run(process.argv.slice(2), processIo(), manifest.version);

#!/usr/bin/env node
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { processIo } from "./command-line/io.ts";
import { run } from "./command-line/run.ts";

// A reader that has seen enough (`| head`) closes the pipe: that is no error, and no reason to stop amid a change.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const assets = join(import.meta.dirname, "..", "assets");
process.exitCode = await run(process.argv.slice(2), processIo(), manifest.version, assets);

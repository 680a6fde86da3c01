#!/usr/bin/env node
import { join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { processIo } from "./command-line/io.ts";
import { run } from "./command-line/run.ts";

const assets = join(import.meta.dirname, "..", "assets");
process.exitCode = await run(process.argv.slice(2), processIo(), manifest.version, assets);

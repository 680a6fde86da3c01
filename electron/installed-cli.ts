// The command line as it is installed: the code of mim-mail.exe. What it reads lies in the program's folder.
import { dirname, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { processIo } from "./command-line/io.ts";
import { run } from "./command-line/run.ts";

// <program>\command-line\mim-mail.exe and <program>\resources\app.asar.unpacked: a real folder, which Windows' own
// programs can read.
const unpacked = join(dirname(process.execPath), "..", "resources", "app.asar.unpacked");
run(process.argv.slice(2), processIo(), manifest.version, join(unpacked, "assets")).then((code) => {
  process.exitCode = code;
});

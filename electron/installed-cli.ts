// The command line as it is installed: the code of mim-mail.exe. What it reads lies in the program's folder.
import { dirname, join } from "node:path";
import manifest from "../package.json" with { type: "json" };
import { processIo } from "./command-line/io.ts";
import { run } from "./command-line/run.ts";

// A reader that has seen enough (`| more`) closes the pipe: that is no error, and no reason to stop amid a change.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

// <program>\command-line\mim-mail.exe and <program>\resources\app.asar.unpacked: a real folder, which Windows' own
// programs can read.
const unpacked = join(dirname(process.execPath), "..", "resources", "app.asar.unpacked");
run(process.argv.slice(2), processIo(), manifest.version, join(unpacked, "assets")).then((code) => {
  process.exitCode = code;
});

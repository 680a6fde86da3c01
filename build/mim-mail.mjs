// `npm run mim-mail -- …`: builds what is missing, then is the command line. Standard output is the command's alone.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { missingParts } from "./build.mjs";
import { isInstalled, top } from "./install.mjs";

if (!isInstalled(top) || missingParts(["node"]).length > 0) {
  const build = spawnSync(process.execPath, [join(top, "build", "build.mjs"), "node"], {
    cwd: top,
    stdio: ["ignore", 2, 2],
  });
  if (build.status !== 0) process.exit(2);
}

// npm runs scripts in the project's folder and tells in INIT_CWD where the person stood. Inside another npm script
// (npm test) it names that script's folder, so it counts only where npm runs this very script.
if (process.env.npm_lifecycle_event === "mim-mail" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);

// In this process: standard input, signals and the exit code are the command's own.
await import(pathToFileURL(join(top, "out", "mim-mail.js")).href);

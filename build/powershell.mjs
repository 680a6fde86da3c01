import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { top } from "./install.mjs";
import { cache } from "./node-runtime.mjs";

const project = join(top, "test", "windows", "powershell", "host");

/** Where what is built of the project as it stands is kept: another project is built anew. */
function builtFolder() {
  const hash = createHash("sha256");
  for (const name of readdirSync(project).sort()) hash.update(readFileSync(join(project, name)));
  return join(cache, `powershell-${hash.digest("hex").slice(0, 12)}`);
}

/**
 * The folder of the powershell.exe that the tests run in Wine.
 * @returns {string | null} null where it was not built
 */
export function findPowershell() {
  const folder = builtFolder();
  return existsSync(join(folder, "powershell.exe")) ? folder : null;
}

/**
 * Builds it where it is missing, with the .NET SDK, from the packages of PowerShell and of .NET that its project names
 * (130 MB; half a minute). Windows has its own.
 * @returns {boolean} false without the SDK, and where the packages cannot be had
 */
export function ensurePowershell() {
  if (process.platform === "win32" || findPowershell() !== null) return true;
  if (spawnSync("dotnet", ["--list-sdks"], { encoding: "utf8" }).stdout?.match(/^(?:1\d|[2-9]\d)\./m) == null)
    return false;
  process.stderr.write("Building PowerShell for the tests in Wine…\n");
  const work = mkdtempSync(join(tmpdir(), "mim-mail-powershell-"));
  const folder = builtFolder();
  const made = `${folder}.${process.pid}.tmp`;
  try {
    // A folder of its own: what a build leaves behind would become a part of the next one.
    cpSync(project, work, { recursive: true });
    mkdirSync(cache, { recursive: true });
    const env = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" };
    const argv = ["publish", "--configuration", "Release", "--output", made, "--verbosity", "quiet"];
    if (spawnSync("dotnet", argv, { cwd: work, stdio: ["ignore", 2, 2], env }).status !== 0) return false;
    renameSync(made, folder);
  } finally {
    for (const path of [work, made]) rmSync(path, { recursive: true, force: true });
  }
  return findPowershell() !== null;
}

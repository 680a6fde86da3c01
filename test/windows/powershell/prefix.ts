import { spawnSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findPowershell } from "../../../build/powershell.mjs";
import { environmentFor, openPrefix } from "../wine-prefix.ts";

const cache = join(import.meta.dirname, "..", "..", "..", "node_modules", ".cache", "mim-mail-assistant");

/** Vitest's global set-up: one prefix for all tests of this folder, with PowerShell where Windows has it. */
export async function setup(project: TestProject): Promise<() => void> {
  const powershell = findPowershell();
  if (process.platform === "win32" || !existsSync("/usr/bin/wine") || powershell === null) {
    project.provide("winePrefix", null);
    return () => {};
  }
  const { prefix, remove } = openPrefix(cache);
  installPowershell(prefix, powershell);
  project.provide("winePrefix", prefix);
  return remove;
}

/** Puts PowerShell in the place of Wine's, which does nothing and says that it did. */
export function installPowershell(prefix: string, powershell: string): void {
  const folder = join(prefix, "drive_c", "windows", "system32", "WindowsPowerShell", "v1.0");
  rmSync(folder, { recursive: true });
  symlinkSync(powershell, folder);
  // .NET maps its own code twice, to write in one place and to run in the other; in Wine 8 that ends in an internal error
  // now and then.
  const environment = ["HKCU\\Environment", "/v", "DOTNET_EnableWriteXorExecute", "/d", "0", "/f"];
  const argv = ["C:\\windows\\system32\\reg.exe", "add", ...environment];
  if (spawnSync("wine", argv, { env: environmentFor(prefix), stdio: "ignore" }).status !== 0) {
    throw new Error("the environment of the Wine prefix could not be set");
  }
}

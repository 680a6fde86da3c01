import { join } from "node:path";
import { type Ended, type RunOptions, type RunTool, systemTool, windowsFolder } from "./windows-tool.ts";

/** The scripts that ship with the product and are run by it. */
export type ScriptName =
  | "look.ps1"
  | "collect.ps1"
  | "restart-service.ps1"
  | "other-installation.ps1"
  | "cloud-probe.ps1"
  | "relay-probe.ps1"
  | "remote-look.ps1";

/** Runs one of the product's own scripts in Windows PowerShell; its arguments are texts, never code. */
export type RunScript = (script: ScriptName, argv: readonly string[], options?: RunOptions) => Promise<Ended>;

export interface PowershellOptions {
  readonly run: RunTool;
  /** The folder of the scripts, as a file system shows it to PowerShell: never inside an archive. */
  readonly scripts: string;
  readonly powershell?: string;
}

/**
 * Windows PowerShell for the product's scripts. No profile and no question; the execution policy is set for this one
 * process, because it guards against running a file by mistake and these are run on purpose; application control, which
 * does guard, is not touched by it. Modules are looked for in Windows' own folder alone.
 */
export function createPowershell({
  run,
  scripts,
  powershell = systemTool("powershell.exe"),
}: PowershellOptions): RunScript {
  const modules = `${windowsFolder()}\\System32\\WindowsPowerShell\\v1.0\\Modules`;
  return (script, argv, options = {}) =>
    run(
      powershell,
      ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", join(scripts, script), ...argv],
      { ...options, environment: { ...options.environment, PSModulePath: modules } },
    );
}

/** What a script that failed said first, on one line. */
export function scriptFault(ended: Ended): string {
  const text = `${ended.stderr.toString("latin1")}\n${ended.stdout.toString("latin1")}`;
  const line = text.split(/\r?\n/).find((one) => one.trim() !== "" && !one.startsWith("#< CLIXML"));
  const said =
    line === undefined
      ? "said nothing"
      : `said: ${line
          .trim()
          .replace(/[^ -~]/g, "?")
          .slice(0, 300)}`;
  return `PowerShell ended with ${ended.code} and ${said}`;
}

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemTool } from "../../electron/server/windows-tool.ts";
import { onWindows, wineEnvironment } from "./windows.ts";

/** How the stand-in fails, when it does. */
export type ScriptHostFault = "vbscript" | "nonsense" | "hangs";

/** Windows' own cscript.exe; elsewhere the stand-in over Wine's reg.exe. */
export interface ScriptHost {
  readonly cscript: string;
  readonly remove: () => void;
}

export function scriptHost(fault?: ScriptHostFault): ScriptHost {
  if (onWindows) return { cscript: systemTool("cscript.exe"), remove: () => {} };
  const folder = mkdtempSync(join(tmpdir(), "script-host-"));
  const cscript = join(folder, "cscript.exe");
  const { WINEPREFIX = "" } = wineEnvironment();
  const lines = [
    "#!/bin/sh",
    "unset DISPLAY WAYLAND_DISPLAY",
    `export WINEPREFIX='${WINEPREFIX}' WINEDEBUG=-all CSCRIPT_FAILS='${fault ?? ""}' CSCRIPT_LOG='${folder}/calls'`,
    `exec '${process.execPath}' '${join(import.meta.dirname, "cscript-stand-in.mjs")}' "$@"`,
    "",
  ];
  writeFileSync(cscript, lines.join("\n"));
  chmodSync(cscript, 0o755);
  return { cscript, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

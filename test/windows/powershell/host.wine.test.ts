import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasWindows, named, reg, runInWindows, unique } from "../windows.ts";
import { openSession, powershell, type Session } from "./session.ts";

describe.skipIf(!hasWindows)("the PowerShell of these tests", () => {
  let folder: string;
  let session: Session;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-host-"));
    session = openSession();
  });
  afterAll(async () => {
    await session.end();
    rmSync(folder, { recursive: true });
  });
  const script = (text: string): string => {
    const path = join(folder, "script.ps1");
    writeFileSync(path, `\uFEFF${text}`);
    return path;
  };

  test("runs a file as powershell.exe does: its switches, its arguments, its folder, its exit code", async () => {
    const path = script(`param([string] $Word, [switch] $Loud)
      Write-Output "$Word $Loud $PSScriptRoot"
      exit 300`);
    const argv = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-File", named(path)];
    const { code, stdout } = await runInWindows(powershell, [...argv, "-Word", "zwölf ☃", "-Loud"]);
    expect(stdout.toString("utf8").trim()).toBe(`zwölf ☃ True ${named(folder)}`);
    // Linux gives the lowest byte.
    expect(code).toBe(300 % 256);
  });

  test("is the engine itself, over the registry that reg.exe shows", async () => {
    const key = `HKLM\\SOFTWARE\\${unique("host")}`;
    reg("add", key, "/v", "Zwölf", "/t", "REG_EXPAND_SZ", "/d", "%PATH%", "/f", "/reg:64");
    const path = key.replace("HKLM", "Registry::HKEY_LOCAL_MACHINE");
    const text = `"$($PSVersionTable.PSVersion.Major) $($ExecutionContext.SessionState.LanguageMode)"
      $key = Get-Item -LiteralPath '${path}'
      $key.GetValueKind('Zwölf').ToString()
      $key.GetValue('Zwölf', $null, 'DoNotExpandEnvironmentNames')
      Remove-Item -LiteralPath '${path}'`;
    const output = ["7 FullLanguage", "ExpandString", "%PATH%"];
    expect(await session.run({ text })).toEqual({ code: 0, output, errors: [] });
    expect(() => reg("query", key, "/reg:64")).toThrow();
  });

  test.each([
    ["$ErrorActionPreference = 'Stop'\nGet-Item -LiteralPath C:\\nix", 1, "Cannot find path 'C:\\nix'"],
    ["throw 'no'", 1, "no"],
    ["if ($true {", 1, "Missing closing ')'"],
    ["#Requires -Version 99.0\n'x'", 1, "99.0"],
    ["$ErrorActionPreference = 'Stop'\nSet-StrictMode -Version 2.0\n$never", 1, "'$never' cannot be retrieved"],
    ["Set-StrictMode -Version 2.0\n$never", 0, "'$never' cannot be retrieved"],
  ])("fails where a script does: %j", async (text, code, said) => {
    const ended = await session.run({ file: script(text) });
    expect(ended).toEqual({ code, output: [], errors: [expect.stringContaining(said)] });
  });

  test("keeps nothing from one script to the next, and answers what a script asks", async () => {
    await session.run({ text: "$global:left = 1; function Get-Left { 'left' }; $env:LEFT = 'environment'" });
    const asks = `[CmdletBinding(SupportsShouldProcess = $true)] param()
      $ErrorActionPreference = 'Stop'
      if ($PSCmdlet.ShouldProcess('it')) { "did; left: $left" }`;
    const answers = (...given: string[]) =>
      session.run({ file: script(asks), arguments: ["-Confirm"], answers: given });
    expect(await answers("Yes")).toMatchObject({ code: 0, output: ["did; left: "] });
    expect(await answers("No")).toMatchObject({ code: 0, output: [] });
    expect(await answers()).toMatchObject({ code: 1, errors: [expect.stringContaining("nobody is there to ask")] });
  });
});

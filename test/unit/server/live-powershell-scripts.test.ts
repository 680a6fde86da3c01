import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { syntaxFaults } from "../changes/powershell-grammar.ts";

const folder = join(import.meta.dirname, "../../../assets/powershell");
const scripts = readdirSync(folder).filter((name) => name.endsWith(".ps1"));

describe("the PowerShell scripts that ship with the product", () => {
  test("are these", () => {
    expect(scripts.sort()).toEqual([
      "cloud-probe.ps1",
      "collect.ps1",
      "look.ps1",
      "other-installation.ps1",
      "relay-probe.ps1",
      "remote-look.ps1",
      "restart-service.ps1",
    ]);
  });

  test.each(scripts)("%s keeps to the grammar of Windows PowerShell 5.1", async (name) => {
    expect(await syntaxFaults(readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });

  test.each(scripts)("%s is ASCII, strict, and takes nothing for code", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(/[^\t\r\n -~]/.exec(text)).toBeNull();
    expect(text).toContain("Set-StrictMode -Version 2.0");
    expect(text).toContain("$ErrorActionPreference = 'Stop'");
    expect(text).not.toMatch(/Invoke-Expression|\biex\b|Add-Type|\bwmic\b|ScriptBlock\]::Create|-EncodedCommand/i);
  });

  test.each(["look.ps1", "collect.ps1"])("%s names the computer as Windows keeps it, and not in capitals", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toContain("computer = (Read-ComputerName)");
    expect(text).toMatch(/'ActiveComputerName', 'ComputerName'[\s\S]*Control\\ComputerName\\\$key/);
  });

  test.each(["look.ps1", "collect.ps1"])("%s says what failed itself says, not what stands around it", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toMatch(/function Get-Reason[\s\S]*while \(\$null -ne \$fault\.InnerException\)/);
    expect(text).not.toMatch(/reason = "\$\(\$_\.Exception\.Message/);
  });

  test.each(scripts)("%s loads Windows' own modules only", (name) => {
    expect(readFileSync(join(folder, name), "utf8")).toContain(
      "$env:PSModulePath = Join-Path -Path $PSHOME -ChildPath 'Modules'",
    );
  });
});

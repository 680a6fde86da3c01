import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { powershellScript } from "../../../electron/changes/powershell-script.ts";
import { profileValues } from "../../../electron/changes/profile-value.ts";
import { elevationCommand } from "../../../electron/server/live/elevation.ts";
import { requiredVersion, strangeIn, type Version } from "../changes/windows-powershell.ts";

const folder = join(import.meta.dirname, "../../../assets/powershell");
const exported = powershellScript({
  values: profileValues("guide"),
  title: "TLS",
  createdAt: new Date(0),
  version: "1.2.3",
});
const scripts: readonly (readonly [string, string])[] = [
  ...readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")] as const),
  ["tls.ps1", exported],
];

/** What is carried to other servers runs on Windows Server 2012 R2 too; the program itself needs a later Windows. */
const carried = ["collect.ps1", "tls.ps1"];

describe("the scripts and Windows PowerShell as it comes with Windows", () => {
  test.each(scripts)("%s asks for the version it needs, and has nothing of a later one", async (name, text) => {
    const version = carried.includes(name) ? "4.0" : "5.1";
    expect(requiredVersion(text)).toBe(version);
    expect(await strangeIn(text, version)).toEqual([]);
  });

  test("the line that asks for elevation has nothing of a later version", async () => {
    const line = elevationCommand({ program: "C:\\Program Files\\it's.exe", argv: ["--worker", "C:\\a b"] });
    expect(await strangeIn(line, "5.1")).toEqual([]);
  });

  test.each([
    ["Get-Item a && Get-Item b", "5.1", "&& and ||, since 7.0"],
    ["$a = $true ? 1 : 2", "5.1", "no grammar"],
    ["$a ?? 1", "5.1", "no grammar"],
    ["$a?.b", "5.1", "no grammar"],
    ["class A { [int] $x }", "4.0", "classes, since 5.0"],
    ["Stop-Service -Name x -NoWait", "4.0", "Stop-Service has no -NoWait in 4.0"],
    ["ConvertTo-Json -InputObject 1 -AsArray", "5.1", "ConvertTo-Json has no -AsArray in 5.1"],
    ["'1' | ConvertFrom-Json -AsHashtable", "5.1", "ConvertFrom-Json has no -AsHashtable in 5.1"],
    ["1..3 | ForEach-Object -Parallel { $_ }", "5.1", "ForEach-Object has no -Parallel in 5.1"],
    ["Join-Path -Path a -ChildPath b -AdditionalChildPath c", "5.1", "Join-Path has no -AdditionalChildPath in 5.1"],
    ["Set-Content -LiteralPath a -Value b -Encoding utf8NoBOM", "5.1", "Set-Content knows no -Encoding utf8NoBOM"],
    ["Get-Content -LiteralPath a -AsByteStream", "5.1", "Get-Content has no -AsByteStream in 5.1"],
    ["Invoke-WebRequest https://x", "5.1", "Invoke-WebRequest is not in the table"],
    ["Get-Error", "5.1", "Get-Error is not in the table"],
    ["[System.Guid]::new()", "4.0", "[System.Guid]::new is not in the table"],
    ["[Convert]::ToHexString($x)", "5.1", "[Convert]::ToHexString is not in the table"],
  ] as const)("the table can say no: %s", async (script, version: Version, what) => {
    expect((await strangeIn(script, version)).join("\n")).toContain(what);
  });
});

import { describe, expect, test } from "vitest";
import { valueChanges, wantedData } from "../../../electron/changes/catalogue.ts";
import { encodeScript, powershellScript } from "../../../electron/changes/powershell-script.ts";
import { syntaxFaults } from "./powershell-grammar.ts";

const script = (profile: "guide" | "minimum"): string =>
  powershellScript({
    values: valueChanges.flatMap((change) => {
      const data = wantedData(change, profile);
      return data === null ? [] : [{ key: change.key, name: change.name, data }];
    }),
    title: "TLS and strong cryptography for MIM mail",
    createdAt: new Date("2026-11-23T10:00:00Z"),
    version: "0.1.0",
  });

describe("powershellScript", () => {
  test.each(["guide", "minimum"] as const)("keeps to the grammar of Windows PowerShell 5.1: %s", async (profile) => {
    expect(await syntaxFaults(script(profile))).toEqual([]);
  });

  test("the grammar check can fail", async () => {
    expect(await syntaxFaults("if ($true { 'x'")).not.toEqual([]);
    expect(await syntaxFaults("$a = @{ Path = 'x'; Name = }")).not.toEqual([]);
  });

  test("sets what the profile sets, and nothing else", () => {
    const rows = (text: string) => [...text.matchAll(/@\{ Path = '([^']+)'; Name = '([^']+)'; Data = (\d+) \}/g)];
    expect(rows(script("guide"))).toHaveLength(20);
    expect(rows(script("minimum"))).toHaveLength(12);
    expect(script("minimum")).not.toMatch(/TLS 1\.[01]'?\\/);
    for (const [, path] of rows(script("guide"))) expect(path).toMatch(/^Registry::HKEY_LOCAL_MACHINE\\/);
  });

  test("asks for elevation, is strict, knows -WhatIf and writes its undo first", () => {
    const text = script("guide");
    expect(text).toMatch(/#Requires -RunAsAdministrator/);
    expect(text).toMatch(/Set-StrictMode/);
    expect(text).toMatch(/SupportsShouldProcess/);
    expect(text.indexOf("Set-Content -LiteralPath $undoFile")).toBeLessThan(
      text.indexOf("-PropertyType DWord -Value $change.Data"),
    );
  });

  test("says at its end what was done, and with -WhatIf that nothing was", () => {
    const text = script("guide").replaceAll("\r\n", "\n");
    const end =
      /\nif \(\$WhatIfPreference\) \{\n(.*)\n\}\nelseif \(\$done -eq 0\) \{\n(.*)\n\}\nelse \{\n(.*)\n\}\n$/.exec(text);
    expect(end?.slice(1).map((line) => line.trim())).toEqual([
      'Write-Output "What if: $($changes.Count) registry values would be set, after the undo script. Nothing was changed."',
      "Write-Output 'Nothing was changed: no value was confirmed.'",
      'Write-Output "Done: $done of $($changes.Count) registry values set. Restart Windows for them to take effect."',
    ]);
    // Nothing is called done, and nothing is written, where ShouldProcess was not asked.
    expect(text.match(/^ *Write-Output ['"]Done/gm)).toHaveLength(1);
    expect(text).toMatch(/\$written = .*'Write the undo script'\)\nif \(\$written\) \{\n {4}Set-Content/);
    expect(text).toMatch(
      /elseif \(-not \$WhatIfPreference\) \{\n.*the undo script was not confirmed\.'\n {4}return\n\}/,
    );
  });

  test("gives its undo the same ends", async () => {
    const lines = [...script("guide").matchAll(/^ *\$undo \+= (["'])(.*)\1\r$/gm)].map(([, , line = ""]) => line);
    const undo = lines.join("\n");
    expect(undo).toMatch(/if \(\$WhatIfPreference\) \{\n.*would be put back\. Nothing was changed\.'\n\}/);
    expect(undo).toMatch(/elseif \(\$done -eq 0\) \{\n.*no value was confirmed\.'\n\}\nelse \{\n.*put back\. Restart/);
    expect(undo.match(/ \$done\+\+/g)).toHaveLength(1);
    // What cannot be removed is an error, and not put back.
    expect(undo).not.toMatch(/Remove-ItemProperty.*SilentlyContinue/);
  });

  test("is ASCII with Windows line ends and a byte-order mark", () => {
    const bytes = encodeScript(script("guide"));
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.slice(3).every((byte) => byte < 0x80)).toBe(true);
    expect(script("guide").replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("refuses text that is not ASCII", () => {
    expect(() => powershellScript({ values: [], title: "“curly”", createdAt: new Date(0), version: "0.1.0" })).toThrow(
      /ASCII/,
    );
  });
});

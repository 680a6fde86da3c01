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

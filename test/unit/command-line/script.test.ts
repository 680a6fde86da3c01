import { readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { syntaxFaults } from "../changes/powershell-grammar.ts";
import { captured } from "./captured.ts";
import { ownFolder, samplePath } from "./folder.ts";

const folder = ownFolder();
const run = (argv: readonly string[]) => captured(argv, folder.at("home"));

describe("script", () => {
  test("writes one PowerShell file with a byte-order mark, and looks at nothing", async () => {
    const out = folder.at("tls.ps1");
    expect(await run(["script", "--out", out])).toEqual({ code: 0, stdout: `Wrote ${out}\n`, stderr: "" });
    const bytes = await readFile(out);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.subarray(3).toString("utf8");
    expect(text.match(/@\{ Path = '/g)).toHaveLength(20);
    expect(text).toContain("MIM Mail Assistant 1.2.3 on 2026-11-23T12:00:00.000Z");
    expect(await syntaxFaults(text)).toEqual([]);
    expect(await folder.names()).toEqual(["tls.ps1"]);
  });

  test("writes a pair of .reg files: what apply does, and what stands on the server looked at", async () => {
    const argv = ["script", "--out", folder.at("MIM02.reg"), "--server", samplePath("stuck-on-dotnet-2")];
    const { code, stdout } = await run(argv);
    expect(code).toBe(0);
    expect(stdout).toBe(`Wrote ${folder.at("MIM02.reg")}\nWrote ${folder.at("MIM02-undo.reg")}\n`);
    const [apply = "", undo = ""] = await Promise.all(
      ["MIM02.reg", "MIM02-undo.reg"].map(async (name) => {
        const bytes = await readFile(folder.at(name));
        expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
        return bytes.subarray(2).toString("utf16le");
      }),
    );
    expect(apply.match(/^"\w+"=dword:0000000[01]\r$/gm)).toHaveLength(20);
    const v2 =
      /\[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\\.NETFramework\\v2\.0\.50727\]\r\n("SchUseStrongCrypto".*)\r/;
    expect(v2.exec(apply)?.[1]).toBe('"SchUseStrongCrypto"=dword:00000001');
    expect(v2.exec(undo)?.[1]).toBe('"SchUseStrongCrypto"=-');
    expect(undo.match(/^"\w+"=/gm)).toHaveLength(20);
  });

  test("follows the profile", async () => {
    await run(["script", "--out", folder.at("m.ps1"), "--profile", "minimum"]);
    expect((await readFile(folder.at("m.ps1"), "utf8")).match(/@\{ Path = '/g)).toHaveLength(12);
  });

  test("does not write over a file without --force, nor one of a pair", async () => {
    await writeFile(folder.at("a-undo.reg"), "mine");
    expect(await run(["script", "--out", folder.at("a.reg")])).toMatchObject({ code: 2, stdout: "" });
    expect(await folder.names()).toEqual(expect.not.arrayContaining(["a.reg"]));
    expect(await readFile(folder.at("a-undo.reg"), "utf8")).toBe("mine");
    expect((await run(["script", "--out", folder.at("a.reg"), "--force"])).code).toBe(0);
    expect(await readFile(folder.at("a-undo.reg"), "utf16le")).toContain("Windows Registry Editor");
  });

  test.each([
    ["tls.dsc.yaml", "DWord"],
    ["tls.DSC.yml", "DWord"],
    ["tls.playbook.yml", "ansible.windows.win_regedit"],
    ["tls.playbook.yaml", "ansible.windows.win_regedit"],
  ])("writes %s as UTF-8 without a byte-order mark, and follows the profile", async (name, word) => {
    const argv = ["script", "--out", folder.at(name), "--profile", "minimum"];
    expect(await run(argv)).toEqual({ code: 0, stdout: `Wrote ${folder.at(name)}\n`, stderr: "" });
    const text = await readFile(folder.at(name), "utf8");
    expect(text.startsWith("# TLS and strong cryptography for MIM mail, profile minimum.\n")).toBe(true);
    expect(text).toContain("MIM Mail Assistant 1.2.3 on 2026-11-23T12:00:00.000Z");
    expect(text.split(`${word}:`)).toHaveLength(13);
    expect(() => parse(text)).not.toThrow();
    expect(await folder.names()).toEqual([name]);
  });

  test.each(["tls.bat", "tls", "tls.ps1.txt", ".reg", "tls.yaml", "tls.yml", ".dsc.yaml", ".playbook.yml"])(
    "refuses the file name %s",
    async (name) => {
      const { code, stdout, stderr } = await run(["script", "--out", folder.at(name)]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^mim-mail: the file must end in \.ps1, \.reg, \.dsc\.yaml or \.playbook\.yml \(.+\)\n/);
      expect(await folder.names()).toEqual([]);
    },
  );

  test("names every ending in its help", async () => {
    const { stdout } = await run(["script", "--help"]);
    for (const ending of [".ps1", ".reg", ".dsc.yaml", ".playbook.yml"]) expect(stdout).toContain(ending);
  });

  test("writes no undo from a recording in which the values could not be read", async () => {
    const recording = JSON.parse(await readFile(samplePath("configured"), "utf8"));
    recording.registry["HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727"] = { state: "unreadable", reason: "no" };
    await writeFile(folder.at("closed.json"), JSON.stringify(recording));
    const argv = ["script", "--out", folder.at("x.reg"), "--server", folder.at("closed.json")];
    expect(await run(argv)).toMatchObject({ code: 2, stderr: expect.stringMatching(/could not be read/) });
    expect(await folder.names()).toEqual(["closed.json"]);
  });
});

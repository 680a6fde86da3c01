import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { encodeScript, powershellScript } from "../../../electron/changes/powershell-script.ts";
import { profileValues } from "../../../electron/changes/profile-value.ts";
import type { TlsProfile } from "../../../electron/contract/target.ts";
import type { Contents } from "../../property/changes/simulation.ts";
import { requiredVersion, strangeIn } from "../../unit/changes/windows-powershell.ts";
import { hasWindows, named, reg } from "../windows.ts";
import { rawKey } from "./raw-registry.ts";
import { type Answer, type Job, openSession, type Session } from "./session.ts";

const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
const schannel = protocols.slice(0, protocols.lastIndexOf("\\"));
const net = "HKLM\\SOFTWARE\\Microsoft\\.NETFramework";
const roots = [schannel, net, net.replace("SOFTWARE", "SOFTWARE\\WOW6432Node")];
const hostile = "\u2019; throw 'run' # `$(throw 'run')\u2018 [x] \"";

/** A server on which something of each kind stands. */
const server: Contents = {
  [schannel]: {},
  [protocols]: {},
  [`${protocols}\\TLS 1.0`]: {},
  [`${protocols}\\TLS 1.0\\Client`]: {
    Enabled: { type: "REG_DWORD", data: 0xffff_ffff },
    DisabledByDefault: { type: "REG_SZ", data: hostile },
    "it's [1] $x": { type: "REG_BINARY", data: "00ff" },
  },
  [`${protocols}\\TLS 1.2`]: {},
  [`${protocols}\\TLS 1.2\\Client`]: { Enabled: { type: "REG_DWORD", data: 0xffff_ffff } },
  [net]: {},
  [`${net}\\v2.0.50727`]: { SchUseStrongCrypto: { type: "REG_MULTI_SZ", data: ["Zwölf ☃", hostile] } },
};

describe.skipIf(!hasWindows)("the exported tls.ps1", () => {
  let folder: string;
  let undoFolder: string;
  let session: Session;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-tls-"));
    session = openSession();
  });
  afterAll(async () => {
    for (const root of roots) await session.run({ text: `[RawRegistry]::Write('${root}', 'null')` });
    await session.end();
    rmSync(folder, { recursive: true });
  });
  let number = 0;
  beforeEach(async () => {
    number += 1;
    undoFolder = join(folder, `it's [${number}] $x \u2018${number}\u2019`);
    mkdirSync(undoFolder);
    await put(server);
  });

  const put = async (contents: Contents): Promise<void> => {
    const forms = join(folder, "registry.json");
    writeFileSync(forms, JSON.stringify(roots.map((root) => JSON.stringify(rawKey(contents, root)))));
    const text = `$forms = [IO.File]::ReadAllText('${named(forms)}') | ConvertFrom-Json
      $at = 0
      foreach ($root in ${roots.map((root) => `'${root}'`).join(", ")}) { [RawRegistry]::Write($root, $forms[$at]); $at++ }`;
    expect(await session.run({ text })).toEqual({ code: 0, output: [], errors: [] });
  };
  const standing = async (): Promise<unknown[]> => {
    const text = roots.map((root) => `[RawRegistry]::Read('${root}')`).join("\n");
    return (await session.run({ text })).output.map((form) => JSON.parse(form));
  };
  const before = roots.map((root) => rawKey(server, root));
  const exported = (profile: TlsProfile): string => {
    // Where scripts of an administrator may lie.
    const path = join(undoFolder, "tls.ps1");
    const values = profileValues(profile);
    writeFileSync(
      path,
      encodeScript(powershellScript({ values, title: "TLS", createdAt: new Date(), version: "1.2.3" })),
    );
    return path;
  };
  const undoFiles = (): string[] => readdirSync(undoFolder).filter((name) => name.startsWith("undo-"));
  const undo = (job: Job = {}): Promise<Answer> => {
    const [name = ""] = undoFiles();
    return session.run({ file: join(undoFolder, name), ...job });
  };

  describe.each([
    ["guide", 19],
    ["minimum", 11],
  ] as const)("in the profile %s", (profile, count) => {
    test("with -WhatIf tells every change, and makes none", async () => {
      const { code, output, errors } = await session.run({ file: exported(profile), arguments: ["-WhatIf"] });
      expect([code, errors]).toEqual([0, []]);
      expect(output.filter((line) => line.includes('"Set to '))).toHaveLength(count);
      expect(output.at(-1)).toBe(
        `What if: ${count} registry values would be set, after the undo script. Nothing was changed.`,
      );
      expect(await standing()).toEqual(before);
      expect(undoFiles()).toEqual([]);
    });

    test("sets the values, finds nothing to do the second time, and its undo gives everything back to the byte", async () => {
      const file = exported(profile);
      const first = await session.run({ file });
      expect([first.code, first.errors]).toEqual([0, []]);
      expect(first.output.at(-1)).toMatch(`Done: ${count} of ${count} registry values set.`);
      for (const { key, name, data } of profileValues(profile)) {
        const stands = reg("query", key, "/v", name, "/reg:64").stdout.toString();
        expect([key, name, /REG_DWORD\s+(0x\w+)/.exec(stands)?.[1]]).toEqual([
          key,
          name,
          // 0xffffffff says the same as 1 to SCHANNEL, and is left.
          key.endsWith("TLS 1.2\\Client") && name === "Enabled" ? "0xffffffff" : `0x${data}`,
        ]);
      }
      const after = await standing();
      const second = await session.run({ file });
      expect(second).toEqual({ code: 0, output: ["Nothing to change: every value is as wanted."], errors: [] });
      expect(undoFiles()).toHaveLength(1);

      const tried = await undo({ arguments: ["-WhatIf"] });
      expect(tried.output.at(-1)).toBe(`What if: ${count} registry values would be put back. Nothing was changed.`);
      expect(await standing()).toEqual(after);
      const undone = await undo();
      expect([undone.code, undone.errors]).toEqual([0, []]);
      expect(undone.output).toEqual([
        `Done: ${count} of ${count} registry values put back. Restart Windows for them to take effect.`,
      ]);
      expect(await standing()).toEqual(before);
    });
  });

  test("writes its undo in ASCII, with nothing that its Windows lacks, whatever stood there", async () => {
    await session.run({ file: exported("guide") });
    const [name = ""] = undoFiles();
    const text = readFileSync(join(undoFolder, name), "utf8").replace(/^\uFEFF/, "");
    expect(/[^\t\r\n -~]/.exec(text)).toBeNull();
    expect([requiredVersion(text), await strangeIn(text, "4.0")]).toEqual(["4.0", []]);
  });

  test("never writes over an undo script: two in one second are two", async () => {
    const file = exported("guide");
    for (const _ of [1, 2, 3]) {
      await put(server);
      await session.run({ file });
    }
    expect(undoFiles()).toHaveLength(3);
  });

  test.each([
    ["all of it", ["No to All"], 0, "Nothing was changed: the undo script was not confirmed."],
    ["each value", ["Yes", "No to All"], 1, "Nothing was changed: no value was confirmed."],
  ])("changes nothing when the person says no to %s", async (_what, answers, undos, end) => {
    const ended = await session.run({ file: exported("guide"), arguments: ["-Confirm"], answers });
    expect([ended.code, ended.errors, ended.output.at(-1)]).toEqual([0, [], end]);
    expect(await standing()).toEqual(before);
    expect(undoFiles()).toHaveLength(undos);
  });

  test("sets only what the person says yes to, and its undo still gives everything back", async () => {
    // The undo script, two values, all others.
    const answers = ["Yes", "No", "Yes", "No to All"];
    const ended = await session.run({ file: exported("guide"), arguments: ["-Confirm"], answers });
    expect(ended.output.at(-1)).toMatch("Done: 1 of 19 registry values set.");
    const refused = await undo({ arguments: ["-Confirm"], answers: ["No to All"] });
    expect(refused.output.at(-1)).toBe("Nothing was changed: no value was confirmed.");
    expect(await undo({ arguments: ["-Confirm"], answers: ["Yes to All"] })).toMatchObject({ code: 0, errors: [] });
    expect(await standing()).toEqual(before);
  });

  test.each([
    ["a write that fails", "if ($global:calls -eq 7) { throw 'the disk is full' }", "the disk is full"],
    ["a write that is lost", "if ($global:calls -eq 7) { return }", "was set to 0 but does not read so."],
  ])(
    "stops in the middle at %s, says how far it came, and its undo gives everything back",
    async (_what, fault, said) => {
      const standIns = join(folder, "fault.ps1");
      writeFileSync(
        standIns,
        `$global:calls = 0
      function New-ItemProperty { [CmdletBinding(SupportsShouldProcess = $true)] param($LiteralPath, $Name, $PropertyType, $Value, [switch] $Force)
        $global:calls++
        ${fault}
        Microsoft.PowerShell.Management\\New-ItemProperty @PSBoundParameters }`,
      );
      const ended = await session.run({ file: exported("guide"), standIns });
      expect(ended.code).toBe(1);
      expect(ended.errors[0]).toContain(said);
      const [name = ""] = undoFiles();
      expect(ended.errors[0]).toContain(
        `6 of 19 registry values were set. Run the undo script to put them back: ${named(join(undoFolder, name))}`,
      );
      expect(await standing()).not.toEqual(before);
      expect(await undo()).toMatchObject({ code: 0, errors: [] });
      expect(await standing()).toEqual(before);
    },
  );

  test("changes nothing when it cannot write its undo", async () => {
    const file = exported("guide");
    const ended = await session.run({ file, arguments: ["-UndoFolder", named(join(folder, "nowhere"))] });
    expect([ended.code, ended.errors.length]).toEqual([1, 1]);
    expect(await standing()).toEqual(before);
  });

  test.each([
    ["REG_DWORD_BIG_ENDIAN", 1],
    ["REG_LINK", "x"],
  ] as const)("refuses, and changes nothing, where it could not put back what stands there: %s", async (type, data) => {
    const odd: Contents = { ...server, [`${net}\\v2.0.50727`]: { SystemDefaultTlsVersions: { type, data } } };
    await put(odd);
    const ended = await session.run({ file: exported("guide") });
    expect(ended.code).toBe(1);
    expect(ended.errors[0]).toMatch(
      /SystemDefaultTlsVersions has a form that no script puts back .*Nothing was changed/,
    );
    expect(await standing()).toEqual(roots.map((root) => rawKey(odd, root)));
    expect(undoFiles()).toEqual([]);
  });
});

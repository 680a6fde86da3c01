import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { furtherAddresses } from "../../../electron/facts/addresses.ts";
import { mimProduct } from "../../../electron/facts/product.ts";
import { knownValue } from "../../../electron/recording/fact.ts";
import { readRecording } from "../../../electron/recording/read-recording.ts";
import { redactionMark, scrubs, scrubText } from "../../../electron/recording/redact.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { collectorTables } from "../../../electron/server/live/collector.ts";
import { captured } from "../command-line/captured.ts";

const scripts = join(import.meta.dirname, "../../../assets/powershell");
const collector = readFileSync(join(scripts, "collect.ps1"), "utf8");
const look = readFileSync(join(scripts, "look.ps1"), "utf8");

const between = (text: string, first: RegExp, last: RegExp): string => {
  const start = first.exec(text);
  const end = last.exec(text);
  expect([start, end]).not.toContain(null);
  return text.slice((start?.index ?? 0) + (start?.[0].length ?? 0), end?.index);
};

describe("the collector", () => {
  test("reads the addresses a look reads, and hides what a look hides", () => {
    expect(between(collector, /# <tables.*\n/, /# <\/tables>/).trim()).toBe(collectorTables());
  });

  test("reads Windows, the service, files, accounts and events as look.ps1 does, word for word", () => {
    const shared = (text: string): string => between(text, /# <shared with .*>\n/, /# <\/shared with .*>/);
    expect(shared(collector).trim()).toBe(shared(look).trim());
    for (const name of ["Read-Windows", "Read-Service", "Read-FileVersion", "Read-Account", "Read-Events"]) {
      expect(shared(look)).toContain(`function ${name} {`);
    }
  });

  test("scrubs texts as a look does, by the patterns it carries", () => {
    const rows = [
      ...collector.matchAll(/@\{ IgnoreCase = \$(\w+); Pattern = '((?:[^']|'')*)'; Replacement = '([^']*)' \}/g),
    ];
    expect(rows).toHaveLength(scrubs.length);
    const carried = (text: string): string =>
      rows.reduce((scrubbed, [, ignoreCase, pattern = "", replacement = ""]) => {
        const source = pattern.replaceAll("''", "'");
        const flags = ignoreCase === "true" ? "gi" : "g";
        return scrubbed.replace(new RegExp(source, flags), replacement.replaceAll("@@", redactionMark));
      }, text);
    for (const text of [
      '<add key="smtpPassword" value="hunter2"/><add value=\'x\' name="clientSecret"/>',
      "Data Source=SQL1;Password=hunter2;User=x",
      "Authorization: Bearer abcdefghijklmnopqrstuvwxyz",
      "token eyJ0eXAiOiJKV1QiLCJhbGciOi.body.signature",
      "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAA",
      "nothing to hide",
    ]) {
      expect(carried(text)).toBe(scrubText(text));
    }
  });
});

/** A recording in the exact form collect.ps1 writes, with a byte-order mark as Set-Content gives it. */
const uninstall = "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall";
const collected = {
  accounts: { "CONTOSO\\svcMIMService": { state: "present", sid: "S-1-5-21-1-2-3-1104" } },
  cloud: null,
  computer: "MIM02",
  events: { state: "present", from: "2026-11-16T10:00:00Z", items: [] },
  files: {
    "C:\\Media\\": { state: "present", version: null },
    "C:\\Windows\\Installer\\1a2b3c.msi": { state: "absent" },
    "C:\\Program Files\\MIM\\Service.exe": { state: "present", version: "4.6.673.0" },
  },
  format: "mim-mail-recording",
  installerRuns: [],
  journal: [
    {
      id: "2026-11-22T09-00-00Z-001",
      startedAt: "2026-11-22T09:00:00.000Z",
      endedAt: "2026-11-22T09:00:01.000Z",
      state: "applied",
      changes: [{ address: "HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v2.0.50727\\SchUseStrongCrypto" }],
    },
  ],
  recordedAt: "2026-11-23T10:00:00Z",
  registry: {
    [uninstall]: { state: "present", values: {} },
    "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall": { state: "present", values: {} },
    [`${uninstall}\\{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A5B}`]: {
      state: "present",
      values: {
        DisplayName: { type: "REG_SZ", data: "Microsoft Identity Manager Service and Portal" },
        DisplayVersion: { type: "REG_SZ", data: "4.6.607.0" },
        InstallSource: { type: "REG_SZ", data: "C:\\Media\\" },
        UninstallString: { type: "REG_EXPAND_SZ", data: "MsiExec.exe /X{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A5B}" },
        EstimatedSize: { type: "REG_DWORD", data: 4294967295 },
      },
    },
    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products\\25A9F1B6D1C3B0E4A925C0D1E2F3A4B5\\InstallProperties":
      {
        state: "present",
        values: { LocalPackage: { type: "REG_SZ", data: "C:\\Windows\\Installer\\1a2b3c.msi" } },
      },
    "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service": {
      state: "present",
      values: {
        "": { type: "REG_SZ", data: "" },
        EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", redacted: true, looksEncrypted: true },
        ExchangeOnlineTenantID: { type: "REG_SZ", data: "d3b6f5f4-6a3e-4a55-9d0e-1f6f0a4f7c11" },
      },
    },
    "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService": {
      state: "present",
      values: {
        ImagePath: { type: "REG_EXPAND_SZ", data: '"C:\\Program Files\\MIM\\Service.exe"' },
        ObjectName: { type: "REG_SZ", data: "CONTOSO\\svcMIMService" },
        FailureActions: { type: "REG_BINARY", data: "00ff" },
        DependOnService: { type: "REG_MULTI_SZ", data: ["http"] },
      },
    },
    "HKU\\S-1-5-21-1-2-3-1104\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service": {
      state: "unreadable",
      reason: "the account's hive is not loaded",
    },
  },
  services: {
    FIMService: {
      state: "present",
      status: "running",
      startedAt: "2026-11-20T04:05:00Z",
      account: "CONTOSO\\svcMIMService",
    },
  },
  texts: { "C:\\Program Files\\MIM\\Service.exe.config": { state: "present", text: "<configuration/>" } },
  tools: ["Collected with collect.ps1 in Windows PowerShell 5.1.20348.2849."],
  version: 1,
  windows: {
    build: "10.0.20348",
    caption: "Microsoft Windows Server 2022 Standard",
    reason: null,
    startedAt: "2026-11-20T04:00:00Z",
  },
};

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "collector-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a recording that comes back", () => {
  test("is read by the strict reader and judged like any other", () => {
    const bytes = Buffer.from(`\uFEFF${JSON.stringify(collected)}\r\n`);
    const recording = readRecording(bytes, "MIM02.json");
    expect(recording).toEqual(collected);
    expect(knownValue(mimProduct(seenIn(recording)))?.productCode).toBe("{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A5B}");
    const server = { name: "MIM02" } as const;
    const { steps } = judge({ recording, target: defaultTarget, today: "2026-11-23", server });
    const status = new Map(steps.flatMap((step) => step.findings.map(({ id, status }) => [id, status])));
    expect(status.get("server.windows")).toBe("done");
    expect(status.get("server.build")).toBe("done");
    expect(status.get("server.media")).toBe("action");
    expect(status.get("verify.token")).toBe("unknown");
  });

  test("holds everything these facts lead to: the collector follows them as far as a look does", () => {
    const left = furtherAddresses(readRecording(Buffer.from(JSON.stringify(collected)), "x"));
    expect({ files: left.files, texts: left.texts, accounts: left.accounts, keys: left.keys }).toEqual({
      files: [],
      texts: [],
      accounts: [],
      keys: [],
    });
  });

  test("stands in one table with others", async () => {
    for (const name of ["a.json", "b.json"]) await writeFile(join(folder, name), JSON.stringify(collected));
    const servers = ["a.json", "b.json"].flatMap((name) => ["--server", join(folder, name)]);
    const { code, stdout } = await captured(["check", ...servers], folder);
    expect([code, stdout]).toEqual([1, expect.stringContaining("a.json")]);
  });
});

describe("collect --script", () => {
  test("writes the collector, its hash and the lines to run it with", async () => {
    const path = join(folder, "collect.ps1");
    const { code, stdout, stderr } = await captured(["collect", "--script", path], folder);
    expect([code, stderr]).toEqual([0, ""]);
    const bytes = await readFile(path);
    expect(bytes.toString("utf8")).toBe(collector);
    expect(stdout).toContain(createHash("sha256").update(bytes).digest("hex").toUpperCase());
    expect(stdout).toContain("-File .\\collect.ps1 -OutFile .\\recording.json");
    expect(stdout).toContain("Invoke-Command -ComputerName MIM01, MIM02 -FilePath .\\collect.ps1");
  });

  test("writes over nothing without --force", async () => {
    const path = join(folder, "collect.ps1");
    await writeFile(path, "mine");
    expect(await captured(["collect", "--script", path], folder)).toMatchObject({ code: 2, stdout: "" });
    expect(await readFile(path, "utf8")).toBe("mine");
    expect((await captured(["collect", "--script", path, "--force"], folder)).code).toBe(0);
  });

  test.each([
    [["collect"], "required option '--out <recording.json>' not specified"],
    [["collect", "--script", "x.ps1", "--out", "y.json"], "--script goes with neither --out nor --server"],
    [["collect", "--script", "x.ps1", "--server", "practice"], "--script goes with neither --out nor --server"],
  ])("refuses %j", async (argv, what) => {
    const { code, stderr } = await captured(argv, folder);
    expect([code, stderr.split("\n")[0]]).toEqual([2, `mim-mail: ${what} (mim-mail collect)`]);
  });
});

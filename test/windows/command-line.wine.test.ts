import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Checklist, Finding } from "../../electron/contract/checklist.ts";
import { mimServiceKey, serviceKey } from "../../electron/facts/service.ts";
import { readRecording } from "../../electron/recording/read-recording.ts";
import { buildPackage, install, uninstall } from "./mim-package.ts";
import { driveC, hasWindows, named, reg, regTool } from "./windows.ts";
import { mimMail, type Said, windowsNode } from "./windows-node.ts";

const productCode = "{6B1F9A52-3C1D-4E0B-9A52-0C1D2E3F4A10}";
const programFolder = "C:\\Program Files\\MIM ☃ Service";
const program = `${programFolder}\\Microsoft.ResourceManagement.Service.exe`;
const secret = "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAsecretsecretsecret";
const password = "hunter2-in-the-configuration";
const changeOver =
  /^mim-mail: The registry is read with PowerShell or with reg\.exe, because regedit cannot be used: Windows Script Host .*\n$/;

/** Everything the catalogue may change, as reg.exe exports it. */
const changed = [
  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL",
  "HKLM\\SOFTWARE\\Microsoft\\.NETFramework",
];

describe.skipIf(!hasWindows)("the built command line on Windows' own Node, on the live server", () => {
  let folder: string;
  const journals = driveC("ProgramData", "MIM Mail Assistant", "journal");
  const powershell = driveC("windows", "system32", "WindowsPowerShell", "v1.0", "powershell.exe");
  const run = (...argv: readonly string[]): Said => mimMail(folder, argv);

  const exported = (): Promise<string> =>
    regTool.withScratch(async (scratch) => {
      const texts = changed.map((key) => {
        const file = scratch.file(`${changed.indexOf(key)}.reg`);
        reg("export", key, file.named, "/y", "/reg:64");
        return readFileSync(file.path, "utf16le");
      });
      return texts.join("\n");
    });
  const findingsOf = (said: Said): ReadonlyMap<string, Finding> => {
    const { steps } = JSON.parse(said.stdout) as Checklist;
    return new Map(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding])));
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-live-"));
    windowsNode();
    install(buildPackage(join(folder, "package"), { productCode, bitness: 64, noModify: false }));
    const set = (key: string, name: string, type: string, data: string) =>
      reg("add", key, "/v", name, "/t", type, "/d", data, "/f", "/reg:64");
    set(serviceKey, "ImagePath", "REG_EXPAND_SZ", `"${program}" -x`);
    set(serviceKey, "ObjectName", "REG_SZ", "CONTOSO\\svcMIMService");
    set(mimServiceKey, "EncryptedExchangeOnlineClientSecret", "REG_SZ", secret);
    set(mimServiceKey, "ExchangeOnlineTenantID", "REG_SZ", "d3b6f5f4-6a3e-4a55-9d0e-1f6f0a4f7c11");
    for (const key of changed) reg("add", key, "/v", "before", "/t", "REG_SZ", "/d", "Zwölf ☃", "/f", "/reg:64");
    // One value is there before, of another type and in a user's way.
    set(`${changed[1]}\\v2.0.50727`, "SchUseStrongCrypto", "REG_SZ", "yes");
    const files = driveC(...programFolder.split("\\").slice(1));
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, "Microsoft.ResourceManagement.Service.exe"), "");
    const config = `<configuration><appSettings><add key="mailServer" value="mail.contoso.com"/><add key="smtpPassword" value="${password}"/></appSettings></configuration>`;
    writeFileSync(join(files, "Microsoft.ResourceManagement.Service.exe.config"), config);
  });
  afterEach(() => rmSync(journals, { recursive: true, force: true }));
  afterAll(() => {
    uninstall(productCode);
    for (const key of [serviceKey, mimServiceKey, ...changed]) reg("delete", key, "/f", "/reg:64");
    rmSync(folder, { recursive: true, force: true });
  });

  test("checks it with reg.exe where VBScript does not run, and says so", () => {
    const said = run("check", "--json", "--today", "2026-11-23");
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(changeOver);
    expect(JSON.parse(said.stdout)).toMatchObject({ server: "live", today: "2026-11-23" });
    const found = findingsOf(said);
    expect(found.get("server.product")?.status).toBe("done");
    expect(found.get("server.media")?.status).toBe("done");
    expect(found.get("mail.serverType")?.actual).toMatch(/smtp/i);
    expect(found.get("azure.secret")?.status).toBe("done");
    expect(found.get("tls.dotnet.v2.64")?.status).toBe("action");
    expect(found.get("server.restartPending")?.status).toBe("done");
  });

  test("calls every fact of PowerShell's unreadable when it says nothing, and invents none", () => {
    const found = findingsOf(run("check", "--json"));
    for (const id of [
      "server.windows",
      "server.service",
      "account.sid",
      "verify.token",
      "verify.events",
      "verify.service",
    ]) {
      expect([id, found.get(id)?.status]).toEqual([id, "unknown"]);
    }
    expect(found.get("server.service")?.actual).toContain("PowerShell ended without an answer");
  });

  test("tells the fault of a PowerShell that fails", () => {
    const kept = `${powershell}.kept`;
    renameSync(powershell, kept);
    // A program that takes these arguments for wrong, and none of Wine's own, which are started by their name alone.
    copyFileSync(windowsNode(), powershell);
    try {
      const found = findingsOf(run("check", "--json"));
      for (const id of ["server.windows", "server.service", "account.sid", "verify.events"]) {
        expect([id, found.get(id)?.status, found.get(id)?.actual]).toEqual([
          id,
          "unknown",
          expect.stringMatching(/PowerShell ended with 9 and said: .*bad option: -NoProfile/),
        ]);
      }
    } finally {
      renameSync(kept, powershell);
    }
  });

  test("collects a recording that its strict reader takes, without a secret", () => {
    const path = join(folder, "live ☃.json");
    const said = run("collect", "--out", named(path), "--force");
    expect([said.code, said.stderr]).toEqual([0, expect.stringMatching(changeOver)]);
    const bytes = readFileSync(path);
    const recording = readRecording(bytes, path);
    expect(recording.tools).toEqual([
      expect.stringContaining("regedit cannot be used"),
      expect.stringContaining("with reg.exe, because PowerShell cannot be used either"),
    ]);
    expect(recording.registry[serviceKey]).toMatchObject({
      values: { ImagePath: { type: "REG_EXPAND_SZ", data: `"${program}" -x` } },
    });
    expect(recording.files[program]).toMatchObject({
      state: "unreadable",
      reason: expect.stringMatching(/^it is there/),
    });
    expect(recording.texts[`${program}.config`]).toMatchObject({ state: "present" });
    for (const hidden of [secret, password]) expect(bytes.includes(hidden)).toBe(false);
  });

  test("plans, applies and undoes: the registry is as it was, down to the last character", async () => {
    const before = await exported();
    const plan = run("plan", "--profile", "guide", "--json");
    expect(plan.code).toBe(0);
    expect(await exported()).toBe(before);
    const { rows } = JSON.parse(plan.stdout) as { rows: { key: string; name: string; to: { data: number } }[] };
    expect(rows).toHaveLength(20);

    const applied = run("apply", "--profile", "guide", "--yes", "--copy-config");
    expect(applied).toMatchObject({ code: 0, stderr: expect.stringMatching(changeOver) });
    expect(applied.stdout).toContain("20 values changed");
    const after = await exported();
    for (const { key, name, to } of rows) {
      const section = after
        .split(/\r\n(?=\[)/)
        .find((part) => part.toLowerCase().startsWith(`[${key.replace("HKLM", "HKEY_LOCAL_MACHINE")}]`.toLowerCase()));
      // What lies under WOW6432Node is read below.
      if (!key.includes("WOW6432Node")) expect(section).toContain(`"${name}"=dword:0000000${to.data}`);
    }
    const strong = reg(
      "query",
      "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\.NETFramework\\v2.0.50727",
      "/v",
      "SchUseStrongCrypto",
      "/reg:64",
    );
    expect(strong.stdout.toString()).toContain("0x1");

    const kept = readdirSync(journals);
    expect(kept.filter((name) => name.endsWith(".journal"))).toHaveLength(1);
    const [undo = ""] = kept.filter((name) => name.endsWith("-undo.reg"));
    expect(readFileSync(join(journals, undo), "utf16le")).toContain('"SchUseStrongCrypto"="yes"');
    const [copy = ""] = readdirSync(join(journals, "config"));
    expect(readFileSync(join(journals, "config", copy), "utf8")).toContain(password);

    expect(run("check", "--json").stdout).toContain("tls.dotnet.v2.64");
    expect(findingsOf(run("check", "--json")).get("tls.dotnet.v2.64")?.status).toBe("done");

    const undone = run("undo");
    expect(undone).toMatchObject({ code: 0, stderr: expect.stringMatching(changeOver) });
    expect(undone.stdout).toContain("20 values put back");
    expect(await exported()).toBe(before);
    expect(run("undo", "--list").stdout).toMatch(/put back {2}change, 20 values/);
  });

  test("says which values stand when the restart after them fails, and puts them back on demand", async () => {
    const before = await exported();
    const applied = run("apply", "--profile", "minimum", "--yes", "--restart");
    expect([applied.code, applied.stderr]).toEqual([4, expect.stringContaining("FIMService could not be restarted")]);
    expect(await exported()).not.toBe(before);
    expect(run("undo").code).toBe(0);
    expect(await exported()).toBe(before);
  });
});

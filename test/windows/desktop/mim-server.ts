import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RegistryValue } from "../../../electron/recording/recording.ts";
import { newPracticeState } from "../../../electron/server/practice/new-practice-state.ts";
import { named } from "../windows.ts";
import { environmentFor } from "../wine-prefix.ts";

/** The product code of the stand-in for the MIM Service and Portal: the practice server's. */
export const productCode = "{5A7CB0A3-7AA2-4F36-8D77-3B0E4A6C1F52}";

/** Runs a program in the prefix and waits for it; throws when it fails. */
export function runIn(prefix: string, program: string, ...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("wine", [`C:\\windows\\system32\\${program}`, ...argv], {
    env: environmentFor(prefix),
    encoding: "utf8",
    timeout: 120_000,
  });
  if (status !== 0) throw new Error(`${program} ${argv.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** A file of drive C of the prefix. */
export function fileIn(prefix: string, path: string): string {
  return join(prefix, "drive_c", ...path.replace(/^C:\\/i, "").split("\\"));
}

const longRoots: Readonly<Record<string, string>> = { HKLM: "HKEY_LOCAL_MACHINE", HKU: "HKEY_USERS" };

const bytesOf = (text: string): string =>
  Buffer.from(`${text}\0`, "utf16le")
    .toString("hex")
    .replace(/..(?=.)/g, "$&,");

function dataText(value: RegistryValue): string {
  if (!("data" in value)) throw new Error("a value without data cannot be written");
  const { type, data } = value;
  if (type === "REG_DWORD") return `dword:${Number(data).toString(16).padStart(8, "0")}`;
  if (type === "REG_EXPAND_SZ") return `hex(2):${bytesOf(String(data))}`;
  if (type === "REG_SZ") return `hex(1):${bytesOf(String(data))}`;
  throw new Error(`no value of this server is ${type}`);
}

/** Registry keys as a file that reg.exe imports. */
export function regText(keys: Readonly<Record<string, Readonly<Record<string, RegistryValue>>>>): string {
  const parts = Object.entries(keys).map(([key, values]) => {
    const long = key.replace(/^[^\\]+/, (root) => longRoots[root] ?? root);
    const lines = Object.entries(values).map(([name, value]) => `"${name}"=${dataText(value)}`);
    return [`[${long}]`, ...lines, ""].join("\r\n");
  });
  return `\ufeffWindows Registry Editor Version 5.00\r\n\r\n${parts.join("\r\n")}\r\n`;
}

/** The package of the stand-in: in Change mode it runs what stands for the wizard, and waits for its end. */
const packageSource = `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="${productCode}" Name="Microsoft Identity Manager Service and Portal" Language="1033"
      Version="4.6.607.0" Manufacturer="Microsoft Corporation" UpgradeCode="{AAAAAAAA${productCode.slice(9)}">
    <Package InstallerVersion="200" Compressed="yes" InstallScope="perMachine"/>
    <Media Id="1" Cabinet="mim.cab" EmbedCab="yes"/>
    <Property Id="WIZARD" Value="C:\\windows\\system32\\cmd.exe"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="INSTALLDIR" Name="MIM Mail Test">
          <Component Id="Service" Guid="{BBBBBBBB${productCode.slice(9)}" Win64="yes">
            <File Id="ServiceFile" Name="service.txt" Source="service.txt" KeyPath="yes"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Service"/></Feature>
    <CustomAction Id="ConfigureMail" Property="WIZARD" ExeCommand="/c C:\\stand-in\\wizard.cmd" Return="check"/>
    <InstallExecuteSequence>
      <Custom Action="ConfigureMail" Before="InstallFinalize">Installed AND NOT REMOVE</Custom>
    </InstallExecuteSequence>
  </Product>
</Wix>
`;

/** The account that the service runs as: one that this Windows knows, so that its name is translated for real. */
export interface ServiceAccount {
  readonly name: string;
  readonly sid: string;
}

function accountOf(prefix: string): ServiceAccount {
  const name = runIn(prefix, "cmd.exe", "/c", "echo %USERDOMAIN%\\%USERNAME%").trim();
  const listed = runIn(prefix, "reg.exe", "query", "HKEY_USERS");
  const sid = /HKEY_USERS\\(S-1-5-21-[\d-]+)\r?\n/.exec(listed)?.[1];
  if (sid === undefined) throw new Error(`no user's hive is loaded: ${listed}`);
  return { name, sid };
}

/**
 * Makes the Windows of a prefix the practice server as it is before the first lesson: its registry, files and service,
 * and its product, installed by Windows Installer. Everything but CIM and the event log is real.
 */
export function makeMimServer(prefix: string): ServiceAccount {
  const account = accountOf(prefix);
  const { registry, files, texts } = newPracticeState(new Date());
  const put = (path: string, text: string): void => {
    const place = fileIn(prefix, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  };
  const keys = Object.entries(registry).flatMap(([key, values]) => {
    // The product's own keys are Windows Installer's to write.
    if (/\\(Uninstall|UserData)(\\|$)/i.test(key)) return [];
    const own = key.replace(/^HKU\\[^\\]+/i, `HKU\\${account.sid}`);
    const renamed = Object.entries(values).map(([name, value]): [string, RegistryValue] =>
      name === "ObjectName" ? [name, { type: "REG_SZ", data: account.name }] : [name, value],
    );
    return [[own, Object.fromEntries(renamed)] as const];
  });
  put("C:\\stand-in\\server.reg", "");
  writeFileSync(fileIn(prefix, "C:\\stand-in\\server.reg"), regText(Object.fromEntries(keys)), "utf16le");
  runIn(prefix, "reg.exe", "import", "C:\\stand-in\\server.reg");
  for (const path of Object.keys(files)) {
    if (path.endsWith("\\")) mkdirSync(fileIn(prefix, path), { recursive: true });
    else put(path, "");
  }
  for (const [path, text] of Object.entries(texts)) put(path, text.state === "present" ? text.text : "");

  const folder = fileIn(prefix, "C:\\stand-in\\package");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "mim.wxs"), packageSource);
  writeFileSync(join(folder, "service.txt"), "The MIM Service of these tests.\n");
  const made = spawnSync("wixl", ["-a", "x64", "-o", "mim.msi", "mim.wxs"], { cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`wixl: ${made.stderr}`);
  runIn(prefix, "msiexec.exe", "/i", named(join(folder, "mim.msi")), "/qn");
  return account;
}

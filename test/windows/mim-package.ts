import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { named, onWindows, wineEnvironment } from "./windows.ts";

/** A stand-in for the installer package of the MIM Service and Portal: its names and versions, and one small file. */
export interface MimPackage {
  readonly productCode: string;
  readonly bitness: 64 | 32;
  /** True for a package that offers no Change in Windows' list of programs: its UninstallString is then `/X`. */
  readonly noModify: boolean;
  /** True for a package that installs, and whose every later run fails on a condition. */
  readonly failsOnChange?: boolean;
}

/** The folder the package installs into, below C:\Program Files. */
export const packageFolder = "MIM Mail Test";

function source({ productCode, bitness, noModify, failsOnChange = false }: MimPackage): string {
  const tail = productCode.slice(9);
  const wide = bitness === 64;
  return `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="${productCode}" Name="Microsoft Identity Manager Service and Portal" Language="1033"
      Version="4.6.607.0" Manufacturer="Microsoft Corporation" UpgradeCode="{AAAAAAAA${tail}">
    <Package InstallerVersion="200" Compressed="yes" InstallScope="perMachine"/>
    <Media Id="1" Cabinet="mim.cab" EmbedCab="yes"/>
    ${failsOnChange ? '<Condition Message="It fails on purpose.">NOT Installed OR REMOVE</Condition>' : ""}
    ${noModify ? '<Property Id="ARPNOMODIFY" Value="1"/>' : ""}
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="${wide ? "ProgramFiles64Folder" : "ProgramFilesFolder"}">
        <Directory Id="INSTALLDIR" Name="${packageFolder}">
          <Component Id="Service" Guid="{BBBBBBBB${tail}"${wide ? ' Win64="yes"' : ""}>
            <File Id="ServiceFile" Name="service.txt" Source="service.txt" KeyPath="yes"/>
          </Component>
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="Main" Level="1"><ComponentRef Id="Service"/></Feature>
  </Product>
</Wix>
`;
}

/** Builds the package with wixl; gives its path. */
export function buildPackage(folder: string, what: MimPackage): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "mim.wxs"), source(what));
  writeFileSync(join(folder, "service.txt"), "The MIM Service of these tests.\n");
  const argv = ["-a", what.bitness === 64 ? "x64" : "x86", "-o", "mim.msi", "mim.wxs"];
  const { status, stderr } = spawnSync("wixl", argv, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`wixl: ${stderr}`);
  return join(folder, "mim.msi");
}

/** Runs Windows Installer to its end; gives its exit code, on Linux the lowest byte of it. */
export function msiexec(...argv: readonly string[]): number | null {
  const program = "C:\\windows\\system32\\msiexec.exe";
  const [file, args] = onWindows ? [program, argv] : ["wine", [program, ...argv]];
  const env = onWindows ? process.env : wineEnvironment();
  return spawnSync(file, args, { env, stdio: "ignore", timeout: 120_000 }).status;
}

/** Installs a package without its pages. */
export function install(path: string): void {
  const status = msiexec("/i", named(path), "/qn");
  if (status !== 0) throw new Error(`msiexec ended with ${status}`);
}

export function uninstall(productCode: string): void {
  msiexec("/x", productCode, "/qn");
}

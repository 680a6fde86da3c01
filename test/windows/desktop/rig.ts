import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RegistryValue } from "../../../electron/recording/recording.ts";
import { fileIn, regText, runIn, type ServiceAccount } from "./mim-server.ts";

/** What CIM and the event log tell of the server; `stand-ins.ps1` reads it anew each time. */
export interface ToldServer {
  readonly windows: { readonly caption: string; readonly build: string; readonly startedAt: string };
  readonly service: {
    readonly status: string;
    readonly account: string;
    readonly sid: string;
    readonly startedAt: string;
  };
  readonly events: readonly {
    readonly log: string;
    readonly record: number;
    readonly provider: string;
    readonly id: number;
    readonly at: string;
    readonly text: string;
  }[];
}

/** Windows' own programs that this Wine has not, by small ones that are told in their sources; made with NSIS. */
export function putTools(prefix: string): void {
  for (const name of ["whoami", "icacls"]) {
    const output = fileIn(prefix, `C:\\windows\\system32\\${name}.exe`);
    rmSync(output, { force: true });
    const source = join(import.meta.dirname, `${name}.nsi`);
    const made = spawnSync("/usr/bin/makensis", ["-V2", "-WX", `-DOUTPUT=${output}`, source], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`makensis: ${made.stdout}${made.stderr}`);
  }
}

export function tellServer(prefix: string, server: ToldServer): void {
  writeFileSync(fileIn(prefix, "C:\\stand-in\\server.json"), JSON.stringify(server));
}

/** Whether Windows' question is left open, or declined, from now on. */
export function answerPrompt(prefix: string, answer: "yes" | "no" | "later"): void {
  for (const [name, given] of [
    ["declines", "no"],
    ["waits", "later"],
  ] as const) {
    const path = fileIn(prefix, `C:\\stand-in\\${name}.txt`);
    if (given === answer) writeFileSync(path, "");
    else rmSync(path, { force: true });
  }
}

const configFile =
  "C:\\Program Files\\Microsoft Forefront Identity Manager\\2010\\Service\\Microsoft.ResourceManagement.Service.exe.config";

/** What a person enters on the wizard's pages: values of the registry, and settings of the configuration file. */
export interface Entered {
  readonly values: Readonly<Record<string, RegistryValue>>;
  readonly settings: Readonly<Record<string, string>>;
}

/** Prepares the wizard's last page: its custom action writes what was entered, once it may go on. */
export function prepareWizard(prefix: string, { sid }: ServiceAccount, { values, settings }: Entered): void {
  const key = "SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
  const keys = { [`HKLM\\${key}`]: values, [`HKU\\${sid}\\${key}`]: {} };
  writeFileSync(fileIn(prefix, "C:\\stand-in\\entered.reg"), regText(keys), "utf16le");
  const config = fileIn(prefix, configFile);
  const written = Object.entries(settings).reduce(
    (text, [name, value]) => text.replace(new RegExp(`(key="${name}" value=")[^"]*`), `$1${value}`),
    readFileSync(config, "utf8"),
  );
  writeFileSync(fileIn(prefix, "C:\\stand-in\\entered.config"), written);
  const lines = [
    "@echo off",
    ":wait",
    "if exist C:\\stand-in\\install.txt goto install",
    "C:\\windows\\system32\\ping.exe -n 3 127.0.0.1 >nul",
    "goto wait",
    ":install",
    `copy /y C:\\stand-in\\entered.config "${configFile}" >nul`,
    "C:\\windows\\system32\\reg.exe import C:\\stand-in\\entered.reg",
  ];
  writeFileSync(fileIn(prefix, "C:\\stand-in\\wizard.cmd"), `${lines.join("\r\n")}\r\n`);
}

/** Presses Install on the last page. */
export function pressInstall(prefix: string): void {
  writeFileSync(fileIn(prefix, "C:\\stand-in\\install.txt"), "");
}

/** A part of the registry as reg.exe exports it. */
export function exported(prefix: string, key: string): string {
  const file = "C:\\stand-in\\exported.reg";
  if (existsSync(fileIn(prefix, file))) rmSync(fileIn(prefix, file));
  runIn(prefix, "reg.exe", "export", key, file, "/y");
  return spawnSync("iconv", ["-f", "utf-16", "-t", "utf-8", fileIn(prefix, file)], { encoding: "utf8" }).stdout;
}

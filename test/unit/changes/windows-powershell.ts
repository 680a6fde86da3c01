import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);

/**
 * Versions of Windows PowerShell a script may ask for: 4.0 is Windows Server 2012 R2's own, 5.1 that of 2016 and later.
 * Source: https://learn.microsoft.com/en-us/powershell/scripting/install/windows-powershell-system-requirements
 */
export type Version = "4.0" | "5.1";

/**
 * What later versions have beside, by the node of the syntax tree; `?:`, `??`, `?.` and `&` at an end are no grammar at all
 * here. Sources: https://learn.microsoft.com/en-us/powershell/scripting/whats-new/differences-from-windows-powershell and
 * …/whats-new/what-s-new-in-windows-powershell-50
 */
const syntax: Readonly<Record<string, { readonly what: string; readonly since: string }>> = {
  pipeline_chain_tail: { what: "&& and ||", since: "7.0" },
  class_statement: { what: "classes", since: "5.0" },
  enum_statement: { what: "enumerations", since: "5.0" },
};

/** Parameters every command has. */
const common = ["ErrorAction", "ErrorVariable", "WarningAction", "OutVariable", "Verbose", "Confirm", "WhatIf"];

/**
 * The commands a script may use, with the parameters of theirs that Windows PowerShell 4.0 has; `5.0` are those that came
 * with 5.0. What a script needs beside is looked up first, in the reference of that version:
 * https://learn.microsoft.com/en-us/powershell/module/?view=powershell-5.1. Left out on purpose: Invoke-WebRequest, which
 * needs -UseBasicParsing and the person's TLS, and Get-WmiObject, which later versions lack.
 */
const commands: Readonly<Record<string, string | { readonly "4.0": string; readonly "5.0": string }>> = {
  "ConvertFrom-Json": "InputObject",
  "ConvertTo-Json": "InputObject Depth Compress",
  "ForEach-Object": "Process Begin End InputObject",
  "Get-ChildItem": "Path LiteralPath Filter Include Exclude Recurse Force Name",
  "Get-CimInstance": "ClassName Filter Namespace Property",
  "Get-Content": "Path LiteralPath Raw Encoding TotalCount Tail",
  "Get-Date": "Date Format UFormat",
  "Get-Item": "Path LiteralPath Force",
  "Get-ItemProperty": "Path LiteralPath Name",
  "Get-Service": "Name DisplayName DependentServices RequiredServices",
  "Get-WinEvent": "FilterHashtable FilterXPath FilterXml LogName ProviderName MaxEvents Oldest ListProvider ListLog",
  "Invoke-Command": "ComputerName FilePath ScriptBlock SessionOption ArgumentList",
  "Join-Path": "Path ChildPath Resolve",
  "New-Item": "Path Name ItemType Value Force",
  "New-ItemProperty": "Path LiteralPath Name PropertyType Value Force",
  "New-Object": "TypeName ArgumentList Property",
  "New-PSSessionOption": "OpenTimeout MaximumReceivedDataSizePerCommand MaximumReceivedObjectSize NoMachineProfile",
  "Out-Null": "",
  "Remove-Item": "Path LiteralPath Recurse Force",
  "Remove-ItemProperty": "Path LiteralPath Name Force",
  "Select-Object": "Property ExpandProperty First Last Skip Unique",
  "Set-Content": "Path LiteralPath Value Encoding Force",
  "Set-StrictMode": "Version",
  "Sort-Object": "Property Descending Unique",
  "Start-Process": "FilePath ArgumentList WorkingDirectory Verb WindowStyle PassThru",
  "Start-Service": "Name PassThru",
  "Start-Sleep": "Seconds Milliseconds",
  "Stop-Service": { "4.0": "Name Force PassThru", "5.0": "NoWait" },
  "Test-Path": "Path LiteralPath PathType",
  "Where-Object": "FilterScript Property EQ",
  "Write-Error": "Message ErrorId ErrorRecord Category",
  "Write-Output": "InputObject NoEnumerate",
};

/**
 * How a text may be written and read: the names of later versions (utf8NoBOM, ansi) are not known. UTF8 writes a byte-order
 * mark here and none in PowerShell 7; whoever reads what these scripts write takes both.
 */
const encodings = /^['"]?(?:UTF8|Unicode|BigEndianUnicode|ASCII|UTF32|Default|OEM)['"]?$/i;

/**
 * What may be called of .NET itself: it is there in .NET Framework 4.5, which both versions run on.
 * Source: https://learn.microsoft.com/en-us/dotnet/api/?view=netframework-4.5
 */
const statics = new Set(
  [
    "[array]::Reverse",
    "[BitConverter]::GetBytes",
    "[BitConverter]::ToString",
    "[BitConverter]::ToUInt32",
    "[BitConverter]::ToUInt64",
    "[Environment]::ExpandEnvironmentVariables",
    "[Environment]::Is64BitProcess",
    "[Microsoft.Win32.RegistryKey]::OpenBaseKey",
    "[Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames",
    "[regex]::Replace",
    "[regex]::Unescape",
    "[System.Diagnostics.Stopwatch]::StartNew",
    "[System.IO.File]::ReadAllText",
    "[System.Net.Dns]::GetHostAddresses",
    "[System.Net.ServicePointManager]::SecurityProtocol",
    "[System.Net.WebRequest]::Create",
    "[System.Net.WebRequest]::DefaultWebProxy",
    "[System.Text.Encoding]::ASCII",
    "[System.Threading.Mutex]::OpenExisting",
  ].map((one) => one.toLowerCase()),
);

/** The version a script asks for in its first line; null where it asks for none. */
export function requiredVersion(script: string): string | null {
  return /^#Requires -Version (\d+\.\d+)\r?\n/.exec(script.replace(/^\uFEFF/, ""))?.[1] ?? null;
}

/** Everything in a script that a version of Windows PowerShell lacks or takes otherwise, as "line: what"; empty for a good one. */
export async function strangeIn(script: string, version: Version): Promise<string[]> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm")));
  const tree = parser.parse(script.replace(/^\uFEFF/, ""));
  if (tree === null) return ["0: not parsed"];
  const own = new Set([...script.matchAll(/^\s*function ([\w-]+)/gm)].map(([, name = ""]) => name.toLowerCase()));
  const found: string[] = [];
  const visit = (node: Node): void => {
    const tell = (what: string): void => void found.push(`${node.startPosition.row + 1}: ${what}`);
    const later = syntax[node.type];
    if (node.isError || node.isMissing) tell("no grammar of Windows PowerShell");
    if (later !== undefined && Number(later.since) > Number(version)) tell(`${later.what}, since ${later.since}`);
    if (node.type === "command") for (const what of strangeCommand(node, own, version)) tell(what);
    if (node.type === "invokation_expression" || node.type === "member_access") {
      const called = /^(\[[\w.]+\])\s*::\s*(\w+)/.exec(node.text);
      if (called !== null && !statics.has(`${called[1]}::${called[2]}`.toLowerCase())) {
        tell(`${called[0]} is not in the table`);
      }
    }
    for (const child of node.children) if (child !== null) visit(child);
  };
  visit(tree.rootNode);
  return found;
}

function* strangeCommand(node: Node, own: ReadonlySet<string>, version: Version): Iterable<string> {
  const name = node.childForFieldName("command_name")?.text ?? "";
  // A command in a variable, and a function of the script itself.
  if (name === "" || own.has(name.toLowerCase())) return;
  const row = Object.entries(commands).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  if (row === undefined) return yield `${name} is not in the table`;
  const known = typeof row === "string" ? row : version === "4.0" ? row["4.0"] : `${row["4.0"]} ${row["5.0"]}`;
  const parameters = [...known.split(" "), ...common].map((one) => one.toLowerCase());
  const elements = node.childForFieldName("command_elements")?.children ?? [];
  for (const [at, element] of elements.entries()) {
    if (element?.type !== "command_parameter") continue;
    const parameter = element.text.replace(/^-|:$/g, "");
    if (!parameters.includes(parameter.toLowerCase())) yield `${name} has no -${parameter} in ${version}`;
    if (parameter.toLowerCase() !== "encoding") continue;
    const value = elements.slice(at + 1).find((one) => one?.type !== "command_argument_sep")?.text ?? "";
    if (!encodings.test(value)) yield `${name} knows no -Encoding ${value}`;
  }
}

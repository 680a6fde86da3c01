import { createHash } from "node:crypto";
import { openName, secretWords } from "../../contract/secret-signs.ts";
import { fixedKeys, fixedServices, uninstallRoots } from "../../facts/addresses.ts";
import { installerProductsKey, productNames } from "../../facts/product.ts";
import { serviceKey } from "../../facts/service.ts";
import { hiveKey } from "../../facts/token.ts";
import {
  encryptedBase64,
  encryptedBytes,
  openNames,
  redactionMark,
  scrubs,
  secretName,
  userServiceKey,
} from "../../recording/redact.ts";
import { noSecret } from "../../recording/scrub-xml.ts";

/** Stands in a replacement for the mark, which is not ASCII. */
const placeholder = "@@";

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const list = (texts: readonly string[]): string => texts.map((text) => `    ${quoted(text)}`).join("\n");

/** A pattern as .NET takes it, in ASCII. */
function pattern(source: string): string {
  return source.replaceAll("\\/", "/").replace(/[^ -~]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/**
 * The tables of collect.ps1, as PowerShell: the addresses it reads and what it hides. They stand in the script, which
 * has to be one file; a test holds the two against each other, so that they cannot part.
 */
export function collectorTables(): string {
  const scrubRows = scrubs.map(
    ([{ source, flags }, replacement]) =>
      `    @{ IgnoreCase = $${flags.includes("i")}; Pattern = ${quoted(pattern(source))}; Replacement = ${quoted(
        replacement.replaceAll(redactionMark, placeholder),
      )} }`,
  );
  return [
    `$uninstallRoots = @(\n${list(uninstallRoots)}\n)`,
    `$fixedKeys = @(\n${list(fixedKeys)}\n)`,
    `$fixedServices = @(\n${list(fixedServices)}\n)`,
    `$serviceKey = ${quoted(serviceKey)}`,
    `$installerProductsKey = ${quoted(installerProductsKey)}`,
    `$hiveKeyTail = ${quoted(hiveKey("").replace(/^HKU\\\\/, ""))}`,
    `$productNames = @(\n${list(Object.values(productNames))}\n)`,
    `$openNames = @(\n${list([...openNames])}\n)`,
    `$secretName = ${quoted(pattern(secretName.source))}`,
    `$secretWords = ${quoted(pattern(secretWords))}`,
    `$openName = ${quoted(pattern(openName.source))}`,
    `$noSecret = ${quoted(pattern(noSecret.source))}`,
    `$userServiceKey = ${quoted(pattern(userServiceKey.source))}`,
    `$encryptedBase64 = ${quoted(encryptedBase64)}`,
    `$encryptedBytes = ${quoted(encryptedBytes)}`,
    `$scrubs = @(\n${scrubRows.join("\n")}\n)`,
  ].join("\n");
}

/** What an administrator needs to run the collector elsewhere: its hash, and the lines to run it with. */
export function collectorInstructions(path: string, bytes: Uint8Array): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return `SHA-256: ${createHash("sha256").update(bytes).digest("hex").toUpperCase()}

Check it where it is run:
  (Get-FileHash -Algorithm SHA256 -LiteralPath .\\${name}).Hash

On one server, in an elevated Windows PowerShell:
  powershell.exe -NoProfile -ExecutionPolicy Bypass -File .\\${name} -OutFile .\\recording.json

On several servers through PowerShell remoting, from one of them or from a workstation:
  Invoke-Command -ComputerName MIM01, MIM02 -FilePath .\\${name} |
    ForEach-Object { Set-Content -LiteralPath "$($_.PSComputerName).json" -Value "$_" -Encoding UTF8 }

The recordings that come back:
  mim-mail check --server MIM01.json --server MIM02.json
`;
}

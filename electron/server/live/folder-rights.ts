import { type Ended, type RunTool, systemTool, ToolFailure } from "../windows-tool.ts";
import { powershellText } from "./elevation.ts";

/**
 * Who may own what only administrators write, and write there: administrators, Windows itself, the set-ups of Windows; by
 * the names of the language of security descriptors and by number.
 * Source: https://learn.microsoft.com/en-us/windows/win32/secauthz/sid-strings
 */
const trusted =
  /^(BA|SY|LA|DA|EA|S-1-5-32-544|S-1-5-18|S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464)$/;

/**
 * Rights that change nothing: reading and running, by name and as bits (FILE_GENERIC_READ, FILE_GENERIC_EXECUTE,
 * GENERIC_READ, GENERIC_EXECUTE).
 * Source: https://learn.microsoft.com/en-us/windows/win32/secauthz/ace-strings
 */
const harmlessNames = new Set(["FR", "FX", "GR", "GX", "RC"]);
const harmlessBits = 0x1200a9n | 0xa0000000n;

function isHarmless(rights: string): boolean {
  if (/^0x[0-9a-f]{1,8}$/i.test(rights)) return (BigInt(rights) & ~harmlessBits) === 0n;
  return rights.length % 2 === 0 && (rights.match(/../g) ?? []).every((name) => harmlessNames.has(name));
}

/**
 * Who besides administrators and Windows owns a folder or may write in it, by its security descriptor.
 * @param descriptor in Windows' own text form (SDDL)
 * @returns the first other writer; null when there is none
 */
export function otherWriterIn(descriptor: string): string | null {
  const parts =
    /^O:([A-Z]{2}|S-[0-9-]{3,180})(?:G:(?:[A-Z]{2}|S-[0-9-]{3,180}))?D:([A-Z]{0,8})((?:\([^()]{0,400}\)){0,200})(?:S:.{0,4000})?$/.exec(
      descriptor.trim(),
    );
  const [, owner = "", flags = "", entries = ""] = parts ?? [];
  if (parts === null || flags.includes("NO_ACCESS_CONTROL") || entries === "") return "everybody";
  if (!trusted.test(owner)) return owner;
  for (const [, entry = ""] of entries.matchAll(/\(([^()]*)\)/g)) {
    const [type = "", inheritance = "", rights = "", , , sid = ""] = entry.split(";");
    // Only entries that allow something; the creator of a file has no more in it than whoever may create one.
    if (!/^X?A$|^OA$/.test(type) || trusted.test(sid) || (sid === "CO" && inheritance.includes("IO"))) continue;
    if (!isHarmless(rights)) return sid;
  }
  return null;
}

/**
 * Asks Windows PowerShell for the security descriptor of a folder: no other program of Windows tells the owner in every
 * language.
 * @throws Error when it does not tell
 */
export async function otherWriterAt(path: string, run: RunTool): Promise<string | null> {
  const command = `(Get-Acl -LiteralPath ${powershellText(path)}).Sddl`;
  let ended: Ended;
  try {
    ended = await run(systemTool("powershell.exe"), ["-NoProfile", "-NonInteractive", "-Command", command]);
  } catch (error) {
    if (!(error instanceof ToolFailure)) throw error;
    throw new Error(`who may write in ${path} cannot be told: ${error.message}`);
  }
  const descriptor = ended.stdout.toString("latin1").trim();
  if (ended.code !== 0 || descriptor === "") throw new Error(`who may write in ${path} cannot be told`);
  return otherWriterIn(descriptor);
}

import type { SystemProxy } from "../../cloud/system-proxy.ts";
import { type RunTool, runTool, systemTool } from "../windows-tool.ts";

const settings = "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
/** Where a policy says that the settings are the computer's and not each user's. */
const policyKey = "HKLM\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";

/** A value as `reg query` lists it; numbers as their hexadecimal text. */
type Listed = ReadonlyMap<string, string>;

/**
 * Windows' own proxy setting, as its Settings page shows it (WinINet). Of the two that Windows has, it is the one that
 * .NET Framework, and so MIM's service, and the window of this program follow; what `netsh winhttp` sets is for services
 * that ask WinHTTP, and is not read. A setting is of each user: the service's account may have another. Reads two or
 * three keys with reg.exe, never writes. Null when it says nothing, or cannot be read.
 *
 * Sources: https://learn.microsoft.com/en-us/windows/win32/winhttp/setting-wininet-proxy-configurations-in-winhttp and
 * https://learn.microsoft.com/en-us/dotnet/framework/network-programming/proxy-configuration
 */
export async function readWindowsProxy(run: RunTool = runTool): Promise<SystemProxy | null> {
  try {
    const policy = await listed(run, policyKey);
    const isMachine = Number(policy.get("proxysettingsperuser") ?? "1") === 0;
    const values = await listed(run, `${isMachine ? "HKLM" : "HKCU"}\\${settings}`);
    const server = values.get("proxyserver")?.trim() ?? "";
    const isOn = Number(values.get("proxyenable") ?? "0") === 1;
    const isAutomatic = (values.get("autoconfigurl")?.trim() ?? "") !== "";
    if (!isOn && !isAutomatic) return null;
    return {
      server: isOn && server !== "" ? server : null,
      bypass: values.get("proxyoverride") ?? "",
      isAutomatic,
      setting: `Windows' proxy settings of ${isMachine ? "this computer" : "this user"}`,
    };
  } catch {
    // A check must not fail over a setting: it goes directly then, and says so.
    return null;
  }
}

async function listed(run: RunTool, key: string): Promise<Listed> {
  const ended = await run(systemTool("reg.exe"), ["query", key, "/reg:64"], { timeLimit: 5_000 });
  return ended.code === 0 ? valuesIn(ended.stdout.toString("latin1")) : new Map();
}

/**
 * The values in what `reg query` prints, by lower-case name. A key's own values come first, with four blanks before
 * them; names, types and host names are ASCII, so the console's code page does not matter.
 */
export function valuesIn(text: string): Listed {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, type, data] = /^ {4}(\S.*?) {4}(REG_(?:SZ|EXPAND_SZ|DWORD)) {4}(.*)$/.exec(line) ?? [];
    if (name !== undefined && type !== undefined) values.set(name.toLowerCase(), data ?? "");
  }
  return values;
}

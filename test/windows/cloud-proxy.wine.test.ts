import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routeTo } from "../../electron/cloud/system-proxy.ts";
import { readWindowsProxy } from "../../electron/server/live/cloud-proxy.ts";
import { hasWindows, onWindows, reg, runInWindows } from "./windows.ts";

const settings = "Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const policy = "HKLM\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
const set = (key: string, name: string, type: string, data: string): unknown =>
  reg("add", key, "/v", name, "/t", type, "/d", data, "/f");

// Windows' own settings are the machine's: they are changed in Wine alone.
describe.skipIf(!hasWindows || onWindows)("Windows' proxy setting, read with a real reg.exe", () => {
  beforeAll(() => {
    set(`HKCU\\${settings}`, "ProxyEnable", "REG_DWORD", "0");
  });
  afterAll(() => {
    reg("delete", policy, "/f");
    for (const hive of ["HKCU", "HKLM"]) set(`${hive}\\${settings}`, "ProxyEnable", "REG_DWORD", "0");
  });

  test("is none, the user's, or the computer's where a policy says so", async () => {
    expect(await readWindowsProxy(runInWindows)).toBeNull();

    set(`HKCU\\${settings}`, "ProxyEnable", "REG_DWORD", "1");
    set(`HKCU\\${settings}`, "ProxyServer", "REG_SZ", "http=a:80;https=proxy.contoso.com:8080");
    set(`HKCU\\${settings}`, "ProxyOverride", "REG_SZ", "*.contoso.com;<local>");
    const found = await readWindowsProxy(runInWindows);
    expect(found).toEqual({
      server: "http=a:80;https=proxy.contoso.com:8080",
      bypass: "*.contoso.com;<local>",
      isAutomatic: false,
      setting: "Windows' proxy settings of this user",
    });
    expect(routeTo("https://outlook.office365.com/", {}, found).words).toBe(
      "through the proxy proxy.contoso.com:8080 (Windows' proxy settings of this user)",
    );

    set(policy, "ProxySettingsPerUser", "REG_DWORD", "0");
    set(`HKLM\\${settings}`, "ProxyEnable", "REG_DWORD", "1");
    set(`HKLM\\${settings}`, "ProxyServer", "REG_SZ", "machine:3128");
    expect(await readWindowsProxy(runInWindows)).toMatchObject({
      server: "machine:3128",
      setting: "Windows' proxy settings of this computer",
    });
  });
});

import { describe, expect, test } from "vitest";
import { readWindowsProxy, valuesIn } from "../../../electron/server/live/cloud-proxy.ts";
import { type Ended, type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";

const key = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings";
/** As reg.exe prints it. */
const listing = (...values: readonly string[]): string =>
  ["", key, ...values.map((value) => `    ${value}`), "", `${key}\\Connections`, `${key}\\Zones`, ""].join("\r\n");

const usual = listing(
  "CertificateRevocation    REG_DWORD    0x1",
  "User Agent    REG_SZ    Mozilla/4.0 (compatible; MSIE 8.0; Win32)",
  "MigrateProxy    REG_DWORD    0x1",
  "ProxyEnable    REG_DWORD    0x1",
  "ProxyServer    REG_SZ    proxy.contoso.com:8080",
  "ProxyOverride    REG_SZ    *.contoso.com;10.*;<local>",
);

const ended = (code: number, stdout = ""): Ended => ({
  code,
  stdout: Buffer.from(stdout, "latin1"),
  stderr: Buffer.alloc(0),
});

/** reg.exe with these keys; every other one is not there. */
function reg(keys: Readonly<Record<string, string>>): RunTool & { readonly asked: string[][] } {
  const asked: string[][] = [];
  const run: RunTool = async (program, argv) => {
    expect(program).toMatch(/\\System32\\reg\.exe$/);
    asked.push([...argv]);
    const found = Object.entries(keys).find(([start]) => argv[1]?.toLowerCase().startsWith(start.toLowerCase()));
    return found === undefined ? ended(1) : ended(0, found[1]);
  };
  return Object.assign(run, { asked });
}

describe("Windows' proxy setting", () => {
  test("is the user's, and only read", async () => {
    const run = reg({ "HKCU\\Software\\Microsoft": usual });
    expect(await readWindowsProxy(run)).toEqual({
      server: "proxy.contoso.com:8080",
      bypass: "*.contoso.com;10.*;<local>",
      isAutomatic: false,
      setting: "Windows' proxy settings of this user",
    });
    expect(run.asked.map(([verb]) => verb)).toEqual(["query", "query"]);
  });

  test("is the computer's where a policy says so", async () => {
    const run = reg({
      "HKLM\\Software\\Policies": listing("ProxySettingsPerUser    REG_DWORD    0x0"),
      "HKLM\\Software\\Microsoft": listing("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    machine:80"),
      "HKCU\\Software\\Microsoft": usual,
    });
    expect(await readWindowsProxy(run)).toMatchObject({
      server: "machine:80",
      setting: "Windows' proxy settings of this computer",
    });
  });

  test.each<[string, string, object | null]>([
    ["switched off", listing("ProxyEnable    REG_DWORD    0x0", "ProxyServer    REG_SZ    proxy:8080"), null],
    ["not there", listing("User Agent    REG_SZ    x"), null],
    ["empty", listing("ProxyEnable    REG_DWORD    0x1", "ProxyServer    REG_SZ    "), { server: null }],
    [
      "a script",
      listing("ProxyEnable    REG_DWORD    0x0", "AutoConfigURL    REG_SZ    http://wpad/proxy.pac"),
      { server: null, isAutomatic: true },
    ],
    [
      "in another language's listing, which has no words of its own",
      usual.replace("\r\n", "\r\n\r\n"),
      { isAutomatic: false },
    ],
  ])("that is %s", async (_what, text, expected) => {
    const found = await readWindowsProxy(reg({ "HKCU\\Software\\Microsoft": text }));
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected);
  });

  test("that cannot be read says nothing", async () => {
    const run: RunTool = async () => {
      throw new ToolFailure("blocked", "reg.exe cannot be started");
    };
    expect(await readWindowsProxy(run)).toBeNull();
  });

  test("keeps a value's blanks and equals signs", () => {
    expect(valuesIn(listing("ProxyServer    REG_SZ    http=a:80;https=b:443")).get("proxyserver")).toBe(
      "http=a:80;https=b:443",
    );
    expect(valuesIn(listing("Two words    REG_SZ    one    two")).get("two words")).toBe("one    two");
  });
});

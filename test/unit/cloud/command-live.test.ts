import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ProbeCloud, Server, WindowsProbe } from "../../../electron/server/server.ts";
import { type Captured, captured } from "../command-line/captured.ts";
import { target } from "./asked.ts";

/** What stands for this computer: a live server, Windows' proxy setting, and Windows PowerShell. */
const windows = vi.hoisted(() => ({
  probe: { ok: false, reason: "not set" } as WindowsProbe,
  asked: [] as unknown[],
}));

vi.mock("../../../electron/command-line/planned-server.ts", async (original) => {
  const { createPracticeServer } = await import("../../../electron/server/practice/practice-server.ts");
  return {
    ...(await original<object>()),
    openNamed: async (_options: unknown, { home }: { home: string }) => {
      const { look } = createPracticeServer({ home });
      const probeCloud: ProbeCloud = async (hosts) => {
        windows.asked.push(hosts);
        return windows.probe;
      };
      const server: Server = { kind: "live", label: "This server", elevated: true, local: true, probeCloud, look };
      return { name: "live", server, savedTarget: null };
    },
  };
});
vi.mock("../../../electron/server/live/cloud-proxy.ts", () => ({
  readWindowsProxy: async () => ({
    server: "127.0.0.1:1",
    bypass: "",
    isAutomatic: false,
    setting: "Windows' setting",
  }),
}));
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-live-"));
  await writeFile(join(folder, "target.json"), JSON.stringify(target));
  windows.asked.length = 0;
  return () => rm(folder, { recursive: true, force: true });
});

const cloudCheck = (...argv: readonly string[]): Promise<Captured> =>
  captured(["cloud-check", "--target", join(folder, "target.json"), ...argv], join(folder, "home"), {
    readSecret: async () => "Xq~8Q.Value",
    platform: "win32",
    environment: { MIM_MAIL_HOME: join(folder, "home") },
  });

const host = {
  host: "login.microsoftonline.com",
  ok: true,
  status: 302,
  proxy: null,
  tls: "Tls12",
  issuer: "CN=DigiCert",
  code: null,
  reason: null,
} as const;

describe("cloud-check on the live server", () => {
  test("follows Windows' proxy setting and says so", async () => {
    const { stdout } = await cloudCheck();
    expect(stdout).toContain("login.microsoftonline.com: through the proxy 127.0.0.1:1 (Windows' setting)\n");
    expect(stdout.replace(/\s+/g, " ")).toContain("The proxy cannot be reached (the proxy 127.0.0.1: ECONNREFUSED)");
  });

  test("tries Windows' own way, with host names alone, and prints it", async () => {
    windows.probe = { ok: true, powershell: "5.1.1", clr: "4.0.30319.42000", hosts: [host] };
    const plain = (await cloudCheck()).stdout.replace(/\s+/g, " ");
    expect(windows.asked).toEqual([{ authority: "login.microsoftonline.com", exchange: "outlook.office365.com" }]);
    expect(plain).toContain("Done Windows' own way Windows reached Microsoft's hosts and trusts them.");
    expect(plain).toContain(
      "login.microsoftonline.com: answered HTTP 302; TLS 1.2; certificate of CN=DigiCert; directly.",
    );
    const { windows: row } = JSON.parse((await cloudCheck("--json")).stdout);
    expect(row).toMatchObject({ id: "windows", status: "done" });
  });

  test("says what to do when Windows' own way fails", async () => {
    windows.probe = {
      ok: true,
      powershell: "5.1.1",
      clr: "4.0.30319.42000",
      hosts: [{ ...host, ok: false, status: null, code: "network.tls", reason: "could not create a secure channel" }],
    };
    const { code, stdout } = await cloudCheck();
    const plain = stdout.replace(/\s+/g, " ");
    expect(code).toBe(1);
    expect(plain).toMatch(/To change Windows' own way No secure connection could be agreed on/);
    expect(plain).toMatch(/> See TLS and strong cryptography: TLS 1\.2 for the client, and \.NET\./);
  });
});

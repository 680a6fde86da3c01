import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowListCommands } from "../../electron/cloud/allow-list.ts";
import { applicationSetUp } from "../../electron/cloud/application-setup.ts";
import { createCloudProbe } from "../../electron/server/live/cloud-probe.ts";
import { readWindowsProxy } from "../../electron/server/live/cloud-proxy.ts";
import { createRelayProbe } from "../../electron/server/live/relay-probe.ts";
import { systemTool } from "../../electron/server/windows-tool.ts";
import { oddServer, scripted } from "../unit/cloud/relay-servers.ts";
import { top } from "./windows.ts";

// Runs on Windows itself, as a workflow does; its network may or may not reach Microsoft's hosts.
test("the probe of Windows' own way runs in Windows PowerShell and says on which runtime", async () => {
  const probe = await createCloudProbe({ scripts: join(top, "assets", "powershell"), timeLimit: 60_000 })({
    authority: "login.microsoftonline.com",
    exchange: "outlook.office365.com",
  });
  expect(probe).toMatchObject({
    ok: true,
    powershell: expect.stringMatching(/^5\.1\./),
    clr: expect.stringMatching(/^4\./),
  });
  for (const host of probe.ok ? probe.hosts : []) {
    if (host.ok) expect(host).toMatchObject({ tls: expect.stringMatching(/^Tls1[23]$/), issuer: expect.any(String) });
    else expect(host.code).not.toBeNull();
  }
});

test("a host that does not exist is told as such", async () => {
  const probe = await createCloudProbe({ scripts: join(top, "assets", "powershell"), timeLimit: 60_000 })({
    authority: "does-not-exist.invalid",
    exchange: "does-not-exist.invalid",
  });
  expect(probe.ok && probe.hosts.map(({ ok, code }) => [ok, code])).toEqual([
    [false, expect.stringMatching(/^network\./)],
    [false, expect.stringMatching(/^network\./)],
  ]);
});

test("the probe of Windows' own way to a relay runs in Windows PowerShell and says on which runtime", async () => {
  const server = await oddServer((socket) => void socket.write("220 relay.test ESMTP\r\n"), scripted());
  try {
    const windows = await createRelayProbe({ scripts: join(top, "assets", "powershell"), timeLimit: 60_000 })({
      host: "127.0.0.1",
      port: server.port,
      useSsl: false,
      name: "MIM01",
      sender: "mim@contoso.com",
      inside: "mim@contoso.com",
      outside: "postmaster@example.com",
      sendTo: null,
    });
    expect(windows).toMatchObject({ state: "ready", tls: null, clr: expect.stringMatching(/^4\./) });
    expect(server.commands).toEqual(["EHLO MIM01", "QUIT"]);
  } finally {
    await server.close();
  }
});

test("Windows' proxy setting can be read", async () => {
  const found = await readWindowsProxy();
  expect(found === null || typeof found.isAutomatic === "boolean").toBe(true);
});

test("the commands to copy have no fault PowerShell's own parser finds", () => {
  const folder = mkdtempSync(join(tmpdir(), "mim-commands-"));
  try {
    const values = { applicationId: "5f0c1d2e-3b4a-4958-8677-665544332211", mailbox: "o'hara&sons@contoso.com" };
    const commands = [
      ...allowListCommands(values, "governmentHigh"),
      ...applicationSetUp(values, "governmentHigh").flatMap((part) => part.commands),
    ];
    const path = join(folder, "commands.ps1");
    writeFileSync(path, commands.map(({ text }) => text).join("\r\n"));
    const { stdout } = spawnSync(
      systemTool("powershell.exe"),
      [
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        `$faults = $null; [void] [System.Management.Automation.Language.Parser]::ParseFile('${path.replaceAll("'", "''")}', [ref] $null, [ref] $faults); "$(@($faults).Count) faults"`,
      ],
      { encoding: "utf8", timeout: 110_000 },
    );
    expect(stdout.trim()).toBe("0 faults");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

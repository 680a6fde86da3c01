import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { probeIn } from "../../../electron/server/live/cloud-probe.ts";
import { relayProbeIn } from "../../../electron/server/live/relay-probe.ts";
import { certificateOf, oddServer, type Relay, relay, scripted } from "../../unit/cloud/relay-servers.ts";
import { hasWindows, runInWindows, top } from "../windows.ts";
import { type Answer, openSession, powershell, type Session } from "./session.ts";

const script = (name: string): string => join(top, "assets", "powershell", name);
const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));

describe.skipIf(!hasWindows)("the scripts that ship with the product", () => {
  let folder: string;
  let session: Session;
  const servers: Server[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "mim-mail-scripts-"));
    const certificates = join(top, "test", "fixtures", "cloud");
    const [key, cert] = ["stand-in.key", "stand-in.pem"].map((name) => readFileSync(join(certificates, name)));
    const host = createServer({ key, cert }, (_request, response) => response.writeHead(401).end());
    // The way to every host: ours for those of Microsoft, and two that fail.
    const proxy = createHttpServer().on("connect", (request, socket) => {
      socket.on("error", () => {});
      if (request.url?.startsWith("refused.")) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      if (request.url?.startsWith("silent.")) return void socket.end();
      const up = connect((host.address() as AddressInfo).port, "127.0.0.1");
      up.on("error", () => socket.destroy());
      up.pipe(socket).pipe(up);
    });
    servers.push(host, proxy);
    await listening(host);
    session = openSession({ HTTPS_PROXY: `http://127.0.0.1:${await listening(proxy)}` });
  });
  afterAll(async () => {
    await session.end();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  describe("cloud-probe.ps1", () => {
    const probe = async (authority: string, exchange: string) => {
      const argv = ["-Authority", authority, "-Exchange", exchange, "-TimeLimit", "20000"];
      const { code, output, errors } = await session.run({ file: script("cloud-probe.ps1"), arguments: argv });
      expect([code, errors]).toEqual([0, []]);
      return probeIn(output.join("\n"));
    };

    test("reaches both hosts through the proxy, over SCHANNEL and TLS 1.2", async () => {
      const host = { ok: true, status: 401, tls: "Tls12", proxy: expect.stringMatching(/^127\.0\.0\.1:\d+$/) };
      expect(await probe("login.microsoftonline.com", "outlook.office365.com")).toMatchObject({
        ok: true,
        hosts: [
          { ...host, host: "login.microsoftonline.com" },
          { ...host, host: "outlook.office365.com" },
        ],
      });
    });

    test("tells a host behind a proxy that refuses, and one that says nothing", async () => {
      const failed = { ok: false, status: null, tls: null, reason: expect.stringMatching(/./) };
      expect(await probe("refused.example", "silent.example")).toMatchObject({ ok: true, hosts: [failed, failed] });
    });
  });

  describe("relay-probe.ps1", () => {
    const relays: Relay[] = [];
    afterAll(async () => {
      for (const one of relays) await one.close();
    });
    /** Asks a relay on this computer, and says what it heard. */
    const probe = async (made: Promise<Relay>, ...more: readonly string[]) => {
      const server = await made;
      relays.push(server);
      const argv = ["-Relay", "localhost", "-Port", `${server.port}`, "-Name", "MIM01", ...more];
      const { code, output, errors } = await session.run({ file: script("relay-probe.ps1"), arguments: argv });
      expect([code, errors]).toEqual([0, []]);
      return { ...relayProbeIn(output.join("\n")), heard: server.commands };
    };
    const soon = ["-TimeLimit", "500"];
    const greets = (text: string) => (socket: { write: (text: string) => unknown }) => void socket.write(text);
    const greeting = "220-relay.test\r\n220 ESMTP\r\n";

    test("greets a relay and takes its leave; nobody is named to it", async () => {
      expect(await probe(oddServer(greets(greeting), scripted()))).toMatchObject({
        state: "ready",
        tls: null,
        heard: ["EHLO MIM01", "QUIT"],
      });
    });

    test("makes the handshake of STARTTLS by SCHANNEL, with what .NET offers by itself", async () => {
      const secure = relay({ ...certificateOf("stand-in"), disabledCommands: ["AUTH"] });
      const found = await probe(secure, "-StartTls");
      expect(found.heard).toEqual([]);
      expect(found).toMatchObject({ state: "ready", tls: expect.stringMatching(/^Tls1[23]$/) });
    });

    test.each<[string, () => Promise<Relay>, readonly string[], string]>([
      ["offers no STARTTLS", () => oddServer(greets(greeting), scripted()), ["-StartTls"], "tlsMissing"],
      [
        "refuses STARTTLS",
        () =>
          oddServer(
            greets(greeting),
            scripted({ EHLO: "250-relay\r\n250 STARTTLS", STARTTLS: "454 4.7.0 TLS not now" }),
          ),
        ["-StartTls"],
        "tlsFailed",
      ],
      [
        "breaks the handshake off",
        () => oddServer(greets(greeting), scripted({ EHLO: "250 STARTTLS", STARTTLS: "220 go\r\nno TLS at all" })),
        ["-StartTls"],
        "tlsFailed",
      ],
      ["says nothing", () => oddServer(() => {}), soon, "slowGreeting"],
      ["speaks another protocol", () => oddServer(greets("HTTP/1.1 400 Bad Request\r\n\r\n")), [], "notSmtp"],
      ["refuses to greet", () => oddServer(greets("554 5.7.1 go away\r\n")), [], "brokenOff"],
      ["talks without end", () => oddServer(greets("220-and on\r\n".repeat(10_000))), [], "brokenOff"],
      ["writes one line without end", () => oddServer(greets("220 x".repeat(50_000))), [], "brokenOff"],
      ["hangs up", () => oddServer((socket) => void socket.end()), [], "brokenOff"],
    ])("tells one that %s", async (_what, made, more, state) => {
      expect(await probe(made(), ...more)).toMatchObject({
        state,
        detail: state === "tlsMissing" ? null : expect.any(String),
      });
    });

    test.each([
      ["self-signed", "RemoteCertificateChainErrors"],
      ["expired", "RemoteCertificateChainErrors"],
      ["other-host", "RemoteCertificateNameMismatch"],
    ])("takes no certificate that is %s", async (name, detail) => {
      const secure = relay({ ...certificateOf(name), disabledCommands: ["AUTH"] });
      expect(await probe(secure, "-StartTls")).toMatchObject({ state: "certificate", detail, tls: null });
    });

    test("tells a port nobody listens on, and a name that is not there", async () => {
      const gone = await oddServer(() => {});
      await gone.close();
      expect(await probe(Promise.resolve(gone), ...soon)).toMatchObject({ state: "refused" });
      const argv = ["-Relay", "relay.invalid", "-Port", "25", "-Name", "MIM01"];
      const { output } = await session.run({ file: script("relay-probe.ps1"), arguments: argv });
      expect(relayProbeIn(output.join("\n"))).toMatchObject({ state: "notFound" });
    });

    test.each([
      ["-Relay", "a; Remove-Item x"],
      ["-Relay", "-evil"],
      ["-Name", "x\r\nMAIL FROM:<a@b>"],
    ])("takes no %s %j", async (parameter, value) => {
      const usual = { "-Relay": "localhost", "-Port": "25", "-Name": "MIM01", [parameter]: value };
      const answer = await session.run({ file: script("relay-probe.ps1"), arguments: Object.entries(usual).flat() });
      expect([answer.code === 0 && answer.errors.length === 0, answer.output]).toEqual([false, []]);
    });
  });

  describe("other-installation.ps1", () => {
    const ask = (): Promise<Answer> => session.run({ file: script("other-installation.ps1") });
    const says = (word: string): Answer => ({ code: 0, output: [word], errors: [] });
    const event = "Global\\MimMailTestRelease";
    const mutex = "Global\\_MSIExecute";

    test("tells an installation under way, one that is over, and one whose installer was ended", async () => {
      expect(await ask()).toEqual(says("none"));
      // There, and nobody's.
      const open = `$global:kept = [System.Threading.Mutex]::new($false, '${mutex}')`;
      await session.run({ text: open });
      expect(await ask()).toEqual(says("none"));
      const hold = `$mutex = [System.Threading.Mutex]::new($false, '${mutex}')
        [void] $mutex.WaitOne()
        $release = [System.Threading.EventWaitHandle]::new($false, 'ManualReset', '${event}')
        'held'
        [void] $release.WaitOne()`;
      let ended: Promise<unknown> = Promise.resolve();
      await new Promise<void>((resolve) => {
        const line = (text: string): void => void (text.includes("held") && resolve());
        ended = runInWindows(powershell, ["-NoProfile", "-Command", hold], { line, timeLimit: 300_000 });
      });
      expect(await ask()).toEqual(says("running"));
      await session.run({ text: `[void] [System.Threading.EventWaitHandle]::OpenExisting('${event}').Set()` });
      await ended;
      expect(await ask()).toEqual(says("none"));
    });
  });

  describe("restart-service.ps1", () => {
    const steps = ({ output }: Answer) => output.map((line) => JSON.parse(line));
    const step = (what: string, service: string) => ({ step: what, service });

    test("restarts a service of Windows' own service manager", async () => {
      const make = `$program = '"${powershell}" -Service FIMService'
        New-Service -Name FIMService -BinaryPathName $program -StartupType Manual | Out-Null
        Start-Service -Name FIMService`;
      expect(await session.run({ text: make })).toEqual({ code: 0, output: [], errors: [] });
      const id =
        "(Get-ItemProperty 'Registry::HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\FIMService').ImagePath";
      expect((await session.run({ text: id })).output).toEqual([`"${powershell}" -Service FIMService`]);
      const restarted = await session.run({ file: script("restart-service.ps1") });
      expect([restarted.code, steps(restarted)]).toEqual([
        0,
        [step("stopping", "FIMService"), step("starting", "FIMService"), step("done", "FIMService")],
      ]);
      const left =
        '"$((Get-Service FIMService).Status)"; Stop-Service FIMService; & sc.exe delete FIMService | Out-Null';
      expect((await session.run({ text: left })).output).toEqual(["Running"]);
    });

    /** Services that depend on one another, which Wine's manager does not know, and time that passes by itself. */
    const fake = (services: string): string => {
      const path = join(folder, "services.ps1");
      writeFileSync(
        path,
        `$global:services = @{ ${services} }
        $global:clock = [datetime] '2026-11-23T10:00:00Z'
        function Get-Date { $global:clock = $global:clock.AddSeconds(1); $global:clock }
        function Start-Sleep { param($Milliseconds) }
        function Get-Service { param([string] $Name)
          if (-not $services.ContainsKey($Name)) { throw "Cannot find any service with service name '$Name'." }
          $needing = @($services.Keys | Sort-Object | Where-Object { @($services[$_].needs) -contains $Name })
          [pscustomobject] @{
            Name = $Name
            Status = $services[$Name].status
            DependentServices = @($needing | ForEach-Object { Get-Service -Name $_ })
          }
        }
        function Stop-Service { [CmdletBinding(SupportsShouldProcess = $true)] param([string] $Name, [switch] $NoWait)
          if (@((Get-Service -Name $Name).DependentServices | Where-Object Status -EQ 'Running').Count -gt 0) {
            throw "Cannot stop service '$Name' because it has dependent services."
          }
          if (-not $services[$Name].ContainsKey('stuck')) { $services[$Name].status = 'Stopped' }
        }
        function Start-Service { [CmdletBinding(SupportsShouldProcess = $true)] param([string] $Name)
          if ($services[$Name].ContainsKey('broken')) { throw "Service '$Name' cannot be started." }
          foreach ($needed in @($services[$Name].needs)) {
            if ($services[$needed].status -ne 'Running') { throw "Service '$Name' needs $needed." }
          }
          $services[$Name].status = 'Running'
        }`,
      );
      return path;
    };
    const restart = (services: string): Promise<Answer> =>
      session.run({ file: script("restart-service.ps1"), arguments: ["-TimeLimit", "10"], standIns: fake(services) });
    const running = (name: string, needs: string, more = "") =>
      `${name} = @{ status = 'Running'; needs = @(${needs}); ${more} };`;

    test("stops the dependents from the outermost on, starts them the other way, and leaves the stopped stopped", async () => {
      const services = [
        running("FIMService", ""),
        running("Portal", "'FIMService'"),
        running("Reports", "'Portal'"),
        "Idle = @{ status = 'Stopped'; needs = @('FIMService') }",
      ];
      const ended = await restart(services.join("\n"));
      expect([ended.code, steps(ended)]).toEqual([
        0,
        [
          step("stopping", "Reports"),
          step("stopping", "Portal"),
          step("stopping", "FIMService"),
          step("starting", "FIMService"),
          step("starting", "Portal"),
          step("starting", "Reports"),
          step("done", "FIMService"),
        ],
      ]);
    });

    test("starts again what it stopped when the service does not stop in time", async () => {
      const ended = await restart(running("FIMService", "", "stuck = 1") + running("Portal", "'FIMService'"));
      expect([ended.code, steps(ended)]).toEqual([
        1,
        [
          step("stopping", "Portal"),
          step("stopping", "FIMService"),
          step("starting", "Portal"),
          {
            ...step("failed", "FIMService"),
            reason: "FIMService is not stopped after 10 seconds",
            notRunning: "",
          },
        ],
      ]);
    });

    test("names what does not run when the service does not start", async () => {
      const ended = await restart(running("FIMService", "", "broken = 1") + running("Portal", "'FIMService'"));
      expect(ended.code).toBe(1);
      expect(steps(ended).at(-1)).toEqual({
        ...step("failed", "FIMService"),
        reason: "Service 'FIMService' cannot be started.",
        notRunning: "FIMService: Service 'FIMService' cannot be started.; Portal: Service 'Portal' needs FIMService.",
      });
    });

    test("says that there is no such service", async () => {
      const ended = await restart(running("Portal", ""));
      expect([ended.code, steps(ended)]).toEqual([
        1,
        [
          {
            ...step("failed", "FIMService"),
            reason: "Cannot find any service with service name 'FIMService'.",
            notRunning: "",
          },
        ],
      ]);
    });
  });
});

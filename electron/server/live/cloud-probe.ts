import * as z from "zod";
import type { NetworkCode } from "../../facts/cloud.ts";
import type { ProbeCloud, ProbedHost, WindowsProbe } from "../server.ts";
import { createProbe, line, type Probed, type ProbeOptions, probedIn } from "./probe.ts";

/** As long as one request of the check itself may take, in milliseconds. */
const usualTimeLimit = 20_000;

const hostSchema = z.strictObject({
  step: z.literal("host"),
  host: line,
  ok: z.boolean(),
  status: z.number().int().nullable(),
  proxy: line.nullable(),
  tls: line.nullable(),
  issuer: line.nullable(),
  fault: line.nullable(),
  reason: line.nullable(),
});
type HostStep = z.infer<typeof hostSchema>;

/** The second way to Microsoft's hosts: they are asked through .NET Framework and SCHANNEL without any sign-in. */
export function createCloudProbe(options: ProbeOptions): ProbeCloud {
  const probe = createProbe("cloud-probe.ps1", hostSchema, { timeLimit: usualTimeLimit, ...options });
  return async ({ authority, exchange }, signal) =>
    windowsProbe(await probe(["-Authority", authority, "-Exchange", exchange], signal));
}

/** What the script's lines say. */
export function probeIn(text: string): WindowsProbe {
  return windowsProbe(probedIn(text, hostSchema));
}

function windowsProbe(probed: Probed<HostStep>): WindowsProbe {
  if (!probed.ok) return probed;
  const { found, ...ran } = probed;
  return { ...ran, hosts: found.map(hostProbed) };
}

function hostProbed({ host, ok, status, proxy, tls, issuer, fault, reason }: HostStep): ProbedHost {
  const code = ok ? null : status === 407 ? "network.proxySignIn" : codeOf(fault ?? "", proxy !== null);
  return { host, ok, status, proxy, tls, issuer, code, reason };
}

/** Source: https://learn.microsoft.com/en-us/dotnet/api/system.net.webexceptionstatus, looked at on 2026-11-23. */
const faults: Readonly<Record<string, NetworkCode>> = {
  NameResolutionFailure: "network.dns",
  ProxyNameResolutionFailure: "network.proxyUnreachable",
  RequestProhibitedByProxy: "network.proxyRefused",
  TrustFailure: "network.certificate",
  SecureChannelFailure: "network.tls",
  // How .NET Framework tells a handshake that the other side broke off: "an unexpected error occurred on a send".
  SendFailure: "network.tls",
  ReceiveFailure: "network.tls",
  ConnectionClosed: "network.tls",
  Timeout: "network.timeLimit",
  ServerProtocolViolation: "network.notMicrosoft",
};

function codeOf(fault: string, isProxied: boolean): NetworkCode {
  if (fault === "ConnectFailure") return isProxied ? "network.proxyUnreachable" : "network.unreachable";
  return faults[fault] ?? "network.unreachable";
}

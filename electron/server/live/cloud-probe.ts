import * as z from "zod";
import type { NetworkCode } from "../../facts/cloud.ts";
import { createPowershell, type RunScript, scriptFault } from "../powershell.ts";
import type { ProbeCloud, ProbedHost, WindowsProbe } from "../server.ts";
import { outsideArchive, type RunTool, runTool, ToolFailure } from "../windows-tool.ts";

export interface CloudProbeOptions {
  /** The folder of the product's PowerShell scripts. */
  readonly scripts: string;
  /** What stands for Windows in tests. */
  readonly run?: RunTool;
  /** How long the whole may take, in milliseconds. */
  readonly timeLimit?: number;
}

/** As long as one request of the check itself may take. */
const usualTimeLimit = 20_000;

/**
 * The second way to Microsoft's hosts: one call of Windows PowerShell, which asks them through .NET Framework and
 * SCHANNEL without any sign-in. It changes nothing and is told no secret.
 */
export function createCloudProbe({
  scripts,
  run = runTool,
  timeLimit = usualTimeLimit,
}: CloudProbeOptions): ProbeCloud {
  const runScript: RunScript = createPowershell({ run, scripts: outsideArchive(scripts) });
  return async ({ authority, exchange }, signal) => {
    signal?.throwIfAborted();
    try {
      const ended = await runScript("cloud-probe.ps1", ["-Authority", authority, "-Exchange", exchange], {
        timeLimit,
        outputLimit: 64 * 1024,
        ...(signal === undefined ? {} : { signal }),
      });
      if (ended.code !== 0) return { ok: false, reason: scriptFault(ended) };
      return probeIn(ended.stdout.toString("latin1"));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ToolFailure) return { ok: false, reason: error.message };
      throw error;
    }
  };
}

const line = z.string().max(400);
const stepSchema = z.discriminatedUnion("step", [
  z.strictObject({ step: z.literal("runtime"), languageMode: line, powershell: line, clr: line }),
  z.strictObject({
    step: z.literal("host"),
    host: line,
    ok: z.boolean(),
    status: z.number().int().nullable(),
    proxy: line.nullable(),
    tls: line.nullable(),
    issuer: line.nullable(),
    fault: line.nullable(),
    reason: line.nullable(),
  }),
  z.strictObject({ step: z.literal("done") }),
]);

/** What the script's lines say. An answer that is cut off or is none counts as not tried, with the reason. */
export function probeIn(text: string): WindowsProbe {
  const steps: z.infer<typeof stepSchema>[] = [];
  for (const written of text.split(/\r?\n/).filter((one) => one.trim() !== "")) {
    const parsed = stepSchema.safeParse(jsonIn(written));
    if (!parsed.success) return { ok: false, reason: "PowerShell's answer is not in the expected form" };
    steps.push(parsed.data);
  }
  const runtime = steps.find((step) => step.step === "runtime");
  if (runtime === undefined || steps.at(-1)?.step !== "done") {
    return { ok: false, reason: "PowerShell ended without an answer" };
  }
  if (runtime.languageMode !== "FullLanguage") {
    return { ok: false, reason: `PowerShell runs in ${runtime.languageMode}, which cannot ask a host` };
  }
  const hosts = steps.flatMap((step) => (step.step === "host" ? [probed(step)] : []));
  if (hosts.length === 0) return { ok: false, reason: "PowerShell ended without an answer" };
  return { ok: true, powershell: runtime.powershell, clr: runtime.clr, hosts };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type HostStep = Extract<z.infer<typeof stepSchema>, { step: "host" }>;

function probed({ host, ok, status, proxy, tls, issuer, fault, reason }: HostStep): ProbedHost {
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

import * as z from "zod";
import type { RelayState } from "../../facts/relay.ts";
import { scrubText } from "../../recording/redact.ts";
import type { ProbeRelay } from "../server.ts";
import { createProbe, line, type Probed, type ProbeOptions, probedIn } from "./probe.ts";

/** Longer than the script's own limits for the name, the connection and four replies that are given only just in time. */
const usualTimeLimit = 90_000;

const faults = ["ConnectionRefused", "TimedOut", "Refused", "Missing", "NotSmtp", "Certificate", "Other"] as const;
const relaySchema = z.strictObject({
  step: z.literal("relay"),
  /** How far it came. */
  at: z.enum(["name", "connection", "greeting", "hello", "tls", "ready"]),
  fault: z.enum(faults).nullable(),
  reason: line.nullable(),
  tls: line.nullable(),
});
type RelayStep = z.infer<typeof relaySchema>;
type WindowsWay = Awaited<ReturnType<ProbeRelay>>;

/** The second way to a relay: it is asked through .NET Framework and SCHANNEL, and no sender or recipient is named. */
export function createRelayProbe(options: ProbeOptions): ProbeRelay {
  const probe = createProbe("relay-probe.ps1", relaySchema, { timeLimit: usualTimeLimit, ...options });
  return async ({ host, port, name, useSsl }, signal) =>
    windowsWay(
      await probe(["-Relay", host, "-Port", `${port}`, "-Name", name, ...(useSsl ? ["-StartTls"] : [])], signal),
    );
}

/** What the script's lines say. */
export function relayProbeIn(text: string): WindowsWay {
  return windowsWay(probedIn(text, relaySchema));
}

function windowsWay(probed: Probed<RelayStep>): WindowsWay {
  if (!probed.ok) return { state: "untried", detail: probed.reason, tls: null, clr: null };
  const [step] = probed.found as [RelayStep];
  const detail = step.reason === null ? null : scrubText(step.reason);
  return { state: stateOf(step), detail, tls: step.tls, clr: probed.clr };
}

function stateOf({ at, fault }: RelayStep): RelayState {
  if (fault === null) return at === "ready" ? "ready" : "brokenOff";
  switch (at) {
    case "name":
      return "notFound";
    case "connection":
      return fault === "ConnectionRefused" ? "refused" : "noConnection";
    case "greeting":
      if (fault === "TimedOut") return "slowGreeting";
      return fault === "NotSmtp" ? "notSmtp" : "brokenOff";
    case "tls":
      if (fault === "Missing") return "tlsMissing";
      return fault === "Certificate" ? "certificate" : "tlsFailed";
    default:
      return "brokenOff";
  }
}

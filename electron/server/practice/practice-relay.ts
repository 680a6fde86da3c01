import type { RelayQuestion } from "../../cloud/relay-question.ts";
import type { RelayCheck } from "../../contract/history.ts";
import { isTenantHost, type RelayState } from "../../facts/relay.ts";

/** What the practice server's relay says where it refuses, by the fault that was set. */
const refusals = {
  relayPortClosed: { state: "noConnection", text: "no connection in 20 seconds" },
  relayNoConnector: { state: "tenantAttribution", text: "550 5.7.64 TenantAttribution; Relay Access Denied" },
  relayOldTls: { state: "tlsFailed", text: "454 4.7.0 TLS not available due to local problem" },
} as const satisfies Readonly<Record<string, { readonly state: RelayState; readonly text: string }>>;
export type RelayFault = keyof typeof refusals;

/** The relay's fault among those that are set; the last one counts. */
export function relayFaultIn(faults: readonly string[]): RelayFault | null {
  return faults.findLast((one): one is RelayFault => one in refusals) ?? null;
}

/** What the practice server's relay answers: all is taken, unless a fault is set. No network is used. */
export function practiceRelay(
  { host, port, useSsl, sender, inside, outside, sendTo }: RelayQuestion,
  fault: RelayFault | null,
  now: Date,
): RelayCheck {
  const refused = fault === null ? null : refusals[fault];
  const taken = { taken: true, text: "250 2.1.5 Recipient OK" };
  const reached = refused?.state !== "noConnection";
  const talked = reached && (refused === null || refused.state === "tenantAttribution");
  const records = isTenantHost(host) ? { mx: [host], spf: "v=spf1 include:spf.protection.outlook.com -all" } : {};
  return {
    at: now.toISOString(),
    host,
    port,
    useSsl,
    state: refused?.state ?? "ready",
    detail: refused === null ? null : refused.text,
    sender,
    inside,
    outside,
    addresses: ["192.0.2.25"],
    ...records,
    banner: reached ? `220 ${host} practice relay` : null,
    startTls: reached,
    tls:
      talked && useSsl
        ? { protocol: "TLSv1.2", name: host, issuer: "Practice authority", validTo: "2030-01-01", fault: null }
        : null,
    mechanisms: [],
    senderReply: talked ? { taken: true, text: "250 2.1.0 Sender OK" } : null,
    insideReply: talked ? taken : null,
    outsideReply: talked ? (refused === null ? taken : { taken: false, text: refused.text }) : null,
    sent: talked && sendTo !== null ? { to: sendTo, taken: true, text: "250 2.6.0 taken by the practice relay" } : null,
  };
}

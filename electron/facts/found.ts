import { type FindingId, findingIds } from "../contract/checklist.ts";
import type { MailServer } from "../contract/mail-server.ts";
import type { Found, TlsRow } from "../contract/state.ts";
import { knownValue } from "../recording/fact.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { runningBuild } from "./build.ts";
import { applicationId, foundAuthentication, foundMail, serviceAddress, tenantId } from "./mail.ts";
import { changeCommand, changeLog, mimProduct } from "./product.ts";
import type { TlsVersion } from "./registry-values.ts";
import { runsAsGroupManaged, serviceAccount } from "./service.ts";
import { netState, protocolState } from "./tls.ts";

/** The running build of a recording, null when it could not be read. */
export function buildIn(recording: Recording): string | null {
  return knownValue(runningBuild(seenIn(recording)))?.version ?? null;
}

/** What was found on a server, for the screens that ask what is wanted. */
export function foundIn(recording: Recording, expected: MailServer): Found {
  const seen = seenIn(recording);
  const mail = knownValue(foundMail(seen, expected));
  const signsIn = knownValue(foundAuthentication(seen))?.type ?? null;
  const integrated = mail?.type === "smtp" || mail?.type === "exchange";
  const product = knownValue(mimProduct(seen));
  return {
    mailServer: mail?.type ?? null,
    mailHost: mail?.host ?? null,
    authentication: integrated ? "integrated" : signsIn === "incomplete" ? "none" : signsIn,
    applicationId: knownValue(applicationId(seen)),
    tenantId: knownValue(tenantId(seen)),
    serviceAccount: knownValue(serviceAccount(seen)),
    serviceEmail: knownValue(serviceAddress(seen)),
    groupManaged: runsAsGroupManaged(seen),
    changeCommand: product?.productCode ? changeCommand(product.productCode, changeLog) : null,
    tls: findingIds.tls.flatMap((finding) => tlsRow(seen, finding)),
  };
}

const words = { on: "On", off: "Off", half: "Contradictory", odd: "Contradictory", unknown: "Not known" } as const;

function tlsRow(seen: ReturnType<typeof seenIn>, finding: FindingId): TlsRow[] {
  const protocol = /^tls\.(1\.\d)\.(client|server)$/.exec(finding);
  if (protocol !== null) {
    const version = protocol[1] as TlsVersion;
    const state = protocolState(seen, version, protocol[2] === "client" ? "Client" : "Server");
    const values = [state.enabled, state.disabledByDefault].map(knownValue);
    const set = values.some((value) => value !== null);
    const unset = state.effect === "unknown" && state.enabled.state !== "absent" ? "not known" : "not set";
    const found = set ? values.map((value) => value ?? "not set").join(", ") : unset;
    const effect =
      !set && (state.effect === "on" || state.effect === "off")
        ? `${words[state.effect]} by default`
        : words[state.effect];
    return [{ finding, found, effect }];
  }
  const net = /^tls\.dotnet\.(v[24])\.(64|32)$/.exec(finding);
  if (net === null) return [];
  const state = netState(seen, net[1] as "v4" | "v2", net[2] as "64" | "32");
  const values = [state.strongCrypto, state.systemDefault].map(knownValue);
  const unset = values.every((value) => value === null);
  if (state.set === null) return [{ finding, found: "not known", effect: "Not known" }];
  if (unset)
    return [{ finding, found: "not set", effect: net[1] === "v2" ? "TLS 1.0 only" : "Depends on the program" }];
  const found = values.map((value) => value ?? "not set").join(", ");
  return [{ finding, found, effect: state.set ? "Follows Windows" : "Not as needed" }];
}

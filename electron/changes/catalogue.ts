import type { FindingId } from "../contract/checklist.ts";
import type { TlsProfile } from "../contract/target.ts";
import { pollExchangeName, serviceKey } from "../facts/service.ts";
import { netFrameworkKey, protocolKey, tlsSides, tlsVersions } from "../facts/tls.ts";

/** A registry value that may be changed, and the data it may be given. Everything else is refused. */
export interface ValueChange {
  /** The finding it is for, then the value's name: `tls.1.2.client.Enabled`. */
  readonly id: string;
  readonly finding: FindingId;
  readonly key: string;
  readonly name: string;
  readonly type: "REG_DWORD";
  readonly allowed: readonly number[];
  readonly why: string;
}

/**
 * Something that may be done besides setting values. `changeMode` runs the installer of the product that is found on the
 * server, `cleanLog` takes the secrets out of the log of its last run; neither takes anything from a plan.
 */
export const actionIds = ["restartService", "copyConfig", "changeMode", "cleanLog"] as const;
export type ActionId = (typeof actionIds)[number];

const protocolValues: readonly ValueChange[] = tlsVersions.flatMap((version) =>
  tlsSides.flatMap((side) =>
    (["Enabled", "DisabledByDefault"] as const).map((name) => {
      const finding = `tls.${version}.${side.toLowerCase()}` as FindingId;
      return {
        id: `${finding}.${name}`,
        finding,
        key: protocolKey(version, side),
        name,
        type: "REG_DWORD" as const,
        allowed: [0, 1],
        why:
          version === "1.2"
            ? "Microsoft's cloud accepts only TLS 1.2 or later"
            : `The guide turns TLS ${version} off; mail itself does not need it off`,
      };
    }),
  ),
);

const netValues: readonly ValueChange[] = (["v4", "v2"] as const).flatMap((version) =>
  (["64", "32"] as const).flatMap((bitness) =>
    (["SchUseStrongCrypto", "SystemDefaultTlsVersions"] as const).map((name) => {
      const finding = `tls.dotnet.${version}.${bitness}` as FindingId;
      return {
        id: `${finding}.${name}`,
        finding,
        key: netFrameworkKey(version, bitness),
        name,
        type: "REG_DWORD" as const,
        allowed: [0, 1],
        why:
          version === "v2" && bitness === "64"
            ? "The MIM Service runs on .NET 2.x: this decides mail"
            : ".NET programs follow Windows' TLS versions and strong cryptography",
      };
    }),
  ),
);

/**
 * Every registry value that a profile holds. Each takes effect after a restart of Windows, or at the least of the
 * program that uses it. Sources: TLS registry settings; Enable support for TLS 1.2 in your environment.
 */
export const valueChanges: readonly ValueChange[] = [...protocolValues, ...netValues];

/** What may be changed besides, and only when it is asked for by name: no profile holds it. */
export const pollExchange: ValueChange = {
  id: `server.pollExchange.${pollExchangeName}`,
  finding: "server.pollExchange",
  key: serviceKey,
  name: pollExchangeName,
  type: "REG_DWORD",
  allowed: [0, 1],
  why: "The service reads the replies in its mailbox, by which people approve, only where this is 1",
};

const byId = new Map([...valueChanges, pollExchange].map((change) => [change.id, change]));

/** The catalogue's entry for an id; null for a stranger. */
export function valueChange(id: string): ValueChange | null {
  return byId.get(id) ?? null;
}

/** What each profile gives a value; null leaves it alone. `minimum` is TLS 1.2 and .NET only. */
export function wantedData(change: ValueChange, profile: TlsProfile): number | null {
  if (change.finding.startsWith("tls.dotnet.")) return 1;
  const on = change.finding.startsWith("tls.1.2.");
  if (!on && profile === "minimum") return null;
  return (change.name === "Enabled") === on ? 1 : 0;
}

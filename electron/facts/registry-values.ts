import type { FindingId } from "../contract/checklist.ts";
import type { TlsProfile } from "../contract/target.ts";

export const tlsSides = ["Client", "Server"] as const;
export type TlsSide = (typeof tlsSides)[number];

/** One protocol of Windows (SCHANNEL): what each profile makes of it, and from which build of Windows it exists. */
interface ProtocolRow {
  readonly version: string;
  /** `null` leaves it alone: such a value is looked at and never planned. */
  readonly wanted: Readonly<Record<TlsProfile, "on" | "off" | null>>;
  /** The first build of Windows that has it, where not every one does. */
  readonly fromBuild: string | null;
  readonly why: string;
}

/**
 * Sources: https://learn.microsoft.com/en-us/windows-server/security/tls/tls-registry-settings and, for TLS 1.3, the table
 * of https://learn.microsoft.com/en-us/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-.
 */
export const protocolRows = [
  {
    version: "1.0",
    wanted: { guide: "off", minimum: null },
    fromBuild: null,
    why: "The guide turns TLS 1.0 off; mail itself does not need it off",
  },
  {
    version: "1.1",
    wanted: { guide: "off", minimum: null },
    fromBuild: null,
    why: "The guide turns TLS 1.1 off; mail itself does not need it off",
  },
  {
    version: "1.2",
    wanted: { guide: "on", minimum: "on" },
    fromBuild: null,
    why: "Microsoft's cloud accepts only TLS 1.2 or later",
  },
  {
    version: "1.3",
    wanted: { guide: null, minimum: null },
    fromBuild: "10.0.20348",
    why: "Windows Server 2022 and later have it on; mail does not need it",
  },
] as const satisfies readonly ProtocolRow[];
export type TlsVersion = (typeof protocolRows)[number]["version"];

/** A .NET Framework's values for programs of one bitness. */
export const netRows = [
  { version: "v4", bitness: "64" },
  { version: "v4", bitness: "32" },
  { version: "v2", bitness: "64" },
  { version: "v2", bitness: "32" },
] as const;
export type NetVersion = (typeof netRows)[number]["version"];
export type Bitness = (typeof netRows)[number]["bitness"];

/** The key of one protocol and side. */
export function protocolKey(version: TlsVersion, side: TlsSide): string {
  const protocols = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols";
  return `${protocols}\\TLS ${version}\\${side}`;
}

/**
 * The key of a .NET Framework's values for programs of one bitness.
 * Source: https://learn.microsoft.com/en-us/troubleshoot/entra/entra-id/ad-dmn-services/enable-support-tls-environment
 */
export function netFrameworkKey(version: NetVersion, bitness: Bitness): string {
  const view = bitness === "64" ? "" : "WOW6432Node\\";
  return `HKLM\\SOFTWARE\\${view}Microsoft\\.NETFramework\\${version === "v4" ? "v4.0.30319" : "v2.0.50727"}`;
}

/** One registry value that decides TLS: the row that rules, catalogue, exports, collector and the table are made from. */
export interface RegistryValueRow {
  /** The finding it decides, then the value's name: `tls.1.2.client.Enabled`. */
  readonly id: string;
  readonly finding: FindingId;
  readonly key: string;
  readonly name: string;
  readonly type: "REG_DWORD";
  readonly view: Bitness;
  /** The data each profile gives it; null leaves it alone. One that no profile touches is not in the catalogue. */
  readonly wanted: Readonly<Record<TlsProfile, number | null>>;
  readonly why: string;
}

/** The two values of a protocol, by what is wanted of it. */
const protocolData = { Enabled: { on: 1, off: 0 }, DisabledByDefault: { on: 0, off: 1 } } as const;
type ProtocolValue = keyof typeof protocolData;

const protocolValues = protocolRows.flatMap(({ version, wanted, why }) =>
  tlsSides.flatMap((side) =>
    (Object.keys(protocolData) as ProtocolValue[]).map((name): RegistryValueRow => {
      const finding = `tls.${version}.${side === "Client" ? "client" : "server"}` as const;
      const data = (way: "on" | "off" | null): number | null => (way === null ? null : protocolData[name][way]);
      return {
        id: `${finding}.${name}`,
        finding,
        key: protocolKey(version, side),
        name,
        type: "REG_DWORD",
        view: "64",
        wanted: { guide: data(wanted.guide), minimum: data(wanted.minimum) },
        why,
      };
    }),
  ),
);

const netValues = netRows.flatMap(({ version, bitness }) =>
  (["SchUseStrongCrypto", "SystemDefaultTlsVersions"] as const).map((name): RegistryValueRow => {
    const finding = `tls.dotnet.${version}.${bitness}` as const;
    return {
      id: `${finding}.${name}`,
      finding,
      key: netFrameworkKey(version, bitness),
      name,
      type: "REG_DWORD",
      view: bitness,
      wanted: { guide: 1, minimum: 1 },
      why:
        version === "v2" && bitness === "64"
          ? "The MIM Service runs on .NET 2.x: this decides mail"
          : ".NET programs follow Windows' TLS versions and strong cryptography",
    };
  }),
);

/** Every registry value that decides TLS. */
export const registryValues: readonly RegistryValueRow[] = [...protocolValues, ...netValues];

/** The keys they lie under, each once. */
export const registryValueKeys: readonly string[] = [...new Set(registryValues.map(({ key }) => key))];

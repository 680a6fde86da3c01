import type { FindingId } from "../../electron/contract/checklist.ts";

/** Values that belong together, each row being the two of one key. */
export interface TlsGroup {
  readonly title: string;
  /** The names of the two values, in the order their figures are shown. */
  readonly values: readonly [string, string];
  readonly rows: readonly { readonly finding: FindingId; readonly name: string }[];
}

const netValues = ["SchUseStrongCrypto", "SystemDefaultTlsVersions"] as const;

/** Every TLS value of the checklist. What decides mail comes first. */
export const tlsGroups: readonly TlsGroup[] = [
  {
    title: ".NET Framework 2.x: decides mail",
    values: netValues,
    rows: [
      { finding: "tls.dotnet.v2.64", name: "64-bit programs" },
      { finding: "tls.dotnet.v2.32", name: "32-bit programs" },
    ],
  },
  {
    title: ".NET Framework 4.x",
    values: netValues,
    rows: [
      { finding: "tls.dotnet.v4.64", name: "64-bit programs" },
      { finding: "tls.dotnet.v4.32", name: "32-bit programs" },
    ],
  },
  {
    title: "Windows (SCHANNEL)",
    values: ["Enabled", "DisabledByDefault"],
    rows: [
      { finding: "tls.1.3.client", name: "TLS 1.3 client" },
      { finding: "tls.1.3.server", name: "TLS 1.3 server" },
      { finding: "tls.1.2.client", name: "TLS 1.2 client" },
      { finding: "tls.1.2.server", name: "TLS 1.2 server" },
      { finding: "tls.1.1.client", name: "TLS 1.1 client" },
      { finding: "tls.1.1.server", name: "TLS 1.1 server" },
      { finding: "tls.1.0.client", name: "TLS 1.0 client" },
      { finding: "tls.1.0.server", name: "TLS 1.0 server" },
    ],
  },
];

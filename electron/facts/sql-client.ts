import type { UnknownFact } from "../recording/fact.ts";
import { type Seen, textOf } from "../recording/seen.ts";
import { compareVersions } from "./build.ts";

/** A client of SQL Server, the keys its versions register under, and the first that speaks TLS 1.2. */
interface SqlClientFamily {
  readonly name: string;
  readonly keys: readonly string[];
  readonly first: string;
}

const microsoft = "HKLM\\SOFTWARE\\Microsoft";

/** Source of the versions: https://learn.microsoft.com/en-us/microsoft-identity-manager/preparing-tls */
const families: readonly SqlClientFamily[] = [
  {
    name: "SQL Server Native Client",
    keys: [
      ...["11", "10"].flatMap((one) => [
        `${microsoft}\\SQLNCLI${one}`,
        `${microsoft}\\SQLNCLI${one}\\InstalledVersion`,
      ]),
      ...["11.0", "10.0"].map((one) => `${microsoft}\\Microsoft SQL Server Native Client ${one}\\CurrentVersion`),
    ],
    first: "11.0.7001.0",
  },
  {
    name: "OLE DB Driver for SQL Server",
    keys: [`${microsoft}\\MSOLEDBSQL`, `${microsoft}\\MSOLEDBSQL19`],
    first: "18.2.0.0",
  },
];

/** Every key a client of SQL Server registers its version under. */
export const sqlClientKeys: readonly string[] = families.flatMap(({ keys }) => keys);

/** A client of SQL Server that is installed. */
export interface SqlClient {
  readonly name: string;
  readonly version: string;
  readonly address: string;
  /** True when it does not speak TLS 1.2. */
  readonly tooOld: boolean;
  readonly first: string;
}

/** The clients of SQL Server found, the newest of each kind; not known where nothing of them was recorded or readable. */
export interface SqlClients {
  readonly found: readonly SqlClient[];
  readonly notKnown: UnknownFact | null;
}

export function sqlClients(seen: Seen): SqlClients {
  const facts = sqlClientKeys.map(seen.key);
  const unreadable = facts.find((fact) => fact.state === "unreadable");
  const first = facts[0];
  const none = facts.every(({ state }) => state === "notRecorded");
  return {
    found: families.flatMap((family) => newestOf(seen, family)),
    notKnown: unreadable?.state === "unreadable" ? unreadable : none && first?.state === "notRecorded" ? first : null,
  };
}

function newestOf(seen: Seen, { name, keys, first }: SqlClientFamily): SqlClient[] {
  const versions = keys.flatMap((key) => {
    const fact = seen.key(key);
    if (fact.state !== "present") return [];
    return Object.entries(fact.value).flatMap(([value, stored]) => {
      const version = (textOf(stored) ?? "").trim();
      const named = /version$/i.test(value) || value === "" || value === "(default)";
      return named && /^\d+(\.\d+){2,3}$/.test(version) ? [{ version, address: `${key}\\${value}` }] : [];
    });
  });
  const [newest] = versions.sort((one, other) => compareVersions(other.version, one.version));
  if (newest === undefined) return [];
  return [{ name, ...newest, tooOld: !speaksTls12(newest.version, first), first }];
}

/** Native Client counts its service packs in the second number and its builds in the third: 11.0.7001 is 11.4.7001. */
function speaksTls12(version: string, first: string): boolean {
  const [major = 0, , build = 0] = version.split(".").map(Number);
  const [firstMajor = 0, , firstBuild = 0] = first.split(".").map(Number);
  if (major !== firstMajor || firstBuild === 0) return compareVersions(version, first) >= 0;
  return build >= firstBuild;
}

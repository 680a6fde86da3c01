import { tlsSides } from "../facts/registry-values.ts";
import { databaseServer, fipsPolicy, ignoresFips, keyProtectService } from "../facts/service-settings.ts";
import { sqlClients } from "../facts/sql-client.ts";
import { protocolState } from "../facts/tls.ts";
import { isUnknown } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type Verdict } from "./rule.ts";

/** With FIPS policy on, workflows, and so notifications, need the service's configuration to say otherwise. */
export function fips({ seen }: Case): Verdict {
  const expected = 'FIPS policy off, or enforceFIPSPolicy enabled="false" in the service\'s configuration';
  const policy = fipsPolicy(seen);
  if (policy.state === "notRecorded") return notApplicable("The FIPS policy was not recorded");
  if (policy.state === "unreadable") return notKnown(policy, expected);
  const sources = ["tlsOnly"] as const;
  if (policy.state === "absent" || !policy.value) {
    return { status: "done", actual: "FIPS policy is off", expected, evidence: [evidenceOf(policy)], sources };
  }
  const ignores = ignoresFips(seen);
  const evidence = [
    evidenceOf(policy, () => "on"),
    evidenceOf(ignores, (ignored) =>
      ignored ? 'enforceFIPSPolicy enabled="false"' : "enforceFIPSPolicy is not set to false",
    ),
  ];
  if (isUnknown(ignores)) return notKnown(ignores, expected, [], evidence);
  if (ignores.state === "present" && ignores.value) {
    return {
      status: "done",
      actual: "FIPS policy is on, and the service does not enforce it",
      expected,
      evidence,
      sources,
    };
  }
  return {
    status: "attention",
    actual: "FIPS policy is on, and the service enforces it: workflows, and so notifications, can fail",
    expected,
    advice: [
      'Put <enforceFIPSPolicy enabled="false" /> under <runtime> in the service\'s configuration, after a copy of the file.',
      "Restart the Forefront Identity Manager Service. Change mode may write the file anew: check again afterwards.",
    ],
    evidence,
    sources,
  };
}

/** A service left over from the script for group Managed Service Accounts makes the installer fail. */
export function keyProtect({ seen }: Case): Verdict {
  const expected = `No service ${keyProtectService}`;
  const found = seen.service(keyProtectService);
  if (found.state === "notRecorded") return notApplicable("Not recorded");
  if (found.state === "unreadable") return notKnown(found, expected);
  const evidence = [evidenceOf(found, ({ status }) => status)];
  if (found.state === "absent") return { status: "done", actual: "Not there", expected, evidence };
  return {
    status: "attention",
    actual: `The service ${keyProtectService} is there (${found.value.status}); the installer fails with it`,
    expected,
    advice: [
      "It is left over from the script that moves the service to a group Managed Service Account.",
      `Before Change mode, in an elevated command prompt: sc.exe delete ${keyProtectService}`,
    ],
    evidence,
    sources: ["groupManaged"],
  };
}

/** A port in the database server's name is reported to break the installer. */
export function database({ seen }: Case): Verdict {
  const expected = "The database server without a port";
  const found = databaseServer(seen);
  if (isUnknown(found)) return notKnown(found, expected);
  const evidence = [evidenceOf(found, ({ name }) => name)];
  if (found.state === "absent") return { status: "done", actual: "Not set", expected, evidence };
  const { name, port } = found.value;
  if (port === null) return { status: "done", actual: name, expected, evidence };
  return {
    status: "attention",
    actual: `${name}: with port ${port}`,
    expected,
    advice: [
      "An installer that finds a port in the name is reported to fail. Before Change mode make an alias for this server and port (cliconfg.exe, 64-bit and 32-bit), and give the alias's name on the database page.",
    ],
    evidence,
  };
}

/** Whether TLS 1.0 or 1.1 is off on any side, as found. */
function olderTlsIsOff(seen: Seen): boolean {
  return (["1.0", "1.1"] as const).some((version) =>
    tlsSides.some((side) => protocolState(seen, version, side).effect === "off"),
  );
}

/** The clients of SQL Server have to speak TLS 1.2 before the older versions go off: else the service does not start. */
export function sqlClient({ seen, target }: Case): Verdict {
  const expected =
    "SQL Server Native Client 11.0.7001 or later, OLE DB Driver for SQL Server 18.2 or later, where installed";
  const { found, notKnown: unknown } = sqlClients(seen);
  if (unknown?.state === "notRecorded") return notApplicable("Not recorded; the costs of TLS 1.2 alone ask for it");
  if (unknown !== null && found.length === 0) return notKnown(unknown, expected);
  const evidence = found.map(({ address, version }) => ({ address, value: version }));
  const actual = found.map(({ name, version }) => `${name} ${version}`).join(", ") || "Neither is installed";
  const sources = ["tlsOnly"] as const;
  const old = found.filter(({ tooOld }) => tooOld);
  if (old.length === 0) return { status: "done", actual, expected, evidence, sources };
  const isOff = olderTlsIsOff(seen);
  if (!isOff && target.tlsProfile !== "guide") {
    const kept = `${actual}; too old for TLS 1.2 alone, which is not wanted`;
    return { status: "done", actual: kept, expected, evidence, sources };
  }
  return {
    status: "action",
    actual: `${actual}: too old for TLS 1.2 alone`,
    expected,
    advice: [
      ...old.map(({ name, first }) => `Update ${name} to ${first} or later.`),
      isOff
        ? "TLS 1.0 or 1.1 is off here already: the MIM Service may not reach its database, and not start."
        : 'Do it before TLS 1.0 and 1.1 go off, or choose the profile "Only what mail needs".',
      "SQL Server 2012 and 2014 themselves need updates for TLS 1.2.",
    ],
    evidence,
    sources,
  };
}

import { mailEvents } from "../facts/mail-events.ts";
import { protocolKey } from "../facts/registry-values.ts";
import { sqlClients } from "../facts/sql-client.ts";
import type { Seen } from "../recording/seen.ts";

/** True when the log holds the error of two sides without a TLS version or cipher suite in common. */
export function lacksCommonAlgorithm(seen: Seen): boolean {
  const events = mailEvents(seen);
  return events.state === "present" && events.value.some(({ kind }) => kind === "commonAlgorithm");
}

/**
 * What to do when a service that does not run wrote that error: most often the database's client or the certificate does
 * not go without TLS 1.0. Nothing where it did not. Source: https://support.microsoft.com/help/3135244
 */
export function algorithmAdvice(seen: Seen): string[] {
  if (!lacksCommonAlgorithm(seen)) return [];
  const { found, notKnown } = sqlClients(seen);
  const clients = found.map(({ name, version, tooOld }) => `${name} ${version}${tooOld ? ", too old" : ""}`);
  const none = notKnown === null ? "neither was found here" : "not known here";
  return [
    'The log says "do not possess a common algorithm": since TLS 1.0 went off the service may not reach its database, and then does not start.',
    `Look at SQL Server Native Client (11.0.7001 or later) and OLE DB Driver for SQL Server (18.2 or later): ${clients.length === 0 ? none : clients.join("; ")}. Then at SQL Server itself (2012 and 2014 need updates) and at the MIM Service's certificate, which must not be self-signed.`,
    `To have the service back at once, undo TLS 1.0 alone: the assistant does, beside this finding in its window or with mim-mail undo --only tls1.0. It sets Enabled 1 and DisabledByDefault 0 (both REG_DWORD) under ${protocolKey("1.0", "Client")} and ${protocolKey("1.0", "Server")}. Then restart Windows. TLS 1.2 and the .NET values stay.`,
    'Until the cause is gone, choose the profile "Only what mail needs" (minimum): the guide\'s would turn TLS 1.0 off again.',
  ];
}

import type { Target } from "../contract/target.ts";
import { absent, type Fact, knownValue, mapFact, present } from "../recording/fact.ts";
import type { ServiceFact } from "../recording/recording.ts";
import { type Seen, textOf } from "../recording/seen.ts";

/** Where the MIM Service keeps its mail values. */
export const mimServiceKey = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";

/** Where Windows keeps the service itself: its program, its account, and PollExchangeEnabled. */
export const serviceKey = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService";

/** The value of the service's key that tells whether it reads the replies in its mailbox. */
export const pollExchangeName = "PollExchangeEnabled";

/** The service's short name; its display name is "Forefront Identity Manager Service". */
export const serviceName = "FIMService";

/**
 * The services of Privileged Access Management, where it is installed.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/2016-gmsa
 */
export const pamServices = ["PamMonitoringService", "PrivilegeManagementComponentService"] as const;

/** State and start time of the MIM Service. */
export function mimService(seen: Seen): Fact<Extract<ServiceFact, { state: "present" }>> {
  return seen.service(serviceName);
}

/** True when the service is there and certainly does not run. */
export function isStopped(seen: Seen): boolean {
  const state = mimService(seen);
  return state.state === "absent" || (state.state === "present" && state.value.status.toLowerCase() !== "running");
}

function serviceText(seen: Seen, name: string): Fact<string> {
  const value = seen.value(serviceKey, name);
  if (value.state !== "present") return value;
  const text = textOf(value.value)?.trim() ?? "";
  return text === "" ? absent(value.address) : present(value.address, text);
}

/** The program in an ImagePath, without quotes and arguments; a path with blanks may come unquoted. */
export function executableIn(imagePath: string): string {
  const trimmed = imagePath.trim();
  const quoted = /^"([^"]*)"/.exec(trimmed)?.[1];
  if (quoted !== undefined) return quoted;
  return /^.*?\.exe(?=\s|$)/i.exec(trimmed)?.[0] ?? trimmed.split(/\s/)[0] ?? trimmed;
}

/** The full path of the MIM Service's program. */
export function serviceExecutable(seen: Seen): Fact<string> {
  return mapFact(serviceText(seen, "ImagePath"), executableIn);
}

/** The configuration file beside the program; the service reads it only when it starts. */
export function configPath(executable: string): string {
  return `${executable}.config`;
}

/** The text of the service's configuration file. */
export function serviceConfig(seen: Seen): Fact<string> {
  const executable = serviceExecutable(seen);
  return executable.state === "present" ? seen.text(configPath(executable.value)) : executable;
}

/** The account the service runs as. */
export function serviceAccount(seen: Seen): Fact<string> {
  return serviceText(seen, "ObjectName");
}

/** The SID of the service account. */
export function serviceAccountSid(seen: Seen): Fact<string> {
  const account = serviceAccount(seen);
  return account.state === "present" ? seen.account(account.value) : account;
}

/** What kind of account a service account is. */
export type AccountKind = "groupManaged" | "domain" | "local" | "system";

/** The kind of an account as ObjectName writes it: `DOMAIN\name`, `name@domain`, `.\name`, `LocalSystem`, … */
export function accountKind(account: string): AccountKind {
  const plain = account.trim();
  if (
    /^(nt authority|nt service)\\/i.test(plain) ||
    /^(localsystem|localservice|networkservice|system)$/i.test(plain)
  ) {
    return "system";
  }
  if (plain.startsWith(".\\") || !/[\\@]/.test(plain)) return "local";
  return plain.endsWith("$") || /\$@/.test(plain) ? "groupManaged" : "domain";
}

/** True when the service runs as a group Managed Service Account. */
export function runsAsGroupManaged(seen: Seen): boolean {
  const account = knownValue(serviceAccount(seen));
  return account !== null && accountKind(account) === "groupManaged";
}

/** True when a group Managed Service Account shall run the service: the account wanted, else the one that does now. */
export function wantsGroupManaged(seen: Seen, target: Pick<Target, "serviceAccount">): boolean {
  const wanted = target.serviceAccount?.trim() ?? "";
  return wanted === "" ? runsAsGroupManaged(seen) : accountKind(wanted) === "groupManaged";
}

/** True when two spellings name one account: case does not count, and `name@contoso.com` is `CONTOSO\name`. */
export function sameAccount(one: string, other: string): boolean {
  const plain = (account: string): string => {
    const lower = account.trim().toLowerCase();
    const principal = /^([^@\\]+)@([^.\\]+)/.exec(lower);
    return principal === null ? lower : `${principal[2]}\\${principal[1]}`;
  };
  return plain(one) === plain(other);
}

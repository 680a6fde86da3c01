import type { FindingId } from "../contract/checklist.ts";
import type { TlsProfile } from "../contract/target.ts";
import { registryValues } from "../facts/registry-values.ts";
import { pollExchangeName, serviceKey } from "../facts/service.ts";

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

/**
 * Every registry value that a profile holds, from the one table of values. Each takes effect after a restart of Windows,
 * or at the least of the program that uses it. What no profile holds is looked at alone and may not be changed.
 */
export const valueChanges: readonly ValueChange[] = registryValues
  .filter(({ wanted }) => Object.values(wanted).some((data) => data !== null))
  .map(({ id, finding, key, name, type, why }) => ({ id, finding, key, name, type, allowed: [0, 1], why }));

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

/** The catalogue's entry for an id; null for an unknown entry. */
export function valueChange(id: string): ValueChange | null {
  return byId.get(id) ?? null;
}

/** What each profile gives a value; null leaves it alone. */
export function wantedData(change: ValueChange, profile: TlsProfile): number | null {
  return registryValues.find(({ id }) => id === change.id)?.wanted[profile] ?? null;
}

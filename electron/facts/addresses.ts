import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { cipherKeys } from "./cipher-suites.ts";
import { dotnetReleaseKeys } from "./dotnet-update.ts";
import { installPropertiesKey, packagePaths, products } from "./product.ts";
import { registryValueKeys } from "./registry-values.ts";
import {
  configPath,
  mimServiceKey,
  pamServices,
  serviceAccount,
  serviceExecutable,
  serviceKey,
  serviceName,
} from "./service.ts";
import { fipsKey, keyProtectService } from "./service-settings.ts";
import { sqlClientKeys } from "./sql-client.ts";
import { hiveKey } from "./token.ts";
import { pendingRestartKeys, sessionManagerKey } from "./windows.ts";

export { uninstallRoots } from "./product.ts";

/** The registry keys every look reads, whatever is found. */
export const fixedKeys: readonly string[] = [
  mimServiceKey,
  serviceKey,
  ...registryValueKeys,
  ...cipherKeys,
  fipsKey,
  ...dotnetReleaseKeys,
  ...sqlClientKeys,
  ...pendingRestartKeys,
  sessionManagerKey,
];

/** The services of Windows that every look asks for. */
export const fixedServices: readonly string[] = [serviceName, keyProtectService, ...pamServices];

/** What a look has to read after it has read something else. */
export interface FurtherAddresses {
  readonly keys: readonly string[];
  readonly files: readonly string[];
  readonly texts: readonly string[];
  readonly accounts: readonly string[];
}

/**
 * What to read next, worked out from what was already read: the cached package of the product found, the service's
 * program and configuration, the account's SID and what is kept under it. Call again until nothing new comes.
 */
export function furtherAddresses(recording: Recording): FurtherAddresses {
  const seen = seenIn(recording);
  const account = serviceAccount(seen);
  const sid = account.state === "present" ? seen.account(account.value) : null;
  const executable = serviceExecutable(seen);
  const codes = products(seen).matches.flatMap((product) => product.productCode ?? []);
  const paths = products(seen).matches.flatMap((product) => packagePaths(seen, product));
  const all = {
    keys: [...codes.map(installPropertiesKey), ...(sid?.state === "present" ? [hiveKey(sid.value)] : [])],
    files: [...(executable.state === "present" ? [executable.value] : []), ...paths],
    texts: executable.state === "present" ? [configPath(executable.value)] : [],
    accounts: account.state === "present" ? [account.value] : [],
  };
  const isNew = (fact: { readonly state: string }): boolean => fact.state === "notRecorded";
  const distinct = (addresses: readonly string[]): string[] => [...new Set(addresses)];
  return {
    keys: distinct(all.keys).filter((key) => isNew(seen.key(key))),
    files: distinct(all.files).filter((file) => isNew(seen.file(file))),
    texts: distinct(all.texts).filter((text) => isNew(seen.text(text))),
    accounts: distinct(all.accounts).filter((name) => isNew(seen.account(name))),
  };
}

import type { RegistryReader } from "../changes/registry.ts";
import {
  cachedPackage,
  installPropertiesKey,
  installSource,
  mimProduct,
  type Product,
  uninstallRoots,
} from "../facts/product.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording, RegistryKey } from "../recording/recording.ts";
import { type Seen, seenIn } from "../recording/seen.ts";

/** The product whose installer can be started, and the paths of its packages as far as they are known. */
export interface InstalledProduct {
  readonly productCode: string;
  readonly version: string | null;
  readonly cachedPackage: string | null;
  readonly installSource: string | null;
}

/**
 * The MIM Service and Portal of a server, found as a look finds it, in either view.
 * @throws InputProblem `refused` when it is not there, has no product code, or a view cannot be read
 */
export async function installedProduct(registry: RegistryReader): Promise<InstalledProduct> {
  const found: Record<string, RegistryKey> = {};
  const listed = await registry.listSubKeys(uninstallRoots);
  for (const root of uninstallRoots) {
    const keys = listed.get(root) ?? { state: "unreadable", reason: "the registry gave no answer" };
    found[root] = keys.state === "present" ? { state: "present", values: {} } : keys;
    if (keys.state !== "present") continue;
    const candidates = keys.names.filter((name) => name.startsWith("{")).map((name) => `${root}\\${name}`);
    if (candidates.length === 0) continue;
    for (const [key, values] of await registry.readKeys(candidates)) found[key] = values;
  }
  const product = mimProduct(seenOf(found));
  if (product.state === "unreadable") throw refused(`the product cannot be looked for: ${product.reason}`);
  if (product.state !== "present") throw refused("the product is not installed");
  const { productCode, version } = product.value;
  if (productCode === null) throw refused("no valid product code was found");
  for (const [key, values] of await registry.readKeys([installPropertiesKey(productCode)])) found[key] = values;
  const seen = seenOf(found);
  return { productCode, version, ...packagesOf(seen, product.value) };
}

function packagesOf(seen: Seen, product: Product): Pick<InstalledProduct, "cachedPackage" | "installSource"> {
  const cached = cachedPackage(seen, product);
  const source = installSource(seen, product);
  return {
    cachedPackage: cached.state === "present" ? cached.value : null,
    installSource: source.state === "present" ? source.value : null,
  };
}

function refused(message: string): InputProblem {
  return new InputProblem(
    "refused",
    message,
    "MIM Service and Portal",
    "See the step Server for what was found. Nothing was started.",
  );
}

/** Keys that were read, ready for questions. */
function seenOf(registry: Recording["registry"]): Seen {
  return seenIn({
    format: "mim-mail-recording",
    version: 1,
    recordedAt: new Date(0).toISOString(),
    computer: "",
    windows: null,
    registry,
    services: {},
    files: {},
    texts: {},
    accounts: {},
    events: null,
    journal: [],
    installerRuns: [],
    cloud: null,
  });
}

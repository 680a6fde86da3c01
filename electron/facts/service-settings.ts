import { XMLParser } from "fast-xml-parser";
import { type Fact, mapFact } from "../recording/fact.ts";
import { numberOf, type Seen } from "../recording/seen.ts";
import { serviceConfig, serviceKey } from "./service.ts";

/** Where Windows keeps whether only algorithms that FIPS approves of may be used. */
export const fipsKey = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa\\FipsAlgorithmPolicy";

/** Whether the FIPS policy is on. */
export function fipsPolicy(seen: Seen): Fact<boolean> {
  return mapFact(seen.value(fipsKey, "Enabled"), (value) => numberOf(value) !== null && numberOf(value) !== 0);
}

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", processEntities: false });

type Element = Readonly<Record<string, unknown>>;

/** The elements of a name directly below one, none for anything else. */
function below(parent: unknown, name: string): Element[] {
  const found = typeof parent === "object" && parent !== null ? (parent as Element)[name] : undefined;
  // An element without attributes and content is an empty text.
  return [found].flat().flatMap((one) => (one === undefined ? [] : [typeof one === "object" ? (one as Element) : {}]));
}

function elements(config: string, ...path: readonly string[]): Element[] {
  try {
    return path.reduce<Element[]>(
      (parents, name) => parents.flatMap((parent) => below(parent, name)),
      [parser.parse(config.replace(/^\uFEFF/, "")) as Element],
    );
  } catch {
    return [];
  }
}

const isFalse = (value: unknown): boolean => /^\s*(false|0)\s*$/i.test(String(value ?? ""));

/** Whether the service's configuration says that the FIPS policy is not to be enforced for it. */
export function ignoresFips(seen: Seen): Fact<boolean> {
  return mapFact(serviceConfig(seen), (config) =>
    elements(config, "configuration", "runtime", "enforceFIPSPolicy").some(({ enabled }) => isFalse(enabled)),
  );
}

/** What the service's configuration says of its proxy: turned off, one of its own, or nothing, which is the account's. */
export type ServiceProxy = { readonly kind: "off" | "account" } | { readonly kind: "own"; readonly address: string };

/** The proxy the service goes through, as its configuration says. */
export function serviceProxy(seen: Seen): Fact<ServiceProxy> {
  return mapFact(serviceConfig(seen), (config): ServiceProxy => {
    const [found] = elements(config, "configuration", "system.net", "defaultProxy");
    if (found === undefined) return { kind: "account" };
    if (isFalse(found["enabled"])) return { kind: "off" };
    const address = below(found, "proxy")
      .map(({ proxyaddress, proxyAddress }) => String(proxyaddress ?? proxyAddress ?? "").trim())
      .find((one) => one !== "");
    return address === undefined ? { kind: "account" } : { kind: "own", address };
  });
}

/** The database server with its port, where a port is written: `SQL01,14330`. */
export function databaseServer(seen: Seen): Fact<{ readonly name: string; readonly port: string | null }> {
  return mapFact(seen.value(serviceKey, "DatabaseServer"), (value) => {
    const name = "data" in value && typeof value.data === "string" ? value.data.trim() : "";
    return { name, port: /,\s*(\d{1,5})$/.exec(name)?.[1] ?? null };
  });
}

/** A service that the script for group Managed Service Accounts makes and may leave behind. */
export const keyProtectService = "MIMKeyProtectService";

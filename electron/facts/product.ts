import { plainGuid } from "../contract/guid.ts";
import { absent, type Fact, isUnknown, knownValue, mapFact, present } from "../recording/fact.ts";
import { type Seen, textOf } from "../recording/seen.ts";

const uninstall = "Microsoft\\Windows\\CurrentVersion\\Uninstall";

/** The Uninstall keys of the 64-bit and of the 32-bit view; programs are listed below them one by one. */
export const uninstallRoots: readonly string[] = [
  `HKLM\\SOFTWARE\\${uninstall}`,
  `HKLM\\SOFTWARE\\WOW6432Node\\${uninstall}`,
];

/** A MIM or FIM Service and Portal found under an Uninstall key. */
export interface Product {
  /** `mim` for Microsoft Identity Manager, `fim` for its forerunner Forefront Identity Manager. */
  readonly family: "mim" | "fim";
  readonly name: string;
  readonly version: string | null;
  /** Plain upper-case form in braces, as Windows Installer writes it; null when there is no valid one. */
  readonly productCode: string | null;
  readonly view: "64-bit" | "32-bit";
  readonly uninstallString: string | null;
  readonly key: string;
}

/** What both Uninstall views say. */
export interface Products {
  readonly matches: readonly Product[];
  /** The first view or entry that could not be read; null when both views are known whole. */
  readonly notKnown: Fact<unknown> | null;
}

// The Synchronization Service, the Add-ins and the Language Packs have longer or other names and never match.
export const productNames: Readonly<Record<Product["family"], string>> = {
  mim: "microsoft identity manager service and portal",
  fim: "forefront identity manager service and portal",
};

/** Windows Installer's form of a product code: upper case in braces; null when the text holds no GUID. */
export function productCodeIn(text: string): string | null {
  const found = /\{[0-9A-Fa-f-]{36}\}/.exec(text)?.[0];
  const guid = found === undefined ? null : plainGuid(found);
  return guid === null ? null : `{${guid.toUpperCase()}}`;
}

/** Every MIM and FIM Service and Portal in both Uninstall views. */
export function products(seen: Seen): Products {
  const matches: Product[] = [];
  let notKnown: Fact<unknown> | null = null;
  for (const root of uninstallRoots) {
    const view = seen.key(root);
    if (isUnknown(view)) notKnown ??= view;
    for (const key of seen.subKeys(root)) {
      if (isUnknown(seen.key(key))) notKnown ??= seen.key(key);
      const product = productAt(seen, key, root === uninstallRoots[0] ? "64-bit" : "32-bit");
      if (product !== null) matches.push(product);
    }
  }
  return { matches, notKnown };
}

function productAt(seen: Seen, key: string, view: Product["view"]): Product | null {
  const text = (name: string): string | null => knownValue(mapFact(seen.value(key, name), textOf));
  const name = text("DisplayName")?.trim();
  const plainName = name?.toLowerCase().replace(/\s+/g, " ");
  const family = plainName === productNames.mim ? "mim" : plainName === productNames.fim ? "fim" : null;
  if (name === undefined || family === null) return null;
  const uninstallString = text("UninstallString");
  return {
    family,
    name,
    version: text("DisplayVersion"),
    productCode: productCodeIn(key.slice(key.lastIndexOf("\\"))) ?? productCodeIn(uninstallString ?? ""),
    view,
    uninstallString,
    key,
  };
}

/** The MIM Service and Portal on this server; absent only when both views are known whole and hold none. */
export function mimProduct(seen: Seen): Fact<Product> {
  const { matches, notKnown } = products(seen);
  const product = matches.find(({ family }) => family === "mim");
  if (product !== undefined) return present(product.key, product);
  return notKnown !== null && isUnknown(notKnown) ? notKnown : absent(uninstallRoots.join(", "));
}

/**
 * Windows Installer's packed form of a product code: the first three groups reversed, then each byte's two digits
 * swapped. Source: the registry keys Windows Installer keeps under `Installer\UserData`.
 */
export function packedProductCode(productCode: string): string {
  const digits = productCode.replace(/[{}-]/g, "");
  const reversed = (part: string): string => [...part].reverse().join("");
  const head = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16)].map(reversed).join("");
  const tail = digits.slice(16).replace(/(.)(.)/g, "$2$1");
  return (head + tail).toUpperCase();
}

/** Where Windows Installer keeps what it knows of the products installed for the machine. */
export const installerProductsKey =
  "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products";

/** The key where Windows Installer keeps what it knows of a product installed for the machine. */
export function installPropertiesKey(productCode: string): string {
  return `${installerProductsKey}\\${packedProductCode(productCode)}\\InstallProperties`;
}

function pathValue(seen: Seen, key: string, name: string): Fact<string> {
  const value = seen.value(key, name);
  if (value.state !== "present") return value;
  const path = textOf(value.value)?.trim() ?? "";
  return path === "" ? absent(value.address) : present(value.address, path);
}

/** The path of the cached package, as Windows Installer has it. */
export function cachedPackage(seen: Seen, product: Product): Fact<string> {
  if (product.productCode === null) return absent(product.key);
  return pathValue(seen, installPropertiesKey(product.productCode), "LocalPackage");
}

/** The folder the product was installed from: the Uninstall key's value, else Windows Installer's own. */
export function installSource(seen: Seen, product: Product): Fact<string> {
  const fromUninstall = pathValue(seen, product.key, "InstallSource");
  if (fromUninstall.state === "present" || product.productCode === null) return fromUninstall;
  return pathValue(seen, installPropertiesKey(product.productCode), "InstallSource");
}

/** The files of a product whose presence a look records. */
export function packagePaths(seen: Seen, product: Product): string[] {
  return [cachedPackage(seen, product), installSource(seen, product)].flatMap((fact) => knownValue(fact) ?? []);
}

/** The folder or file as far as it is known: the path's state when the path itself is not there or not known. */
export function fileAt(seen: Seen, path: Fact<string>): Fact<string> {
  if (path.state !== "present") return path;
  return mapFact(seen.file(path.value), () => path.value);
}

/**
 * The Change-mode command line, to be run elevated. Built from the product code alone: the UninstallString may be
 * `/X`, which uninstalls. `/lvxi*!` logs everything, each line at once: without the mark Windows
 * Installer keeps twenty lines back, and whoever follows the log is pages behind.
 * Source: https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/msiexec
 */
export function changeCommand(productCode: string, log: string): string {
  return `msiexec.exe /I${productCode} /lvxi*! "${log}"`;
}

/**
 * Where the log of a run that is started by hand is written: a folder that every Windows has, because msiexec makes none
 * (it ends with 1622), and in which other users may not read what an administrator wrote.
 */
export const changeLog = "C:\\Windows\\Temp\\mim-mail-change-mode.log";

/** True when the UninstallString as it stands would remove the product. */
export function uninstallStringRemoves(product: Product): boolean {
  return /\/X/i.test(product.uninstallString ?? "");
}

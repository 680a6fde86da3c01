import { absent, type Fact, isUnknown, present } from "../recording/fact.ts";
import type { Seen } from "../recording/seen.ts";
import { mimProduct } from "./product.ts";
import { serviceExecutable } from "./service.ts";

/** A build number such as 4.6.607.0, and where it came from. */
export interface Build {
  readonly version: string;
  /** `file` the version of the service's program; `product` the installed product's, only a baseline. */
  readonly from: "file" | "product";
}

/** The numbers of a version, compared part by part; null for a text that is no version. */
export function versionParts(version: string): readonly number[] | null {
  const plain = version.trim();
  return /^\d+(\.\d+){1,3}$/.test(plain) ? plain.split(".").map(Number) : null;
}

/** Negative when `one` is older than `other`, 0 when they are the same, positive when it is newer. Numeric. */
export function compareVersions(one: string, other: string): number {
  const left = versionParts(one) ?? [];
  const right = versionParts(other) ?? [];
  for (let part = 0; part < 4; part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The running build: the file version of the service's program, else the product's version. A hotfix raises the
 * program's version while the installed package stays the baseline.
 */
export function runningBuild(seen: Seen): Fact<Build> {
  const executable = serviceExecutable(seen);
  const file = executable.state === "present" ? seen.file(executable.value) : executable;
  if (file.state === "present" && file.value !== null && versionParts(file.value) !== null) {
    return present(`${file.address} (file version)`, { version: file.value.trim(), from: "file" });
  }
  const product = mimProduct(seen);
  if (product.state === "present" && versionParts(product.value.version ?? "") !== null) {
    return present(`${product.address}\\DisplayVersion`, { version: product.value.version ?? "", from: "product" });
  }
  if (isUnknown(file)) return file;
  return isUnknown(product) ? product : absent(file.address);
}

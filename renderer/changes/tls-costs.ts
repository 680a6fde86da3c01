import type { Finding } from "../../electron/contract/checklist.ts";

/** What a server that speaks TLS 1.2 only breaks; empty once it was weighed or nothing is turned off. */
export function openCosts(finding: Finding | undefined): readonly string[] {
  // The last advice says to confirm it; that is the box below the list.
  return finding?.status === "pending" ? finding.advice.slice(0, -1) : [];
}

/** True for the finding of a protocol whose going off has these costs. */
export function hasCosts(finding: string): boolean {
  return /^tls\.1\.[01]\./.test(finding);
}

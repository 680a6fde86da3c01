import type { Finding } from "../../electron/contract/checklist.ts";

/** What a server that speaks TLS 1.2 only breaks; empty once it was weighed or nothing is turned off. */
export function openCosts(finding: Finding | undefined): readonly string[] {
  return finding?.status === "pending" && finding.remedy.kind === "confirm" ? (finding.remedy.points ?? []) : [];
}

/** True for the finding of a protocol whose going off has these costs. */
export function hasCosts(finding: string): boolean {
  return /^tls\.1\.[01]\./.test(finding);
}

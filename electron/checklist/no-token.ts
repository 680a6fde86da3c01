import type { Evidence } from "../contract/checklist.ts";
import type { Case } from "./rule.ts";

export function whatIsLeft(_given: Case): string[] {
  return ["Solve TLS first, the .NET 2.x values above all, and the sign-in on Azure IDs."];
}
export function ruledOut(_given: Case): Evidence[] {
  return [];
}

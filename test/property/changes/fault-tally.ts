import { appendFileSync } from "node:fs";

/** How often a kind of fault was tried, how often it struck, and how often the end was wrong. */
export interface FaultTally {
  readonly fault: string;
  readonly runs: number;
  /** Null where there is no fault to strike. */
  readonly struck: number | null;
  readonly failures: number;
}

/** Hands a tally to `npm run faults`, which names a file for it; without one it is nobody's concern. */
export function reportTally(tally: FaultTally): void {
  const file = process.env["MIM_MAIL_TALLIES"];
  if (file !== undefined && file !== "") appendFileSync(file, `${JSON.stringify(tally)}\n`);
}

import { describe, expect, test } from "vitest";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import { findingOf, type Row, wordsOf } from "./server-case.ts";

/** Declares a test for each outcome of one finding. */
export function outcomes(id: FindingId, rows: readonly Row[]): void {
  describe(id, () => {
    for (const [situation, input, status, says] of rows) {
      test(`${situation}: ${status}`, () => {
        const finding = findingOf(id, input);
        expect(finding.status, wordsOf(finding)).toBe(status);
        if (says !== undefined) expect(wordsOf(finding)).toMatch(says);
        if (status === "action" || status === "unknown" || status === "pending") {
          expect(finding.advice.length, "says what to do").toBeGreaterThan(0);
        }
        if (status === "unknown") expect(finding.evidence.length, "names the address").toBeGreaterThan(0);
      });
    }
  });
}

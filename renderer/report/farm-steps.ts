import { findingIds, type StepId, stepIds } from "../../electron/contract/checklist.ts";
import type { Farm } from "../../electron/contract/comparison.ts";

/** The rows of a farm under the steps they belong to; steps without a row are left out. */
export function farmSteps(
  rows: Farm["rows"],
  onlyDifferences: boolean,
): readonly { readonly step: StepId; readonly rows: Farm["rows"] }[] {
  return stepIds
    .map((step) => ({
      step,
      rows: rows.filter(
        ({ finding, differs }) =>
          (findingIds[step] as readonly string[]).includes(finding) && (differs || !onlyDifferences),
      ),
    }))
    .filter((group) => group.rows.length > 0);
}

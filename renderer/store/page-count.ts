import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import type { WizardPage } from "../../electron/contract/wizard.ts";

/**
 * How many pages this run has: those that always come and those that came. A page that comes only sometimes is not counted
 * before it is there, so that the last one is n of n.
 */
export function pagesCounted(pages: readonly WizardPage[], watch: InstallerWatch | null): readonly WizardPage[] {
  return pages.filter(
    ({ number, appears }) => appears === "always" || watch?.page?.page === number || watch?.ticked.includes(number),
  );
}

/** A page's number among those that are counted; null for one that is not. */
export function countedNumber(
  page: Pick<WizardPage, "id">,
  pages: readonly WizardPage[],
  watch: InstallerWatch | null,
): number | null {
  const index = pagesCounted(pages, watch).findIndex(({ id }) => id === page.id);
  return index < 0 ? null : index + 1;
}

/** Where a page is among them: "Page 7 of 14"; "A page that comes only sometimes" for one that is not counted. */
export function pageOf(
  page: Pick<WizardPage, "id" | "appears">,
  pages: readonly WizardPage[],
  watch: InstallerWatch | null,
): string {
  const number = countedNumber(page, pages, watch);
  if (number !== null) return `Page ${number} of ${pagesCounted(pages, watch).length}`;
  return page.appears === "never" ? "A page that is not asked for" : "A page that comes only sometimes";
}

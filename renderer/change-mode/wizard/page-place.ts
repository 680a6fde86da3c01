import type { InstallerWatch } from "../../../electron/contract/change-mode.ts";
import type { WizardPage } from "../../../electron/contract/wizard.ts";

/** Where a page stands in the run of the installer. */
export interface PagePlace {
  readonly place: "notAsked" | "before" | "next" | "now" | "behind" | "notShown";
  readonly words: string;
}

const behind: PagePlace = { place: "behind", words: "Completed" };
const before: PagePlace = { place: "before", words: "Not yet shown" };

/**
 * Where a page stands, by the run under way or ended last; null for none. What is only a guess, by the order of the
 * pages, is said to be one.
 */
export function pagePlace(
  page: Pick<WizardPage, "number" | "appears">,
  watch: InstallerWatch | null,
  pages: readonly Pick<WizardPage, "number" | "appears">[],
): PagePlace {
  const notAsked = page.appears === "never";
  if (watch?.phase === "pages" && watch.page !== null) {
    const { page: current, known } = watch.page;
    if (current === page.number) {
      const words =
        known === "order" ? "The installer should be on this page now" : "The installer is on this page now";
      return { place: "now", words };
    }
    if (watch.ticked.includes(page.number)) return behind;
    if (notAsked) return { place: "notAsked", words: "Not asked for" };
    if (page.number < current) return behind;
    const next = pages.find(({ number, appears }) => number > current && appears !== "never");
    return next?.number === page.number ? { place: "next", words: "Next: not yet shown" } : before;
  }
  if (watch?.ticked.includes(page.number)) return behind;
  if (notAsked) return { place: "notAsked", words: "Not asked for" };
  if (watch?.phase === "installing") return behind;
  if (watch?.phase === "ended") return { place: "notShown", words: "Not shown in the last run" };
  return before;
}

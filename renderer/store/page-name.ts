import type { WizardPage } from "../../electron/contract/wizard.ts";

/** A page as it is called in this window: what tells it from the others, so the sub-title where it has one. */
export function pageName(page: Pick<WizardPage, "title" | "subtitle">): string {
  return page.subtitle ?? page.title;
}

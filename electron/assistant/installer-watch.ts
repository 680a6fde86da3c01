import { signInMeaning } from "../checklist/sign-in-errors.ts";
import type { FollowedPage, InstallerStep, InstallerWatch } from "../contract/change-mode.ts";
import { installerSucceeded } from "../contract/installer-outcome.ts";
import type { WizardPage } from "../contract/wizard.ts";
import { followPages, type PageMove, pagesOfDialogs } from "../installer/page-follower.ts";

/** What the person said of a run: on which page the wizard is, and which pages are done or not. */
export interface PersonsHand {
  readonly moves: readonly PageMove[];
  /** Ticks set and taken away by hand, by page number; these count before what the log says. */
  readonly ticks: ReadonlyMap<number, boolean>;
}

export const noHand: PersonsHand = { moves: [], ticks: new Map() };

export interface WatchContext {
  /** The wizard's pages for what is wanted. */
  readonly pages: readonly WizardPage[];
  readonly practice: boolean;
  readonly hand?: PersonsHand;
}

/** A run as the window and the command line show it: what the log says, with its page, and what the person said. */
export function watchOf(step: InstallerStep, context: WatchContext): InstallerWatch {
  const { pages, practice, hand = noHand } = context;
  const { dialogs, signInErrors, ...told } = step;
  const named = dialogs.map((name) => ({ name }));
  const followed = followPages(named, pages, hand.moves);
  return {
    ...told,
    practice,
    page: step.phase === "begun" || step.phase === "pages" ? followed : null,
    ticked: tickedPages(step, pages, hand, followed),
    signInErrors: signInErrors.map((code) => ({ code: `AADSTS${code}`, ...signInMeaning(`AADSTS${code}`) })),
  };
}

function tickedPages(
  step: InstallerStep,
  pages: readonly WizardPage[],
  { ticks }: PersonsHand,
  followed: FollowedPage | null,
): number[] {
  const seen = new Set(
    pagesOfDialogs(
      step.dialogs.map((name) => ({ name })),
      pages,
    ).map((page) => page?.page),
  );
  const allBehind = arePagesBehind(step);
  const isBehind = ({ number, appears }: WizardPage): boolean =>
    (appears === "always" || seen.has(number)) && (allBehind || number < (followed?.page ?? 0));
  return pages.filter((page) => ticks.get(page.number) ?? isBehind(page)).map(({ number }) => number);
}

/** True once the person had come to the end of the pages, however the run went on. */
function arePagesBehind({ phase, exitCode, actionsEnded }: InstallerStep): boolean {
  if (phase === "installing" || actionsEnded > 0) return true;
  return installerSucceeded(exitCode);
}

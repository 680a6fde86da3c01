import type { FollowedPage } from "../contract/change-mode.ts";
import type { ExtraPageId, WizardPage } from "../contract/wizard.ts";
import { extraPageNamed, extraPages } from "./extra-pages.ts";
import type { ShownDialog } from "./log-reading.ts";

/** What is needed of a dialog to follow it. */
type NamedDialog = Pick<ShownDialog, "name">;

/**
 * Where the name of a dialog comes from: `customary` in packages made from Windows Installer's samples and the usual
 * tools (whether MIM's package uses it is not known), `practice` in our practice installer.
 */
export type DialogOrigin = "customary" | "practice";

/** What a dialog's name says; page null for a dialog that is no page of the wizard: progress, a question, the end. */
export interface DialogName {
  readonly name: string;
  readonly page: number | null;
  readonly origin: DialogOrigin;
}

const customary = (page: number | null, ...names: readonly string[]): DialogName[] =>
  names.map((name) => ({ name, page, origin: "customary" as const }));

/**
 * The dialog names of MIM's package are not known. What is known of names is what packages have in common; every other
 * dialog is taken for the next page of the wizard, see {@link followPages}.
 * Source: the dialogs of Windows Installer's sample UISample.msi, and those of the WiX and InstallShield tools.
 */
export const dialogNames: readonly DialogName[] = [
  ...customary(1, "WelcomeDlg", "MaintenanceWelcomeDlg", "MaintenanceWelcome", "InstallWelcome"),
  ...customary(2, "MaintenanceTypeDlg", "MaintenanceType"),
  ...customary(4, "CustomizeDlg", "CustomSetup"),
  ...customary(18, "VerifyReadyDlg", "ReadyToInstall"),
  ...customary(
    null,
    ...["PrepareDlg", "WaitForCostingDlg", "ResumeDlg", "SetupInitialization", "SplashBitmap"],
    ...[
      "ProgressDlg",
      "SetupProgress",
      "ErrorDlg",
      "SetupError",
      "CancelDlg",
      "CancelSetup",
      "BrowseDlg",
      "DiskCostDlg",
    ],
    ...["DiskSpaceRequirements", "OutOfDiskDlg", "OutOfDisk", "OutOfRbDiskDlg", "FilesInUse", "MsiRMFilesInUse"],
    ...["ExitDialog", "ExitDlg", "SetupCompleteSuccess", "SetupCompleteError", "FatalError", "UserExit"],
    ...["SetupInterrupted"],
  ),
];

/** The practice installer's dialogs say on which page they are. */
const practiceName = /^Practice(\d\d)[A-Za-z]+Dlg$/;

/** The name of a practice installer's dialog. */
export function practiceDialog({ number, id }: Pick<WizardPage, "number" | "id">): string {
  return `Practice${String(number).padStart(2, "0")}${id.charAt(0).toUpperCase()}${id.slice(1)}Dlg`;
}

/** What is known of a dialog by its name; null when nothing is. */
export function knownDialog(name: string): DialogName | null {
  const practice = practiceName.exec(name)?.[1];
  if (practice !== undefined) return { name, page: Number(practice), origin: "practice" };
  return dialogNames.find((known) => known.name === name) ?? null;
}

/** The person said on which page the wizard is, after so many dialogs were shown. */
export interface PageMove {
  readonly afterDialogs: number;
  readonly page: number;
}

/**
 * The page the wizard was on at each dialog of its log; null for a dialog that is no page. A dialog whose name says
 * nothing is the next page that always appears; seen again, by Back, it is the page it was the first time.
 */
export function pagesOfDialogs(
  dialogs: readonly NamedDialog[],
  pages: readonly WizardPage[],
): readonly (FollowedPage | null)[] {
  return follow(dialogs, pages, []).shown;
}

/** The page the wizard is on, from the dialogs in its log and what the person said; null before the first page. */
export function followPages(
  dialogs: readonly NamedDialog[],
  pages: readonly WizardPage[],
  moves: readonly PageMove[] = [],
): FollowedPage | null {
  return follow(dialogs, pages, moves).current;
}

/** Two pages of the wizard come only sometimes before its passwords: by so many a guess from the order may be off. */
const guessReach = 2;

/** Extra pages that may have come before a page other than right before it: by so many more a guess may be ahead. */
function extrasBefore(index: number, pages: readonly WizardPage[]): number {
  return extraPages.filter(({ after }) => {
    const at = pages.findIndex(({ id }) => id === after);
    return at !== -1 && at < index && pages[at + 1]?.id !== pages.at(-1)?.id;
  }).length;
}

/**
 * The extra pages the wizard may be on: the one it is on where that is known; where the page is guessed from the order,
 * those between the page guessed and the one before it.
 */
export function extrasItMayBeOn(followed: FollowedPage | null, pages: readonly WizardPage[]): readonly ExtraPageId[] {
  if (followed === null) return [];
  if (followed.extra !== undefined) return [followed.extra];
  if (followed.known !== "order") return [];
  const index = pages.findIndex(({ number }) => number === followed.page);
  const near = pages.slice(Math.max(0, index - 1), index + 1).map(({ id }) => id);
  return extraPages.filter(({ after }) => near.includes(after)).map(({ id }) => id);
}

/**
 * The pages the wizard may be on: the one it is on where that is known, and those near it as well where the page is only
 * guessed from the order.
 */
export function pagesItMayBeOn(followed: FollowedPage | null, pages: readonly WizardPage[]): readonly WizardPage[] {
  if (followed === null) return [];
  const reach = followed.known === "order" ? guessReach : 0;
  const index = pages.findIndex(({ number }) => number === followed.page);
  if (index === -1) return [];
  const back = reach === 0 ? 0 : reach + extrasBefore(index, pages);
  return pages.slice(Math.max(0, index - back), index + reach + 1);
}

function follow(
  dialogs: readonly NamedDialog[],
  pages: readonly WizardPage[],
  moves: readonly PageMove[],
): { readonly shown: readonly (FollowedPage | null)[]; readonly current: FollowedPage | null } {
  const pageOf = new Map<string, FollowedPage>();
  const isPage = (number: number | null): number is number => pages.some((page) => page.number === number);
  let current: FollowedPage | null = null;
  const moved = (count: number): void => {
    for (const { afterDialogs, page } of moves) {
      if (afterDialogs !== count || !isPage(page)) continue;
      current = { page, known: "person" };
      const last = dialogs[count - 1];
      if (last !== undefined) pageOf.set(last.name, current);
    }
  };
  const shown = dialogs.map(({ name }, index): FollowedPage | null => {
    moved(index);
    const known = knownDialog(name);
    if (known !== null && known.page === null) return null;
    // A page of another feature is none of the eighteen: the wizard stays where it is among those.
    const extra = known === null ? extraPageNamed(name) : null;
    if (extra !== null) {
      current = { page: current?.page ?? 1, known: "name", extra };
      return null;
    }
    const named = known !== null && isPage(known.page) ? ({ page: known.page, known: "name" } as const) : null;
    const followed: FollowedPage = pageOf.get(name) ??
      named ?? { page: following(current?.page ?? 0, pages), known: "order" };
    pageOf.set(name, followed);
    current = followed;
    return followed;
  });
  moved(dialogs.length);
  return { shown, current };
}

/** The next page that always appears; the last page has none after it. */
function following(page: number, pages: readonly WizardPage[]): number {
  const after = pages.find(({ number, appears }) => number > page && appears === "always");
  return after?.number ?? pages.at(-1)?.number ?? 1;
}

import type { InstallerWatch } from "../../electron/contract/change-mode.ts";
import { installerOutcome, installerSucceeded } from "../../electron/contract/installer-outcome.ts";
import type { WizardPage } from "../../electron/contract/wizard.ts";
import { pageOf } from "./page-count.ts";
import { pageName } from "./page-name.ts";

/** True while the installer is being prepared or runs. */
export function isRunning(watch: InstallerWatch | null): watch is InstallerWatch {
  return watch !== null && watch.phase !== "ended";
}

/** The page the installer is on; undefined before the first and once they are left. */
export function currentPage(watch: InstallerWatch | null, pages: readonly WizardPage[]): WizardPage | undefined {
  return watch?.page === null || watch === null ? undefined : pages.find(({ number }) => number === watch.page?.page);
}

/** Where the installer is, in one line. */
export function watchTitle(watch: InstallerWatch, pages: readonly WizardPage[]): string {
  switch (watch.phase) {
    case "preparing":
      return "The installer is being prepared";
    case "begun":
      return "The installer is starting";
    case "pages": {
      const page = currentPage(watch, pages);
      return page === undefined ? "The installer shows its pages" : `${pageOf(page, pages, watch)}: ${pageName(page)}`;
    }
    case "installing":
      return "The installer is changing the server";
    case "ended":
      return watchEnd(watch).title;
  }
}

/** True for a run that has done what it was started for, with or without a restart to come. */
export function hasSucceeded({ exitCode }: Pick<InstallerWatch, "exitCode">): boolean {
  return installerSucceeded(exitCode);
}

/** How a run ended, for a person. */
export interface WatchEnd {
  readonly intent: "success" | "info" | "warning" | "error";
  readonly title: string;
  readonly lines: readonly string[];
}

/** How a run ended, in plain words. What its explanations and secrets say stands beside it. */
export function watchEnd({
  exitCode,
  restart,
  explanations = [],
}: Pick<InstallerWatch, "exitCode" | "restart"> & Partial<Pick<InstallerWatch, "explanations">>): WatchEnd {
  const again =
    restart === "none"
      ? []
      : [
          restart === "begun"
            ? "The installer has begun to restart Windows."
            : "Windows must restart before all of it is in force.",
        ];
  switch (installerOutcome(exitCode)) {
    case "succeeded":
    case "restartNeeded":
    case "restartBegun":
      return {
        intent: again.length > 0 || explanations.length > 0 ? "warning" : "success",
        title:
          explanations.length > 0 ? "Change mode has succeeded, but not without errors" : "Change mode has succeeded",
        lines: [...again, "The step Verify shows whether mail works now."],
      };
    case "cancelled":
      return {
        intent: "info",
        title: "The installer was cancelled",
        lines: ["It can be started again.", ...again],
      };
    case null:
      return {
        intent: "warning",
        title: "How the installer ended is not known",
        lines: ["Look at the server again: the findings show what stands there now.", ...again],
      };
    default:
      return {
        intent: "error",
        title: `The installer failed (exit code ${exitCode})`,
        lines: again,
      };
  }
}

/** What a screen reader is told when the installer goes on; empty when nothing new is to be said. */
export function watchNews(before: InstallerWatch | null, after: InstallerWatch, pages: readonly WizardPage[]): string {
  const news: string[] = [];
  const samePage = before?.page?.page === after.page?.page;
  if (before === null || before.phase !== after.phase || (after.phase === "pages" && !samePage)) {
    news.push(`${watchTitle(after, pages)}.`);
  }
  if (after.phase === "ended" && before?.phase !== "ended") news.push(...watchEnd(after).lines);
  const known = new Set(before?.signInErrors.map(({ code }) => code) ?? []);
  for (const { code, meaning } of after.signInErrors)
    if (!known.has(code)) news.push(`Sign-in refused, ${code}: ${meaning}.`);
  return news.join(" ");
}

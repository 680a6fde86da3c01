import { changePlan, type PlanEntries, type PlanFile } from "../changes/plan.ts";
import type { Target } from "../contract/target.ts";
import type { WizardPage } from "../contract/wizard.ts";
import { foundIn } from "../facts/found.ts";
import { wizardCaseOf, wizardPages, wizardRefusals } from "../installer/pages.ts";
import type { Recording } from "../recording/recording.ts";
import type { Server } from "../server/server.ts";

/** What the installer is started with, and walked through by. */
export interface InstallerStart {
  readonly plan: PlanFile;
  /** The wizard's pages for what is wanted. */
  readonly pages: readonly WizardPage[];
  /** What the wizard will not take. */
  readonly refusals: readonly string[];
}

export interface InstallerStartOptions {
  /** Copies the service's configuration file first. */
  readonly copyConfig: boolean;
  /** True when the pages of a made-up installer wait for a button. */
  readonly buttons: boolean;
}

/** Makes a server's installer ready for what is wanted. A made-up one is told what will be chosen and typed. */
export function installerStart(
  { rehearsal }: Server,
  { recording, target }: { readonly recording: Recording; readonly target: Target },
  { copyConfig, buttons }: InstallerStartOptions,
): InstallerStart {
  const wanted = wizardCaseOf(target, foundIn(recording, target));
  rehearsal?.installer.rehearse({ wanted, buttons });
  const entries: PlanEntries = copyConfig
    ? [{ action: "copyConfig" }, { action: "changeMode" }]
    : [{ action: "changeMode" }];
  return { plan: changePlan(entries), pages: wizardPages(wanted), refusals: wizardRefusals(wanted) };
}

/** Takes the secrets out of the last run's log; starts nothing. */
export const cleanLogPlan: PlanFile = changePlan([{ action: "cleanLog" }]);

import type { ChangeMode } from "../contract/change-mode.ts";
import type { Target } from "../contract/target.ts";
import type { Wizard } from "../contract/wizard.ts";
import { wizardCaseOf, wizardPages, wizardRefusals } from "../installer/pages.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";

const notYet = (): never => {
  throw new InputProblem("not-available", "not built yet", "Change mode", "Run the command by hand.");
};

/** Starting the installer and following it. */
export function changeModeUseCases(
  _desk: Desk,
): Pick<
  UseCases,
  "startChangeMode" | "cancelChangeMode" | "pressPractice" | "moveToPage" | "tickPage" | "cleanLog" | "showCompanion"
> {
  return {
    startChangeMode: notYet,
    cancelChangeMode: notYet,
    pressPractice: notYet,
    moveToPage: notYet,
    tickPage: notYet,
    cleanLog: notYet,
    showCompanion: async () => ({ where: "panel" }),
  };
}

/** What the window shows of Change mode. */
export async function changeModeOf(_desk: Desk, recording: Recording): Promise<ChangeMode> {
  return {
    refusal: null,
    readiness: [],
    watch: null,
    runs: recording.installerRuns.toReversed(),
    pictures: [],
    takesPictures: false,
  };
}

/** The wizard's pages as the target asks for them. */
export function wizardOf(target: Target): Wizard {
  const wanted = wizardCaseOf(target);
  return { pages: [...wizardPages(wanted)], refusals: [...wizardRefusals(wanted)] };
}

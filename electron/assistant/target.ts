import type { State } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import type { UseCases } from "./bind.ts";
import { type Desk, judged } from "./desk.ts";
import { readTargetText, writeTarget } from "./target-file.ts";

/** Changing and saving what is wanted. */
export function targetUseCases(desk: Desk): Pick<UseCases, "setTarget" | "openTarget" | "saveTarget"> {
  /** A sample's target changes in memory only; everything else is the person's own and is kept. */
  async function keep(target: Target): Promise<State> {
    await desk.session.shown();
    if (!desk.session.changeOwnTarget(target)) await desk.personsTarget.write(target);
    return desk.stateOf(await desk.session.shown());
  }

  return {
    setTarget: keep,
    openTarget: ({ name, text }) => keep(readTargetText(text, name)),
    saveTarget: async () => {
      const { target } = await judged(desk, await desk.session.shown());
      return {
        name: "mim-mail-target.json",
        mediaType: "application/json",
        encoding: "utf8",
        text: writeTarget(target),
      };
    },
  };
}

import type { State } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import type { UseCases } from "./bind.ts";
import { type Dependencies, farmTarget } from "./dependencies.ts";
import { type FarmTarget, withTargetOfServer } from "./farm-target.ts";
import { readTargetText, writeTarget } from "./target-file.ts";

/** Changing and saving what is wanted. */
export function targetUseCases(dependencies: Dependencies): Pick<UseCases, "setTarget" | "openTarget" | "saveTarget"> {
  /** A sample's target changes in memory only; everything else is the person's own and is kept. */
  async function keep(target: FarmTarget): Promise<State> {
    if (!dependencies.session.changeOwnTarget(target)) await dependencies.personsTarget.write(target);
    return dependencies.stateOf(await dependencies.session.shown());
  }

  /** The wishes are every server's, the confirmations those of the server on show. */
  async function set(target: Target): Promise<State> {
    const shown = await dependencies.session.shown();
    const { server, recording } = shown;
    return keep(withTargetOfServer(await farmTarget(dependencies, shown), recording.computer, target, server.keptAs));
  }

  return {
    setTarget: set,
    openTarget: async ({ name, text }) => {
      const target = readTargetText(text, name);
      await dependencies.session.shown();
      return keep(target);
    },
    saveTarget: async () => {
      const target = await farmTarget(dependencies, await dependencies.session.shown());
      return {
        name: "mim-mail-target.json",
        mediaType: "application/json",
        encoding: "utf8",
        text: writeTarget(target),
      };
    },
  };
}

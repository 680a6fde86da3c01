import type { State } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import type { UseCases } from "./bind.ts";
import { type Desk, farmTarget } from "./desk.ts";
import { type FarmTarget, withTargetOfServer } from "./farm-target.ts";
import { readTargetText, writeTarget } from "./target-file.ts";

/** Changing and saving what is wanted. */
export function targetUseCases(desk: Desk): Pick<UseCases, "setTarget" | "openTarget" | "saveTarget"> {
  /** A sample's target changes in memory only; everything else is the person's own and is kept. */
  async function keep(target: FarmTarget): Promise<State> {
    if (!desk.session.changeOwnTarget(target)) await desk.personsTarget.write(target);
    return desk.stateOf(await desk.session.shown());
  }

  /** The wishes are every server's, the confirmations those of the server on show. */
  async function set(target: Target): Promise<State> {
    const shown = await desk.session.shown();
    const { server, recording } = shown;
    return keep(withTargetOfServer(await farmTarget(desk, shown), recording.computer, target, server.kind));
  }

  return {
    setTarget: set,
    openTarget: async ({ name, text }) => {
      const target = readTargetText(text, name);
      await desk.session.shown();
      return keep(target);
    },
    saveTarget: async () => {
      const target = await farmTarget(desk, await desk.session.shown());
      return {
        name: "mim-mail-target.json",
        mediaType: "application/json",
        encoding: "utf8",
        text: writeTarget(target),
      };
    },
  };
}

import type { State } from "../contract/state.ts";
import type { Target } from "../contract/target.ts";
import type { UseCases } from "./bind.ts";
import { type FarmTarget, withTargetOfServer } from "./farm-target.ts";
import type { Uses } from "./parts.ts";
import { readTargetText, writeTarget } from "./target-file.ts";

/** Changing and saving what is wanted. */
export function targetUseCases({
  session,
  farmTarget,
  keepTarget,
  stateOf,
}: Uses<"session" | "farmTarget" | "keepTarget" | "stateOf">) {
  async function keep(target: FarmTarget): Promise<State> {
    await keepTarget(target);
    return stateOf();
  }

  /** The wishes are every server's, the confirmations those of the server on show. */
  async function set(target: Target): Promise<State> {
    const shown = await session.shown();
    const { server, recording } = shown;
    return keep(withTargetOfServer(await farmTarget(shown), recording.computer, target, server.keptAs));
  }

  return {
    setTarget: set,
    openTarget: async ({ name, text }) => {
      const target = readTargetText(text, name);
      await session.shown();
      return keep(target);
    },
    saveTarget: async () => {
      const target = await farmTarget(await session.shown());
      return {
        name: "mim-mail-target.json",
        mediaType: "application/json",
        encoding: "utf8",
        text: writeTarget(target),
      };
    },
  } satisfies Partial<UseCases>;
}

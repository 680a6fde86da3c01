import { minutesPassed } from "../contract/practice.ts";
import type { State } from "../contract/state.ts";
import { defaultTarget } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Rehearsal, Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { followedTimePassed, isInstalling } from "./change-mode.ts";
import type { Dependencies } from "./dependencies.ts";
import { withoutConfirmations, withTargetOfServer } from "./farm-target.ts";

/** What only the practice server can: be acted on as a real one is, and started over. */
export function practiceUseCases(
  dependencies: Dependencies,
): Pick<UseCases, "rehearse" | "setPracticeFault" | "resetPractice"> {
  /** The practice server on show. @throws InputProblem when another is, or its installer is under way */
  async function onShow(): Promise<{ readonly server: Server; readonly rehearsal: Rehearsal }> {
    const { server } = await dependencies.session.shown();
    const { rehearsal } = server;
    if (rehearsal === undefined) {
      throw new InputProblem(
        "not-practice",
        "this can be done on the practice server alone",
        server.label,
        "Do it on the server itself, or turn to the practice server first.",
      );
    }
    if (isInstalling(dependencies, server)) {
      throw new InputProblem("busy", "the installer is under way", server.label, "Finish it, or cancel it there.");
    }
    return { server, rehearsal };
  }

  async function lookedAt(): Promise<State> {
    return dependencies.stateOf(await dependencies.session.look());
  }

  return {
    rehearse: async ({ act }) => {
      const { server, rehearsal } = await onShow();
      await rehearsal.act(act);
      if (act === "letTimePass") followedTimePassed(dependencies, server, minutesPassed * 60_000);
      return lookedAt();
    },

    setPracticeFault: async ({ fault, set }) => {
      const { rehearsal } = await onShow();
      await (set ? rehearsal.fail(fault) : rehearsal.mend(fault));
      return lookedAt();
    },

    resetPractice: async ({ wishes }) => {
      const practice = await dependencies.practice();
      // A look under way would show what stood there before.
      dependencies.session.cancel();
      await practice.reset();
      dependencies.session.forgetFirstLook(practice);
      const shown = await dependencies.session.turnTo(practice, null);
      const { personsTarget } = dependencies;
      const farm = await personsTarget.read();
      const { computer } = shown.recording;
      const wanted = wishes ? defaultTarget : withoutConfirmations(farm.target);
      await personsTarget.write(withTargetOfServer(farm, computer, wanted, practice.keptAs));
      return dependencies.stateOf(shown);
    },
  };
}

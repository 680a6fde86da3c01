import { minutesPassed } from "../contract/practice.ts";
import type { State } from "../contract/state.ts";
import { defaultTarget } from "../contract/target.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Rehearsal, Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { withoutConfirmations, withTargetOfServer } from "./farm-target.ts";
import type { FileStore } from "./file-store.ts";
import { followedTimePassed } from "./followed-installers.ts";
import type { Uses } from "./parts.ts";
import { forgetRenewal, type RenewalNotes, renewalTimePassed } from "./renewal.ts";

/** What only the practice server can: be acted on as a real one is, and started over. */
export function practiceUseCases(
  {
    session,
    practice,
    personsTarget,
    installers,
    stateOf,
  }: Uses<"session" | "practice" | "personsTarget" | "installers" | "stateOf">,
  renewals: FileStore<RenewalNotes>,
) {
  /** The practice server on show. @throws InputProblem when another is, or its installer is under way */
  async function onShow(): Promise<{ readonly server: Server; readonly rehearsal: Rehearsal }> {
    const { server } = await session.shown();
    const { rehearsal } = server;
    if (rehearsal === undefined) {
      throw new InputProblem(
        "not-practice",
        "this can be done on the practice server alone",
        server.label,
        "Do it on the server itself, or turn to the practice server first.",
      );
    }
    if (installers.running?.server === server) {
      throw new InputProblem("busy", "the installer is under way", server.label, "Finish it, or cancel it there.");
    }
    return { server, rehearsal };
  }

  async function lookedAt(): Promise<State> {
    return stateOf(await session.look());
  }

  return {
    rehearse: async ({ act }) => {
      const { server, rehearsal } = await onShow();
      await rehearsal.act(act);
      if (act === "letTimePass") {
        const milliseconds = minutesPassed * 60_000;
        followedTimePassed(installers, server, milliseconds);
        if (server.keptAs !== undefined) await renewalTimePassed(renewals, server.keptAs, milliseconds);
      }
      return lookedAt();
    },

    setPracticeFault: async ({ fault, set }) => {
      const { rehearsal } = await onShow();
      await (set ? rehearsal.fail(fault) : rehearsal.mend(fault));
      return lookedAt();
    },

    resetPractice: async ({ wishes }) => {
      const server = await practice();
      // A look under way would show what stood there before.
      session.cancel();
      await server.reset();
      if (server.keptAs !== undefined) await forgetRenewal(renewals, server.keptAs);
      session.forgetFirstLook(server);
      const shown = await session.turnTo(server, null);
      const farm = await personsTarget.read();
      const { computer } = shown.recording;
      const wanted = wishes ? defaultTarget : withoutConfirmations(farm.target);
      await personsTarget.write(withTargetOfServer(farm, computer, wanted, server.keptAs));
      return stateOf(shown);
    },
  } satisfies Partial<UseCases>;
}

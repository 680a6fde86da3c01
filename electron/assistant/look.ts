import type { UseCases } from "./bind.ts";
import type { Desk } from "./desk.ts";

/** Looking at the server on show, and ending a look. */
export function lookUseCases(desk: Desk): Pick<UseCases, "getState" | "look" | "cancelLook"> {
  return {
    getState: async () => desk.stateOf(await desk.session.shown()),
    look: async () => desk.stateOf(await desk.session.look()),
    cancelLook: async () => {
      desk.session.cancel();
      return null;
    },
  };
}

import type { UseCases } from "./bind.ts";
import { type Desk, stateOf } from "./desk.ts";

/** Looking at the server on show, and ending a look. */
export function lookUseCases(desk: Desk): Pick<UseCases, "getState" | "look" | "cancelLook"> {
  return {
    getState: async () => stateOf(desk, await desk.session.shown()),
    look: async () => stateOf(desk, await desk.session.look()),
    cancelLook: async () => {
      desk.session.cancel();
      return null;
    },
  };
}

import type { UseCases } from "./bind.ts";
import type { Dependencies } from "./dependencies.ts";

/** Looking at the server on show, and ending a look. */
export function lookUseCases(dependencies: Dependencies): Pick<UseCases, "getState" | "look" | "cancelLook"> {
  return {
    getState: async () => dependencies.stateOf(await dependencies.session.shown()),
    look: async () => dependencies.stateOf(await dependencies.session.look()),
    cancelLook: async () => {
      dependencies.session.cancel();
      return null;
    },
  };
}

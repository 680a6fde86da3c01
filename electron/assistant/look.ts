import type { UseCases } from "./bind.ts";
import type { Dependencies } from "./dependencies.ts";
import { lookElevated } from "./elevated-look.ts";
import { readKeptCloudCheck } from "./saved-cloud-check.ts";

/** Looking at the server on show, and ending a look. */
export function lookUseCases(
  dependencies: Dependencies,
): Pick<UseCases, "getState" | "look" | "lookElevated" | "cancelLook"> {
  return {
    getState: async () => dependencies.stateOf(await dependencies.session.shown()),
    look: async () => dependencies.stateOf(await dependencies.session.look()),
    lookElevated: async () =>
      dependencies.stateOf(
        await dependencies.session.look(async (server, options) => {
          const recording = await lookElevated(server, options);
          // The worker knows nothing of what is kept for this person.
          return recording.cloud ? recording : { ...recording, cloud: await readKeptCloudCheck(dependencies.home) };
        }),
      ),
    cancelLook: async () => {
      dependencies.session.cancel();
      return null;
    },
  };
}

import type { State } from "../contract/state.ts";
import type { Wait } from "../contract/verify.ts";
import type { UseCases } from "./bind.ts";
import type { Dependencies } from "./dependencies.ts";
import { lookElevated } from "./elevated-look.ts";
import { readKeptCloudCheck } from "./saved-cloud-check.ts";

/** Looking at the server on show, and ending a look. What is waited for is told when it is there. */
export function lookUseCases(
  dependencies: Dependencies,
): Pick<UseCases, "getState" | "look" | "lookElevated" | "cancelLook"> {
  const { shell } = dependencies;
  let waited: (Wait & { readonly computer: string }) | null = null;

  /** Shows how far the wait is, and tells its end to whoever looks elsewhere. */
  function follow(state: State): State {
    const { wait, server, checklist } = state;
    const before = waited;
    waited = wait === null ? null : { ...wait, computer: server.computer };
    if (wait !== null) {
      const [from, until] = [Date.parse(wait.from), Date.parse(wait.until)];
      const gone = (dependencies.now().getTime() - from) / (until - from);
      shell.showProgress?.(Math.min(1, Math.max(0, gone)));
    } else if (before !== null) {
      shell.showProgress?.(null);
      const events = checklist.steps.flatMap(({ findings }) => findings).find(({ id }) => id === "verify.events");
      if (before.computer === server.computer && events !== undefined) {
        const title = events.status === "done" ? "The quiet quarter of an hour is over" : "Verify needs a look";
        shell.notify?.({ title, text: `${server.computer}: ${events.actual}` });
      }
    }
    return state;
  }

  return {
    getState: async () => follow(await dependencies.stateOf(await dependencies.session.shown())),
    look: async () => follow(await dependencies.stateOf(await dependencies.session.look())),
    lookElevated: async () =>
      follow(
        await dependencies.stateOf(
          await dependencies.session.look(async (server, options) => {
            const recording = await lookElevated(server, options);
            // The worker knows nothing of what is kept for this person.
            return recording.cloud ? recording : { ...recording, cloud: await readKeptCloudCheck(dependencies.home) };
          }),
        ),
      ),
    cancelLook: async () => {
      dependencies.session.cancel();
      return null;
    },
  };
}

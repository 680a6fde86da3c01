import { findingIn } from "../contract/findings.ts";
import type { State } from "../contract/state.ts";
import type { Wait } from "../contract/verify.ts";
import type { UseCases } from "./bind.ts";
import { lookElevated } from "./elevated-look.ts";
import type { Uses } from "./parts.ts";
import { withSavedAnswers } from "./saved-check.ts";

/** Looking at the server on show, and ending a look. What is waited for is told when it is there. */
export function lookUseCases({
  session,
  stateOf,
  now,
  home,
  shell,
}: Uses<"session" | "stateOf" | "now" | "home" | "shell">) {
  let waited: (Wait & { readonly computer: string }) | null = null;

  /** Shows how far the wait is, and tells its end to whoever looks elsewhere. */
  function follow(state: State): State {
    const { wait, server, checklist } = state;
    const before = waited;
    waited = wait === null ? null : { ...wait, computer: server.computer };
    if (wait !== null) {
      const [from, until] = [Date.parse(wait.from), Date.parse(wait.until)];
      const gone = (now().getTime() - from) / (until - from);
      shell.showProgress?.(Math.min(1, Math.max(0, gone)));
    } else if (before !== null) {
      shell.showProgress?.(null);
      const events = findingIn(checklist, "verify.events");
      if (before.computer === server.computer && events !== undefined) {
        const title = events.status === "done" ? "The quiet quarter of an hour is over" : "Verify needs a look";
        shell.notify?.({ title, text: `${server.computer}: ${events.actual}` });
      }
    }
    return state;
  }

  return {
    getState: async () => follow(await stateOf()),
    look: async () => follow(await stateOf(await session.look())),
    lookElevated: async () =>
      follow(
        await stateOf(
          await session.look(async (server, options) => {
            // The worker knows nothing of what is kept for this person.
            return withSavedAnswers(await lookElevated(server, options), home, server);
          }),
        ),
      ),
    cancelLook: async () => {
      session.cancel();
      return null;
    },
  } satisfies Partial<UseCases>;
}

import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { failed, type Outcome } from "../contract/outcome.ts";
import { bridgedMethods, methodChannel } from "./bridge-channels.ts";

/**
 * Answers the contract's methods, one channel each, to trusted senders only.
 *
 * Serves rule 17 of https://www.electronjs.org/docs/latest/tutorial/security
 */
export function answerMethods(
  ipc: Pick<IpcMain, "handle">,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
  dispatch: (name: string, input: unknown) => Promise<Outcome<unknown>>,
): void {
  for (const name of bridgedMethods) {
    ipc.handle(methodChannel(name), async (event, input: unknown) => {
      if (isTrusted(event)) return dispatch(name, input);
      return failed("not-our-window", "the call did not come from this program's window", "Start the program again.");
    });
  }
}

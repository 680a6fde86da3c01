import type { ChangeMode } from "../../electron/contract/change-mode.ts";
import type { Bridge } from "../../electron/contract/methods.ts";
import type { Outcome } from "../../electron/contract/outcome.ts";
import { useAssistant } from "../store/assistant-store.ts";

/** Asks for something that answers with what is shown of Change mode, and shows it; false when it was refused. */
export async function askChangeMode(ask: (bridge: Bridge) => Promise<Outcome<ChangeMode>>): Promise<boolean> {
  const changeMode = await useAssistant.getState().request(ask);
  const { state, adopt } = useAssistant.getState();
  if (changeMode === null || state === null) return false;
  adopt({ ...state, changeMode });
  return true;
}

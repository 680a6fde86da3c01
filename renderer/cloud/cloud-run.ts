import { create } from "zustand";
import type { MethodOutput } from "../../electron/contract/methods.ts";
import type { Problem } from "../../electron/contract/outcome.ts";
import { succeeded } from "../../electron/contract/outcome.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { assistant } from "../store/bridge.ts";
import { outcomeSentence } from "./outcome-labels.ts";

/** A check that goes on. */
export interface RunningCheck {
  /** What is being asked, and how far it is (0 to 1, null when not known). */
  readonly text: string;
  readonly fraction: number | null;
  readonly cancelling: boolean;
}

interface CloudRun {
  readonly running: RunningCheck | null;
  /** True when the last check was stopped, until the next one. */
  readonly stopped: boolean;
  /** The tenant is in the DoD cloud; counts only where that is asked. */
  readonly dod: boolean;
  readonly chooseDod: (dod: boolean) => void;
  /**
   * Asks Microsoft's cloud. The secret goes into the call and nowhere else: not into this store, nor into any other. How
   * it ended is in the state, and is read out.
   */
  readonly ask: (secret: string) => Promise<void>;
  readonly cancel: () => void;
}

/** Stopping it was asked for and is no problem to tell. */
const isStopped = ({ code }: Problem): boolean => code === "cloud-check-cancelled";

const beginning: RunningCheck = { text: "Beginning", fraction: null, cancelling: false };

/** A check of Microsoft's cloud under way. It goes on when the screen is left, and is found again on the next one. */
export const useCloudRun = create<CloudRun>()((set, get) => ({
  running: null,
  stopped: false,
  dod: false,
  chooseDod: (dod) => set({ dod }),
  ask: async (secret) => {
    if (get().running !== null) return;
    set({ running: beginning, stopped: false });
    const { request, adopt, announce } = useAssistant.getState();
    announce("Asking Microsoft’s cloud.");
    const deaf = assistant().on("progress", ({ task, text, fraction }) => {
      if (task !== "cloud") return;
      set(({ running }) => (running === null ? {} : { running: { ...running, text, fraction } }));
    });
    let stopped = false;
    const ended = await request<MethodOutput<"checkCloud"> | null>(async (bridge) => {
      // What was typed was sent first; it may have been stopped by then.
      stopped = get().running?.cancelling === true;
      if (stopped) return succeeded(null);
      const dod = get().dod && useAssistant.getState().state?.cloud.asksDod === true;
      const outcome = await bridge.checkCloud({ secret, dod });
      stopped = !outcome.ok && isStopped(outcome.error);
      return stopped ? succeeded(null) : outcome;
    });
    deaf();
    set({ running: null, stopped });
    if (ended !== null) {
      adopt(ended.state);
      announce(outcomeSentence(ended.answer.rows));
    } else if (stopped) announce("Stopped. Nothing was kept of it.");
  },
  cancel: () => {
    set(({ running }) => (running === null ? {} : { running: { ...running, cancelling: true } }));
    void useAssistant.getState().request((bridge) => bridge.cancelCloudCheck(null));
  },
}));

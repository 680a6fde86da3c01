import { create } from "zustand";
import type { ChangeResult } from "../../electron/contract/change.ts";
import type { StepId } from "../../electron/contract/checklist.ts";
import type { Entered } from "../../electron/contract/practice.ts";
import type { PageId } from "../../electron/contract/wizard.ts";
import { useAssistant } from "../store/assistant-store.ts";
import { askChangeMode } from "./adopt-change-mode.ts";

interface ChangeModeStore {
  /** The question that stands before something is started or rewritten; null for none. */
  readonly asked: "start" | "clean" | null;
  /** True from the press on Start until the run's answer. */
  readonly starting: boolean;
  /** True while this window shows the companion at its side. */
  readonly panel: boolean;
  readonly ask: (asked: "start" | "clean" | null) => void;
  /** Starts the installer and opens the companion; ends when the run has. */
  readonly startInstaller: (copyConfig: boolean) => Promise<void>;
  readonly cancelPreparing: () => Promise<void>;
  /** Shows or hides it; where it has a window of its own, the other window can be turned to a step with that. */
  readonly showCompanion: (shown: boolean, goTo?: StepId) => Promise<void>;
  readonly moveTo: (page: PageId) => Promise<void>;
  readonly tick: (page: PageId, ticked: boolean) => Promise<void>;
  /** Presses a button of the practice installer, with what stands on its page; false when it was refused. */
  readonly press: (button: "next" | "cancel", entered?: readonly Entered[]) => Promise<boolean>;
  /** Takes the secrets out of the last run's log; null when it was refused. */
  readonly cleanLog: () => Promise<ChangeResult | null>;
}

/** What this window alone knows of Change mode; the rest is in the state. */
export const useChangeMode = create<ChangeModeStore>()((set) => {
  const showCompanion = async (shown: boolean, goTo?: StepId): Promise<void> => {
    const answer = await useAssistant.getState().request((bridge) => bridge.showCompanion({ shown, goTo }));
    if (answer !== null) set({ panel: shown && answer.where === "panel" });
  };
  return {
    asked: null,
    starting: false,
    panel: false,
    ask: (asked) => set({ asked }),
    startInstaller: async (copyConfig) => {
      set({ starting: true });
      // What an earlier start was refused for is over with this one.
      useAssistant.getState().dismissProblem();
      await showCompanion(true);
      const { request, adopt } = useAssistant.getState();
      const answer = await request((bridge) => bridge.startChangeMode({ copyConfig }));
      // A start that was refused leaves no run, but this window was told of its preparing.
      const state = answer?.state ?? (await request((bridge) => bridge.getState(null)));
      set({ starting: false });
      if (state !== null) adopt(state);
      // Where nothing was started there is nothing to go beside.
      if (answer === null && useAssistant.getState().state?.changeMode.watch == null) await showCompanion(false);
    },
    cancelPreparing: async () => {
      await useAssistant.getState().request((bridge) => bridge.cancelChangeMode(null));
    },
    showCompanion,
    moveTo: async (page) => {
      await askChangeMode((bridge) => bridge.moveToPage({ page }));
    },
    tick: async (page, ticked) => {
      await askChangeMode((bridge) => bridge.tickPage({ page, ticked }));
    },
    press: async (button, entered = []) => {
      const { request } = useAssistant.getState();
      let pressed = false;
      await request(async (bridge) => {
        const outcome = await bridge.pressPractice({ button, entered: [...entered] });
        pressed = outcome.ok;
        return outcome;
      });
      return pressed;
    },
    cleanLog: async () => {
      const answer = await useAssistant.getState().request((bridge) => bridge.cleanLog(null));
      if (answer === null) return null;
      useAssistant.getState().adopt(answer.state);
      return answer.result;
    },
  };
});

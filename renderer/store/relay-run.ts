import { create } from "zustand";
import { succeeded } from "../../electron/contract/outcome.ts";
import type { State } from "../../electron/contract/state.ts";
import { statusWords } from "../../electron/contract/status.ts";
import { useAssistant } from "./assistant-store.ts";
import { assistant } from "./bridge.ts";

/** A conversation with the relay that goes on. */
interface RunningConversation {
  /** What is being done, and how far it is (0 to 1, null when not known). */
  readonly text: string;
  readonly fraction: number | null;
  readonly cancelling: boolean;
}

interface RelayRun {
  readonly running: RunningConversation | null;
  /** True when the last one was stopped, until the next one. */
  readonly stopped: boolean;
  readonly port: number;
  readonly choosePort: (port: number) => void;
  /** Asks the relay; with `testMail` one mail goes to the recipient that is entered for it. How it ended is read out. */
  readonly ask: (testMail?: boolean) => Promise<void>;
  readonly cancel: () => void;
}

/** A conversation with the relay under way. It goes on when the screen is left. */
export const useRelayRun = create<RelayRun>()((set, get) => ({
  running: null,
  stopped: false,
  port: 25,
  choosePort: (port) => set({ port }),
  ask: async (testMail = false) => {
    if (get().running !== null) return;
    set({ running: { text: "Beginning", fraction: null, cancelling: false }, stopped: false });
    const { request, adopt, announce } = useAssistant.getState();
    announce("Asking the relay.");
    const deaf = assistant().on("progress", ({ task, text, fraction }) => {
      if (task !== "relay") return;
      set(({ running }) => (running === null ? {} : { running: { ...running, text, fraction } }));
    });
    let stopped = false;
    const state = await request<State | null>(async (bridge) => {
      // What was typed was sent first; it may have been stopped by then.
      stopped = get().running?.cancelling === true;
      if (stopped) return succeeded(null);
      const outcome = await bridge.checkRelay({ port: get().port, testMail });
      stopped = !outcome.ok && outcome.error.code === "relay-check-cancelled";
      return stopped ? succeeded(null) : outcome;
    });
    deaf();
    set({ running: null, stopped });
    if (stopped) announce("Stopped. Nothing was kept of it.");
    if (state === null) return;
    adopt(state);
    const failed = state.relay.answer?.rows.find(({ status }) => status === "action");
    announce(
      failed === undefined
        ? "The relay takes MIM’s mail."
        : `${failed.title}, ${statusWords.action.toLowerCase()}: ${failed.text}`,
    );
  },
  cancel: () => {
    set(({ running }) => (running === null ? {} : { running: { ...running, cancelling: true } }));
    void useAssistant.getState().request((bridge) => bridge.cancelRelayCheck(null));
  },
}));

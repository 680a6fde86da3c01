import type { JournalEntry } from "../../contract/history.ts";
import { foldedAddress } from "../../recording/address-form.ts";
import type { Machine } from "../machine.ts";
import type { PracticeState } from "./practice-state.ts";

const day = 86_400_000;

/** What a look asks of the practice server beside its registry, answered from its state. */
export function machineOf(state: PracticeState, journal: JournalEntry[]): Machine {
  return {
    identity: async () => ({ computer: state.computer, windows: state.windows }),
    service: async (name) => entryOf(state.services, name) ?? { state: "absent" },
    file: async (path) => entryOf(state.files, path) ?? { state: "absent" },
    text: async (path) => entryOf(state.texts, path) ?? { state: "absent" },
    account: async (name) => {
      const sid = entryOf(state.accounts, name);
      return sid === null ? { state: "absent" } : { state: "present", sid };
    },
    events: async () => {
      // Read back to a week before Windows last started: the rules ask what came after it, and two looks between
      // which nothing happened must record the same.
      const from = Date.parse(state.windows.startedAt ?? state.createdAt) - 7 * day;
      const items = state.events.filter((event) => Date.parse(event.at) >= from);
      return { state: "present", from: new Date(from).toISOString(), items };
    },
    // Its own Windows came with what the updates are asked for.
    updates: async () => (state.updates === null ? null : { state: "present", items: state.updates }),
    history: async () => ({
      journal,
      installerRuns: state.installerRuns,
      cloud: state.cloud,
      relay: state.relay ?? null,
    }),
  };
}

/** Paths and names are compared as Windows does: without regard to case or a trailing backslash. */
function entryOf<Entry>(record: Readonly<Record<string, Entry>>, name: string): Entry | null {
  const wanted = foldedAddress(name);
  const found = Object.entries(record).find(([kept]) => foldedAddress(kept) === wanted);
  return found ? found[1] : null;
}

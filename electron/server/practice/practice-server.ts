import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readJournals, recordedJournal } from "../../changes/journal.ts";
import { createJournalFolder } from "../../changes/journal-folder.ts";
import { look } from "../look.ts";
import type { ChangeableServer } from "../server.ts";
import { createPracticeActions } from "./practice-actions.ts";
import { machineOf } from "./practice-machine.ts";
import { createPracticeRegistry, readerOf } from "./practice-registry.ts";
import type { PracticeFailure } from "./practice-state.ts";
import { createPracticeStore } from "./practice-store.ts";

/** A simulated MIM server to rehearse on: it can be changed, and started over. */
export interface PracticeServer extends ChangeableServer {
  readonly kind: "practice";
  /** Starts the practice server over; its journals go with it. */
  reset(): Promise<void>;
  /** Makes its next change fail in a named way; null for none. */
  failNext(what: PracticeFailure | null): Promise<void>;
}

export interface PracticeServerOptions {
  /** The product's data folder; the practice server lives in `practice` below it. */
  readonly home: string;
  readonly now?: () => Date;
  /** Told, in one line, when the practice server's file was damaged and it starts over. */
  readonly notice?: (text: string) => void;
}

/**
 * The practice server below `home`. It is set up by whatever asks for it first; a look then reads only the state
 * that was opened, which has no way to write.
 */
export function createPracticeServer({
  home,
  now = () => new Date(),
  notice = () => {},
}: PracticeServerOptions): PracticeServer {
  const store = createPracticeStore({ home, now, notice });
  const journalFolder = join(home, "journal", "practice");
  const journals = createJournalFolder(journalFolder);
  return {
    kind: "practice",
    label: "Practice server",
    elevated: null,
    registry: createPracticeRegistry(store),
    journals,
    actions: createPracticeActions(store, now),
    async look(options) {
      const state = await store.open();
      const { readable } = await readJournals(journals);
      const journal = readable.map((one) => recordedJournal(one, readable));
      return look({ registry: readerOf(state), machine: machineOf(state, journal), now }, options);
    },
    async reset() {
      await store.reset();
      await rm(journalFolder, { recursive: true, force: true });
    },
    async failNext(what) {
      await store.save({ ...(await store.open()), failNext: what });
    },
  };
}

import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readJournals, recordedJournal } from "../../changes/journal.ts";
import { createJournalFolder } from "../../changes/journal-folder.ts";
import { look } from "../look.ts";
import type { ChangeableServer, Server } from "../server.ts";
import { createPracticeActions } from "./practice-actions.ts";
import { type PracticeFaultId, withFault, withFaultsShown, withoutFaults } from "./practice-faults.ts";
import { createPracticeInstaller, type PracticeInstaller } from "./practice-installer.ts";
import { machineOf } from "./practice-machine.ts";
import { createPracticeRegistry, readerOf } from "./practice-registry.ts";
import { createPracticeStore } from "./practice-store.ts";

/** A simulated MIM server to rehearse on: it can be changed, and started over. */
export interface PracticeServer extends ChangeableServer {
  readonly kind: "practice";
  /** Its installer, whose pages are gone through here. */
  readonly installer: Pick<PracticeInstaller, "rehearse" | "press">;
  /** Starts the practice server over; its journals and its installer's logs go with it. */
  reset(): Promise<void>;
  /** Makes something go wrong, beside what does already; null for nothing. */
  fail(what: PracticeFaultId | null): Promise<void>;
}

export interface PracticeServerOptions {
  /** The product's data folder; the practice server lives in `practice` below it. */
  readonly home: string;
  readonly now?: () => Date;
  /** Told, in one line, when the practice server's file was damaged and it starts over. */
  readonly notice?: (text: string) => void;
  /** How long its installer takes, as a multiple of its usual time. */
  readonly pace?: number;
}

/**
 * The practice server below `home`. It is set up by whatever asks for it first; a look then reads only the state
 * that was opened, which has no way to write.
 */
export function createPracticeServer({
  home,
  now = () => new Date(),
  notice = () => {},
  pace = 1,
}: PracticeServerOptions): PracticeServer {
  const store = createPracticeStore({ home, now, notice });
  const journalFolder = join(home, "journal", "practice");
  const journals = createJournalFolder(journalFolder);
  const logs = join(home, "practice", "logs");
  const installer = createPracticeInstaller({ store, logs, now, pace });
  const { changeMode, cleanLog } = installer;
  return {
    kind: "practice",
    label: "Practice server",
    elevated: null,
    registry: createPracticeRegistry(store),
    journals,
    actions: { ...createPracticeActions(store, now), changeMode, cleanLog },
    installer,
    async look(options) {
      const state = withFaultsShown(await store.open());
      const { readable } = await readJournals(journals);
      const journal = readable.map((one) => recordedJournal(one, readable));
      return look({ registry: readerOf(state), machine: machineOf(state, journal), now }, options);
    },
    async reset() {
      installer.abandon();
      await store.reset();
      await rm(journalFolder, { recursive: true, force: true });
      await rm(logs, { recursive: true, force: true, maxRetries: 5 });
    },
    async fail(what) {
      const state = await store.open();
      await store.save(what === null ? withoutFaults(state) : withFault(state, what, now()));
    },
  };
}

/** The practice server in a server that may be another; null for another. */
export function asPracticeServer(server: Server): PracticeServer | null {
  return server.kind === "practice" ? (server as PracticeServer) : null;
}

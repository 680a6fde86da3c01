import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readJournals, recordedJournal } from "../../changes/journal.ts";
import { createJournalFolder } from "../../changes/journal-folder.ts";
import { minutesPassed, type PracticeAct } from "../../contract/practice.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { look } from "../look.ts";
import { replaceFile } from "../replace-file.ts";
import type { ChangeableServer, Rehearsal } from "../server.ts";
import { createPracticeActions } from "./practice-actions.ts";
import {
  hasFault,
  microsoftParts,
  type PracticeFaultId,
  practiceFaults,
  withFault,
  withFaultsShown,
  withoutFault,
  withoutFaults,
} from "./practice-faults.ts";
import { createPracticeInstaller } from "./practice-installer.ts";
import { machineOf } from "./practice-machine.ts";
import { madeUp, withNotification, withServiceStarted, withWindowsStarted } from "./practice-mail.ts";
import { createPracticeMicrosoft } from "./practice-microsoft.ts";
import { createPracticeRegistry, readerOf } from "./practice-registry.ts";
import { practiceRelay, relayFaultIn } from "./practice-relay.ts";
import type { PracticeState } from "./practice-state.ts";
import { createPracticeStore } from "./practice-store.ts";
import { journalTimePassed, withTimePassed } from "./practice-time.ts";

/** A simulated MIM server to rehearse on: it can be changed, and started over. */
export interface PracticeServer extends ChangeableServer, Rehearsal {
  readonly kind: "practice";
  readonly keptAs: string;
  readonly rehearsal: Rehearsal;
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

const plainFault = ({ id, group, title, says, teaches, finding }: (typeof practiceFaults)[number]) => ({
  id,
  group,
  title,
  says,
  teaches,
  finding: finding ?? null,
});

function knownFault(fault: string): PracticeFaultId {
  const known = practiceFaults.find(({ id }) => id === fault);
  if (known !== undefined) return known.id;
  throw new InputProblem("no-fault", "the practice server has no such fault", fault, "Choose one that is listed.");
}

const passed = minutesPassed * 60_000;

/** What each act makes of the practice server at a moment. */
const acts: Readonly<Record<PracticeAct, (state: PracticeState, now: Date) => PracticeState>> = {
  restartWindows: withWindowsStarted,
  restartService: withServiceStarted,
  letTimePass: (state) => withTimePassed(state, passed),
  sendNotification: (state, now) => withNotification(state, withFaultsShown(state), now),
};

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
  const rehearsal: Rehearsal = {
    installer,
    act: (what) =>
      // Alone, as a change is: neither may write over the other.
      journals.exclusive(async () => {
        await store.save(acts[what](await store.open(), now()));
        if (what !== "letTimePass") return;
        for (const id of (await journals.readAll()).keys()) {
          const path = journals.pathOf(id);
          await replaceFile(path, journalTimePassed(await readFile(path, "utf8"), passed));
        }
      }),
    async shows() {
      const state = await store.open();
      return {
        notification: state.notification,
        faults: practiceFaults.map((fault) => ({
          ...plainFault(fault),
          set: hasFault(state, fault.id),
          lasting: "breaks" in fault,
        })),
        microsoft: microsoftParts(state).map(({ id, part, missing }) => ({
          fault: id,
          name: part.name,
          text: missing ? part.missing : part.there,
          missing,
          cure: part.cure,
        })),
        madeUp,
      };
    },
    async reset() {
      installer.abandon();
      await store.reset();
      await rm(journalFolder, { recursive: true, force: true });
      await rm(logs, { recursive: true, force: true, maxRetries: 5 });
    },
    async askRelay(question) {
      const { faults } = await store.open();
      return practiceRelay(question, relayFaultIn(faults.map((fault) => fault.what)), now());
    },
    async keepRelayCheck(check) {
      await store.save({ ...(await store.open()), relay: check });
    },
    async fail(what) {
      const state = await store.open();
      await store.save(what === null ? withoutFaults(state) : withFault(state, knownFault(what), now()));
    },
    async mend(what) {
      await store.save(withoutFault(await store.open(), knownFault(what)));
    },
    microsoft: createPracticeMicrosoft(store.open, now),
    async keepCloudCheck(check) {
      await store.save({ ...(await store.open()), cloud: check });
    },
  };
  return {
    ...rehearsal,
    rehearsal,
    kind: "practice",
    label: "Practice server",
    elevated: null,
    local: true,
    refreshable: true,
    keptAs: "practice",
    registry: createPracticeRegistry(store),
    journals,
    actions: { ...createPracticeActions(store, now), changeMode, cleanLog },
    async look(options) {
      const state = withFaultsShown(await store.open());
      const { readable } = await readJournals(journals);
      const journal = readable.map((one) => recordedJournal(one, readable));
      return look({ registry: readerOf(state), machine: machineOf(state, journal), now }, options);
    },
  };
}

import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as waited } from "node:timers/promises";
import type { ServerActions, WatchedInstaller } from "../../changes/run-plan.ts";
import type { Entered } from "../../contract/practice.ts";
import { defaultTarget } from "../../contract/target.ts";
import { type WizardCase, wizardCaseOf, wizardPages } from "../../installer/pages.ts";
import {
  logLineBytes,
  logMark,
  type PracticeButton,
  type PracticeRun,
  practiceLog,
} from "../../installer/practice-log.ts";
import { runInstaller } from "../../installer/run-installer.ts";
import { cleanLogFile } from "../../installer/scrub-log.ts";
import { InputProblem } from "../../recording/input-problem.ts";
import { installedProduct } from "../installed-product.ts";
import { type InstallerRuns, withoutRun, withRun } from "../installer-runs.ts";
import { type Answers, answersFor, withEntered } from "./practice-entered.ts";
import { type InstallerFailure, installerFailures } from "./practice-faults.ts";
import { refusalOf, withEmailPassword, withMail, withNewDatabase, withServiceStarted } from "./practice-mail.ts";
import { readerOf } from "./practice-registry.ts";
import type { PracticeState } from "./practice-state.ts";
import type { PracticeStore } from "./practice-store.ts";

/** What the person does in the practice installer. */
export interface Rehearsal {
  /** What is chosen and typed on the pages. */
  readonly wanted: WizardCase;
  /** True when its pages wait for a button; else they are gone through by themselves. */
  readonly buttons: boolean;
}

/** The practice server's installer: it takes its time, writes a log as the real one does, and changes the server. */
export interface PracticeInstaller extends Pick<ServerActions, "changeMode" | "cleanLog"> {
  /** How the next runs go. */
  readonly rehearse: (rehearsal: Rehearsal) => void;
  /**
   * Presses a button of the page that waits, with what stands on it; false when none does.
   * @throws InputProblem when the installer would not leave the page so
   */
  readonly press: (button: PracticeButton, entered?: readonly Entered[]) => boolean;
  /** Has a run under way come to nothing: the server it was about is no more. */
  readonly abandon: () => void;
}

export interface PracticeInstallerPorts {
  readonly store: PracticeStore;
  readonly logs: string;
  readonly now: () => Date;
  /** How long everything takes, as a multiple of its usual time. */
  readonly pace: number;
}

/** A password the practice installer lets slip into its log, when that is rehearsed. */
const madeUpPassword = "Practice-only-1";

/** The runs of the installer, kept in the practice server's own file for as long as that is still the same server. */
function runsOf(store: PracticeStore, isSame: () => boolean): InstallerRuns {
  const change = async (work: (runs: PracticeState["installerRuns"]) => PracticeState["installerRuns"]) => {
    if (!isSame()) return;
    const state = await store.open();
    await store.save({ ...state, installerRuns: work(state.installerRuns) });
  };
  return {
    read: async () => (await store.open()).installerRuns,
    put: (run) => change((runs) => withRun(runs, run)),
    remove: (startedAt) => change((runs) => withoutRun(runs, startedAt)),
  };
}

export function createPracticeInstaller({ store, logs, now, pace }: PracticeInstallerPorts): PracticeInstaller {
  const runs = runsOf(store, () => true);
  let rehearsal: Rehearsal = { wanted: wizardCaseOf(defaultTarget), buttons: false };
  let answers = answersFor(rehearsal.wanted);
  let waiting: ((button: PracticeButton) => void) | null = null;
  let generation = 0;

  /** The failure that was set up, which is used up by this. */
  async function takeFailure(): Promise<InstallerFailure | null> {
    const state = await store.open();
    const failure = installerFailures.find((one) => one === state.failNext) ?? null;
    if (failure !== null) await store.save({ ...state, failNext: null });
    return failure;
  }

  async function changeMode({ tell, signal, log }: WatchedInstaller): ReturnType<ServerActions["changeMode"]> {
    const { wanted, buttons } = rehearsal;
    const begunIn = generation;
    const isSame = (): boolean => generation === begunIn;
    const { productCode, version } = await installedProduct(readerOf(await store.open()));
    const failure = await takeFailure();
    if (failure === "another") {
      throw new InputProblem(
        "refused",
        "another installation is running",
        "the installer",
        "Wait for it to end, then start Change mode again. Nothing was started.",
      );
    }
    answers = answersFor(wanted);
    const run: PracticeRun = failure === null || failure === "passwordInLog" ? "success" : failure;
    const path = log ?? join(logs, `change-mode-${now().toISOString().replace(/[:.]/g, "-")}.log`);
    const pause = (milliseconds: number): Promise<void> => waited(milliseconds * pace);
    const lines = practiceLog({
      run,
      wanted: () => answers.wanted,
      newDatabase: () => answers.newDatabase,
      pages: () => wizardPages(answers.wanted),
      refusal: async () => mailboxRefusal(await store.open(), answers),
      productCode,
      version: version ?? "",
      passwordInClear: failure === "passwordInLog" ? madeUpPassword : null,
      now,
      pause,
      ...(buttons ? { button: () => (isSame() ? button() : Promise.resolve("cancel")) } : {}),
      changed: async () => {
        if (!isSame()) return;
        await store.save(withInstalled(await store.open(), answers, now()));
      },
    });
    return runInstaller({
      start: () => writeLog(path, lines),
      productCode,
      log: path,
      notes: runsOf(store, isSame),
      now,
      lookEvery: Math.max(10, 100 * pace),
      ...(tell === undefined ? {} : { tell }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  function press(pressed: PracticeButton, entered: readonly Entered[] = []): boolean {
    if (waiting === null) return false;
    if (pressed === "next") answers = withEntered(answers, entered);
    const resolve = waiting;
    waiting = null;
    resolve(pressed);
    return true;
  }

  function button(): Promise<PracticeButton> {
    return new Promise((resolve) => {
      waiting = resolve;
    });
  }

  return {
    changeMode,
    async cleanLog() {
      const last = (await runs.read()).at(-1);
      if (!last?.log || !last.secretsInLog) {
        throw new InputProblem("refused", "there is no log with a secret in it", "the installer", "Nothing is to do.");
      }
      const { secretCount } = await cleanLogFile(last.log);
      await runs.put({ ...last, secretsInLog: secretCount });
      return last.log;
    },
    rehearse(next) {
      rehearsal = next;
    },
    press,
    abandon() {
      generation += 1;
      press("cancel");
    },
  };
}

/** Why the installer does not leave its mailbox page: no secret was typed, or Microsoft refuses the sign-in. */
function mailboxRefusal(state: PracticeState, { secret }: Answers): string | null {
  return secret === false ? "AADSTS7000215: Invalid client secret provided." : refusalOf(state, "signIn");
}

/** The server as the installer leaves it, its service started. */
function withInstalled(state: PracticeState, answers: Answers, at: Date): PracticeState {
  const mail = withMail(state, answers.wanted);
  const started = withServiceStarted(answers.emailPassword ? withEmailPassword(mail) : mail, at);
  return answers.newDatabase ? withNewDatabase(started, at) : started;
}

/** Writes a log line by line, as the installer does; gives the exit code at its end. */
async function writeLog(path: string, lines: AsyncGenerator<string, number, void>): Promise<number> {
  await mkdir(join(path, ".."), { recursive: true });
  const file = await open(path, "w");
  try {
    await file.writeFile(logMark);
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) return value;
      await file.writeFile(logLineBytes(value));
    }
  } finally {
    await file.close();
  }
}

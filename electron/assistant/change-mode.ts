import { isAbsolute } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { PlanFile } from "../changes/plan.ts";
import type { ChangeResult } from "../contract/change.ts";
import type { ChangeMode, InstallerStep, InstallerWatch } from "../contract/change-mode.ts";
import type { Target } from "../contract/target.ts";
import type { ExtraPageId, PageId, Wizard, WizardPage } from "../contract/wizard.ts";
import { atHand } from "../facts/at-hand.ts";
import { foundIn } from "../facts/found.ts";
import { lastInstallerRun } from "../facts/history.ts";
import { extraPages } from "../installer/extra-pages.ts";
import { extrasItMayBeOn, pagesItMayBeOn } from "../installer/page-follower.ts";
import { type Standing, wizardCaseOf, wizardPages, wizardRefusals } from "../installer/pages.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import type { ChangeableServer, Server } from "../server/server.ts";
import type { UseCases } from "./bind.ts";
import { changeable } from "./changeable.ts";
import type { FollowedInstallers, FollowedRun } from "./followed-installers.ts";
import { installerRefusal, readinessOf } from "./installer-readiness.ts";
import { cleanLogPlan, installerStart } from "./installer-start.ts";
import { noHand, watchOf } from "./installer-watch.ts";
import type { Judged } from "./judged.ts";
import type { Uses } from "./parts.ts";
import { picturesFolder, readPictures } from "./picture-store.ts";
import { runChange } from "./run-change.ts";

/** What Change mode is followed and shown with. */
export type ChangeModeParts = Uses<"session" | "judged" | "installers" | "emit" | "home" | "shell" | "now">;

const where = "Change mode";

function watchFor(server: Server, { step, hand, pages }: FollowedRun): InstallerWatch {
  return watchOf(step, { pages, hand, practice: server.rehearsal !== undefined });
}

/** Keeps how far a run is, and tells the window. */
function followOn(
  { installers: { followed }, emit }: Uses<"installers" | "emit">,
  server: Server,
  more: Partial<FollowedRun>,
  pages: readonly WizardPage[],
): void {
  const before = followed.get(server);
  const step = more.step ?? before?.step;
  if (step === undefined) return;
  const now: FollowedRun = { step, hand: more.hand ?? before?.hand ?? noHand, pages };
  followed.set(server, now);
  emit("installer", watchFor(server, now));
}

/**
 * Goes on with an installer that an earlier start of this program began and that outlived it: looked for once a run, where
 * this process may read its log. One that runs elsewhere is told by the next look, when it has ended.
 */
async function resumeOn(parts: Uses<"installers" | "emit">, { server, recording, target }: Judged): Promise<void> {
  const known = parts.installers;
  const last = recording.installerRuns.at(-1);
  const resume = changeable(server)?.actions.resumeChangeMode;
  const startedAt = last?.startedAt ?? "";
  if (!last || last.endedAt || known.running !== null || known.resumed.has(startedAt)) return;
  if (server.elevated !== true || resume === undefined) return;
  known.resumed.add(startedAt);
  const pages = wizardPages(wizardCaseOf(target, foundIn(recording, target)));
  known.running = { server, controller: new AbortController() };
  try {
    await resume({ tell: (step) => followOn(parts, server, { step }, pages) });
  } catch {
    // How it ended is not known then, and the checklist says so.
  } finally {
    known.running = null;
  }
}

/** Starting the installer and following it. */
export function changeModeUseCases(parts: ChangeModeParts & Uses<"stateOf">) {
  const { session, judged, installers: known, emit, now, shell, stateOf } = parts;

  const changeMode = async (): Promise<ChangeMode> => changeModeOf(parts, await judged());

  /** The server on show, ready for its installer. @throws InputProblem when it is not, or another run is under way */
  async function ready(): Promise<{ readonly shown: Judged; readonly server: ChangeableServer }> {
    const shown = await judged();
    const refusal = installerRefusal(shown.server, shown.recording);
    const able = changeable(shown.server);
    if (refusal !== null || able === null) {
      const { message, cure } = refusal ?? { message: "it cannot be changed", cure: "Use the practice server." };
      throw new InputProblem("refused", message, shown.server.label, cure);
    }
    if (known.running !== null) {
      throw new InputProblem(
        "busy",
        "the installer is under way",
        shown.server.label,
        "Finish it, or cancel it there.",
      );
    }
    return { shown, server: able };
  }

  const follow = (server: Server, more: Partial<FollowedRun>, pages: readonly WizardPage[]): void =>
    followOn(parts, server, more, pages);

  /** The run that is followed, for what the person says of it. @throws InputProblem when there is none */
  async function followed(): Promise<{ readonly server: Server; readonly run: FollowedRun }> {
    const { server } = await session.shown();
    const run = known.followed.get(server);
    if (run !== undefined) return { server, run };
    throw new InputProblem("no-run", "the installer was not started", where, "Start it first.");
  }

  /** Runs a plan with the installer in it. @throws InputProblem when it came to no end, with what is known of why */
  async function run(server: ChangeableServer, plan: PlanFile, pages: readonly WizardPage[]): Promise<void> {
    const controller = new AbortController();
    known.running = { server, controller };
    known.followed.delete(server);
    // Told at once: someone may have to answer Windows' question first.
    follow(server, { step: preparing(now()) }, pages);
    try {
      const result = await runChange(server, plan, {
        now,
        progress: (text, fraction) => emit("progress", { task: "change", text, fraction }),
        installer: { tell: (step) => follow(server, { step }, pages), signal: controller.signal },
      });
      if (known.followed.get(server)?.step.exitCode == null) throw notRun(result, server);
    } catch (error) {
      const step = known.followed.get(server)?.step;
      if (step === undefined || step.phase === "preparing") {
        known.followed.delete(server);
        emit("installer", null);
      }
      if (controller.signal.aborted) throw cancelled(server);
      if (step === undefined || step.phase === "preparing" || step.phase === "ended") throw error;
      // Only the following has ended: msiexec is a process of its own.
      const notice = "The installer is no longer followed. It goes on in its own window: finish it, then check again.";
      follow(server, { step: { ...step, notice } }, pages);
      throw error instanceof InputProblem ? new InputProblem(error.code, error.message, error.where, notice) : error;
    } finally {
      known.running = null;
    }
  }

  return {
    startChangeMode: async ({ copyConfig }) => {
      const { shown, server } = await ready();
      const { pages, plan } = installerStart(server, shown, { copyConfig, buttons: true });
      await run(server, plan, pages);
      const state = await stateOf(await session.look());
      const ended = known.followed.get(server);
      if (ended === undefined) throw new InputProblem("no-run", "the run is not known any more", where, "Check again.");
      const watch = watchFor(server, ended);
      // Windows that did not start it ask then what the server shows; when its end was told, nobody had looked yet.
      emit("installer", watch);
      return { watch, state };
    },

    cancelChangeMode: async () => {
      if (known.running === null) return null;
      const phase = known.followed.get(known.running.server)?.step.phase ?? "preparing";
      if (phase !== "preparing") {
        throw new InputProblem("installer-open", "the installer is open", where, "Choose Cancel in its own window.");
      }
      known.running.controller.abort(cancelled(known.running.server));
      return null;
    },

    pressPractice: async ({ button, entered }) => {
      const practice = known.running?.server.rehearsal;
      // A page takes a moment to come up after the one before it.
      for (let attempt = 1; practice !== undefined && attempt <= 5; attempt += 1) {
        if (practice.installer.press(button, entered)) return null;
        await pause(20);
      }
      throw new InputProblem("no-page", "no page of the practice installer waits", where, "Start it first.");
    },

    moveToPage: async ({ page }) => {
      const { server, run: current } = await followed();
      const { phase, dialogs } = current.step;
      if (phase !== "begun" && phase !== "pages") {
        throw new InputProblem("no-pages", "the installer is not on its pages", where, "Look at how it went.");
      }
      const { moves } = current.hand;
      const move = { afterDialogs: dialogs.length, page: numberOf(current, page) };
      follow(server, { hand: { ...current.hand, moves: [...moves, move] } }, current.pages);
      return changeMode();
    },

    tickPage: async ({ page, ticked }) => {
      const { server, run: current } = await followed();
      const ticks = new Map(current.hand.ticks).set(numberOf(current, page), ticked);
      follow(server, { hand: { ...current.hand, ticks } }, current.pages);
      return changeMode();
    },

    cleanLog: async () => {
      const { shown, server } = await ready();
      const last = lastInstallerRun(seenIn(shown.recording));
      if (!last?.log || !last.secretsInLog) {
        throw new InputProblem("nothing-to-clean", "the last run's log holds no secret", where, "Nothing is to do.");
      }
      const controller = new AbortController();
      known.running = { server, controller };
      let result: ChangeResult;
      try {
        result = await runChange(server, cleanLogPlan, { now });
      } finally {
        known.running = null;
      }
      const cleaned = known.followed.get(server);
      if (result.outcome === "nothing" && cleaned !== undefined) {
        follow(server, { step: { ...cleaned.step, secretsInLog: 0 } }, cleaned.pages);
      }
      return { result, state: await stateOf(await session.look()) };
    },

    showLog: async ({ run }) => {
      const { server, recording } = await session.shown();
      const { showFile } = shell;
      const step = known.followed.get(server)?.step;
      const log =
        step?.startedAt === run ? step.log : recording.installerRuns.find(({ startedAt }) => startedAt === run)?.log;
      // Elsewhere the path is another computer's, and one of the network would be asked with this person's name.
      if (!server.local || showFile === null || !log || !isAbsolute(log) || /^[\\/]{2}/.test(log)) {
        throw new InputProblem(
          "not-available",
          "the log cannot be shown from here",
          log ?? where,
          "Open it by its path; the lines around each cause stand beside it, to be copied.",
        );
      }
      showFile(log);
      return null;
    },

    showCompanion: async ({ shown, goTo }) => {
      const { showCompanion } = shell;
      if (showCompanion === null) return { where: "panel" };
      showCompanion(shown);
      if (goTo !== undefined) emit("goTo", goTo);
      return { where: "window" };
    },
  } satisfies Partial<UseCases>;
}

/** A run of which nothing is known yet. */
function preparing(now: Date): InstallerStep {
  return {
    phase: "preparing",
    startedAt: now.toISOString(),
    endedAt: null,
    log: null,
    action: null,
    actionsEnded: 0,
    fraction: null,
    exitCode: null,
    restart: "none",
    firstFailure: null,
    explanations: [],
    secretsInLog: 0,
    notice: null,
    dialogs: [],
    signInErrors: [],
  };
}

function numberOf({ pages }: FollowedRun, page: PageId): number {
  return pages.find(({ id }) => id === page)?.number ?? 1;
}

function cancelled({ label }: Server): InputProblem {
  return new InputProblem("cancelled", "the installer was not started", label, "Start it when you want to.");
}

/** Why the installer was not run, or its end is not known. */
function notRun({ outcome, reason }: ChangeResult, { label }: Server): InputProblem {
  const message = reason ?? "the installer was not started";
  return outcome === "refused"
    ? new InputProblem("refused", message, label, "Nothing was started.")
    : new InputProblem("not-run", message, label, "Remove the cause, then start it again.");
}

/** What the window shows of Change mode. */
export async function changeModeOf(parts: ChangeModeParts, judged: Judged): Promise<ChangeMode> {
  const { home, shell, installers } = parts;
  const { server, recording, target } = judged;
  resumeOn(parts, judged).catch(() => {});
  return {
    refusal: installerRefusal(server, recording),
    readiness: [...readinessOf(server, recording)],
    atHand: [...atHand(seenIn(recording), target)],
    watch: watchOn(installers, server, recording),
    runs: recording.installerRuns.toReversed(),
    pictures: server.local ? [...(await readPictures(picturesFolder(home, server)))] : [],
    takesPictures: server.askElevated !== undefined && shell.pictureOf !== null,
  };
}

/** The run of this session on a server; none once the server was started over and knows nothing of it. */
function watchOn(
  { running, followed }: FollowedInstallers,
  server: Server,
  recording: Recording,
): InstallerWatch | null {
  const last = followed.get(server);
  if (last === undefined) return null;
  const { startedAt, endedAt } = last.step;
  const isRecorded = recording.installerRuns.some((run) => run.startedAt === startedAt);
  const isSeenSince = Date.parse(recording.recordedAt) > Date.parse(endedAt ?? startedAt);
  return running?.server !== server && isSeenSince && !isRecorded ? null : watchFor(server, last);
}

/** The pages the installer may be on now, extra ones among them; none when it does not run. */
export async function wizardPagesNow({
  session,
  installers: { running, followed },
}: Uses<"session" | "installers">): Promise<readonly (PageId | ExtraPageId)[]> {
  const { server } = await session.shown();
  const run = followed.get(server);
  if (running?.server !== server || run === undefined) return [];
  const { page } = watchFor(server, run);
  return [...pagesItMayBeOn(page, run.pages).map(({ id }) => id), ...extrasItMayBeOn(page, run.pages)];
}

/** The wizard's pages as the target asks for them. */
export function wizardOf(target: Target, standing: Standing): Wizard {
  const wanted = wizardCaseOf(target, standing);
  return { pages: [...wizardPages(wanted)], extraPages: [...extraPages], refusals: [...wizardRefusals(wanted)] };
}

import { lstat } from "node:fs/promises";
import { resolve } from "node:path";
import { runOn } from "../assistant/changeable.ts";
import { cleanLogPlan, installerStart } from "../assistant/installer-start.ts";
import { watchOf } from "../assistant/installer-watch.ts";
import { exitCodeOf, type PlanOutcome } from "../changes/run-plan.ts";
import type { InstallerStep, InstallerWatch } from "../contract/change-mode.ts";
import { installerSucceeded } from "../contract/installer-outcome.ts";
import type { Target } from "../contract/target.ts";
import type { ExtraPageId, WizardPage } from "../contract/wizard.ts";
import { atHand } from "../facts/at-hand.ts";
import { changeCommand, changeLog, mimProduct } from "../facts/product.ts";
import { extraPages } from "../installer/extra-pages.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { seenIn } from "../recording/seen.ts";
import { shownText } from "../report/shown-text.ts";
import type { ChangeableServer } from "../server/server.ts";
import { changeableOf, commandOn, refuseWithoutElevation } from "./changed-server.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Context, ExitCode, Io } from "./io.ts";
import { targetOption, wantedFor } from "./judged-server.ts";
import { openNamed, type ServerOptions } from "./planned-server.ts";
import { noticeText, problemText } from "./problem-text.ts";
import { type NamedServer, serverOption } from "./server-option.ts";

interface ChangeModeOptions extends ServerOptions {
  readonly print?: true;
  readonly log?: string;
  readonly target?: string;
  readonly copyConfig: boolean;
  readonly cleanLog?: true;
}

/** `change-mode`: prints the line that starts the installer, or starts it and says page by page what to do. */
export const defineChangeMode: Define = (command, context, end) => {
  const { io } = context;
  command
    .option("--print", "print the command line and start nothing")
    .option("--log <file>", "where the installer writes its log; the default is a folder for administrators")
    .addOption(serverOption())
    .addOption(targetOption())
    .option("--no-copy-config", "do not copy the service's configuration file first")
    .option("--clean-log", "take the secrets out of the last run's log; starts nothing")
    .addHelpText(
      "after",
      `
The installer is started by its product code, never by the UninstallString. What is typed on its pages is typed by you:
no secret passes through this program. Ctrl+C stops before its window is open; after that, cancel it there.

Exit codes: 0 it succeeded; 1 with --print: there is no product to start; 2 wrong usage; 3 it failed or was cancelled,
and Windows Installer rolled back; 4 it came to no end that is known, or failed after something else was changed;
5 refused: not elevated, another installation runs, the product or its media are missing, or it is a recording.

Examples:
  mim-mail change-mode --print
  mim-mail change-mode --target wanted.json
  mim-mail change-mode --server practice
  mim-mail change-mode --clean-log`,
    )
    .action(async (options: ChangeModeOptions) => {
      const others = [options.print, options.cleanLog].filter(Boolean).length;
      if (others > 1) {
        throw new InputProblem("usage", "--print and --clean-log do not go together", place, "Leave one of them out.");
      }
      const named = await openNamed(options, context);
      if (options.print) return end(await print(named, options, io));
      const server = changeableOf(named);
      await refuseWithoutElevation(server, "starting the installer", "Nothing was started.");
      if (options.cleanLog) return end(await cleanLog(server, context));
      const target = await targetOf(named, options, context);
      if (options.log !== undefined) await refuseWhereSomethingIs(options.log);
      end(await runAndFollow(server, target, options, context));
    });
};

const place = "mim-mail change-mode";

/** What the installer is to be given; of a target, its wishes alone. */
async function targetOf(named: NamedServer, { target }: ChangeModeOptions, { home }: Context): Promise<Target> {
  return (await wantedFor(named, target, home)).farmTarget.target;
}

/** The installer would write over what is there. */
async function refuseWhereSomethingIs(log: string): Promise<void> {
  const isThere = await lstat(log).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new InputProblem("exists", "the log exists already and is not written over", log, "Choose another name.");
}

async function print({ name, server }: NamedServer, { log }: ChangeModeOptions, io: Io): Promise<ExitCode> {
  const product = mimProduct(seenIn(await server.look()));
  const productCode = product.state === "present" ? product.value.productCode : null;
  if (productCode === null) {
    const why = product.state === "unreadable" ? `: ${product.reason}` : "";
    const what = `no product was found whose installer could be started${why}`;
    io.stderr(problemText(what, name, "Run mim-mail check to see what was found."));
    return 1;
  }
  if (log !== undefined && /["\r\n]/.test(log)) {
    throw new InputProblem("no-log-name", "the log cannot be named so", log, "Leave the quotation marks out.");
  }
  io.stdout(`${shownText(changeCommand(productCode, log ?? changeLog))}\n`);
  return 0;
}

async function cleanLog(server: ChangeableServer, { io }: Context): Promise<ExitCode> {
  const outcome = await runOn(server, cleanLogPlan, { now: io.now });
  tellDone(outcome, io);
  if ("reason" in outcome) io.stderr(problemText(outcome.reason, server.label));
  return exitCodeOf(outcome);
}

async function runAndFollow(
  server: ChangeableServer,
  target: Target,
  { copyConfig, log }: ChangeModeOptions,
  context: Context,
): Promise<ExitCode> {
  const { io } = context;
  const recording = await server.look();
  const { plan, pages, refusals } = installerStart(server, { recording, target }, { copyConfig, buttons: false });
  for (const refusal of refusals) io.stderr(noticeText(refusal));
  const ready = atHand(seenIn(recording), target).flatMap(({ text }) =>
    hanging("  - ", 4, wrapped(shownText(text), io.columns - 4)),
  );
  io.stdout(`${["Have at hand:", ...ready].join("\n")}\n\n`);
  const teller = createTeller(pages, io);
  let last: InstallerWatch | null = null;
  const tell = (step: InstallerStep): void => {
    last = watchOf(step, { pages, practice: server.rehearsal !== undefined });
    teller(last);
  };
  const outcome = await io.stoppable((signal) => {
    signal.addEventListener("abort", () => {
      if (last !== null && last.phase !== "preparing") io.stderr(`${openNote}\n`);
    });
    return runOn(server, plan, {
      now: io.now,
      installer: { tell, signal, ...(log === undefined ? {} : { log: resolve(log) }) },
    });
  });
  tellDone(outcome, io);
  tellEnd(outcome, last, server, context);
  return exitCodeOf(outcome);
}

const openNote = "The installer is open: cancel it in its own window. Ctrl+C once more leaves it to itself.";

/** Prints what is new in a run: the page with what to do, a refused sign-in, what is being installed. */
function createTeller(pages: readonly WizardPage[], io: Io): (watch: InstallerWatch) => void {
  let page: number | null = null;
  let other: ExtraPageId | null = null;
  let action: string | null = null;
  let notice: string | null = null;
  const refused = new Set<string>();
  return (watch) => {
    if (watch.page !== null && watch.page.page !== page) {
      page = watch.page.page;
      const shown = pages.find(({ number }) => number === page);
      if (shown !== undefined) io.stdout(pageText(shown, watch.page.known === "order", io));
    }
    const { extra = null } = watch.page ?? {};
    if (extra !== null && extra !== other) {
      const shown = extraPages.find(({ id }) => id === extra);
      if (shown !== undefined) io.stdout(pageText({ ...shown, number: null }, false, io));
    }
    other = extra;
    for (const { code, meaning, cure } of watch.signInErrors) {
      if (refused.has(code)) continue;
      refused.add(code);
      io.stdout(`Sign-in refused, ${code}: ${shownText(meaning)}. ${shownText(cure)}\n`);
    }
    if (watch.action !== null && watch.action !== action) {
      action = watch.action;
      const percent = watch.fraction === null ? "     " : `${String(Math.round(watch.fraction * 100)).padStart(3)} %`;
      io.stdout(`${percent}  ${shownText(watch.action, 200)}\n`);
    }
    if (watch.notice !== null && watch.notice !== notice) {
      notice = watch.notice;
      io.stderr(noticeText(watch.notice));
    }
  };
}

/** A page with what to do on it, and what to type where that is no secret. */
function pageText(
  {
    number,
    title,
    subtitle,
    instructions,
    controls,
  }: Omit<WizardPage, "id" | "number"> & { readonly number: number | null },
  isGuess: boolean,
  io: Io,
): string {
  const typed = controls.flatMap((control) =>
    control.kind === "field" && control.state === "enabled" && control.caption !== null && control.value !== null
      ? [`${control.caption}: ${control.value}`]
      : [],
  );
  const name = [title, ...(subtitle === null ? [] : [subtitle])].join(", ");
  const guess = isGuess ? " (by its order)" : "";
  const [last = "", ...before] = instructions.toReversed();
  const told = [...before.reverse(), ...(typed.length === 0 ? [] : [`${typed.join("; ")}.`]), last].join(" ");
  const head = number === null ? "Page     " : `Page ${String(number).padStart(2)}  `;
  const lines = wrapped(shownText(`${name}${guess}: ${told}`), io.columns - head.length);
  return `${hanging(head, head.length, lines).join("\n")}\n`;
}

function tellDone(outcome: PlanOutcome, io: Io): void {
  const done = "done" in outcome ? (outcome.done ?? []) : [];
  for (const line of done) io.stdout(`${shownText(line)}.\n`);
}

/** What the log told on the way: in a run that succeeded, what went wrong all the same. */
function tellErrors(watch: InstallerWatch | null, io: Io): void {
  for (const { code, origin, cause, text, line } of watch?.explanations ?? []) {
    if (origin === "exit") continue;
    const what = origin === "message" ? `Error ${code}` : `Code ${code}`;
    const said = text === null || text === cause ? "" : ` The installer says: ${text}`;
    io.stderr(
      `${what}, line ${line ?? "not known"} of the log: ${shownText(`${cause.replace(/[.。]$/, "")}.${said}`)}\n`,
    );
  }
}

function tellEnd(outcome: PlanOutcome, watch: InstallerWatch | null, server: ChangeableServer, context: Context): void {
  const { io } = context;
  const log = watch?.log ?? server.label;
  if (watch !== null && installerSucceeded(watch.exitCode)) {
    if (watch.restart !== "none") io.stdout("Restart this server.\n");
    tellErrors(watch, io);
    io.stdout(`The log: ${shownText(log)}\n`);
    io.stdout(`Run ${commandOn(server, "check", context)} to see what is left to do.\n`);
  } else {
    const reason = "reason" in outcome ? outcome.reason : "it came to no end that is known";
    const known = watch?.explanations.find(({ cure }) => cure !== "");
    const cure = known?.cure ?? "Remove the cause, then run it again.";
    // What is refused says itself what to do.
    io.stderr(problemText(reason, log, ...(outcome.outcome === "refused" ? [] : [cure])));
    tellErrors(watch, io);
    const failure = watch?.firstFailure ?? null;
    if (failure !== null) {
      const custom = failure.customAction === null ? "" : `, in it the custom action ${failure.customAction}`;
      io.stderr(`First action that failed: ${shownText(`${failure.action}${custom}`)} (line ${failure.line}).\n`);
    }
  }
  if (watch !== null && watch.secretsInLog > 0) {
    const places = watch.secretsInLog === 1 ? "1 place" : `${watch.secretsInLog} places`;
    const clean = commandOn(server, "change-mode --clean-log", context);
    io.stderr(`The log holds secrets in clear, in ${places}. Run ${clean} to take them out.\n`);
  }
}

import { create } from "zustand";
import type { JournalSummary } from "../../electron/contract/change.ts";
import type { FindingId } from "../../electron/contract/checklist.ts";
import type { Bridge, EventValue, MethodInput, OfferedFile } from "../../electron/contract/methods.ts";
import { failed, type Outcome, type Problem } from "../../electron/contract/outcome.ts";
import type { PracticeAct } from "../../electron/contract/practice.ts";
import type { ReportFormat, ReportOptions } from "../../electron/contract/report.ts";
import {
  defaultSettings,
  type ReportChoice,
  type Settings,
  type ThemeChoice,
} from "../../electron/contract/settings.ts";
import type { Start } from "../../electron/contract/start.ts";
import type { State } from "../../electron/contract/state.ts";
import type { Target } from "../../electron/contract/target.ts";
import { changesIn, endOfLook } from "./announcement.ts";
import { assistant } from "./bridge.ts";
import { endWords } from "./change-labels.ts";
import { type ChangeEnd, type ChangeRequest, sendChange } from "./change-request.ts";
import { readChosenFile } from "./chosen-file.ts";
import { type Connection, type ConnectionState, connectionLost } from "./connection.ts";
import { handedOutWords, isGivenOut, notWritten } from "./handed-out-labels.ts";
import { type HandedOut, offerFile } from "./offered-file.ts";
import { type ScreenId, screenOfHash } from "./screens.ts";
import { isEmpty, type TargetDraft, withDraft, withoutConfirmations, withoutSent } from "./target-draft.ts";
import { watchNews } from "./watch-labels.ts";

/** Long work that goes on: reading a server for the first time, again, or another one; or changing it. */
export type Work = "start" | "look" | "turn" | "change";

/**
 * What a dialog asks about before anything is changed: the planned changes, a restart of the service alone, what a
 * finding offers, or what to do with a journal.
 */
export type Asked =
  | {
      readonly what: "apply" /** Only the changes for these findings are ticked at first. */;
      readonly only?: readonly FindingId[];
    }
  | { readonly what: "restart" }
  | { readonly what: "offer"; readonly finding: FindingId }
  | { readonly what: Exclude<ChangeRequest["what"], "apply">; readonly journal: JournalSummary };

/** A change that goes on, or the last one that ended. */
export interface RunningChange {
  readonly request: ChangeRequest;
  /** Null while it goes on. */
  readonly end: ChangeEnd | null;
  readonly cancelling: boolean;
}

/** A quiet message: what was done, and how to go on from it. */
export interface Said {
  readonly text: string;
  /** The journal of what was changed; null where nothing was. */
  readonly journal: string | null;
  /** True where a file was written that can be shown in its folder. */
  readonly saved: boolean;
}

/** How long typing must rest before the target is sent, in milliseconds. */
const typingRest = 300;

interface AssistantData {
  /** What the trusted side sent last; null until the first answer. */
  readonly state: State | null;
  /** What was typed and not yet answered for; never overwritten by a state that comes in. */
  readonly draft: TargetDraft;
  readonly screen: ScreenId;
  /** What there is to begin with; null until it was told. */
  readonly begin: Start | null;
  /** True while the start page is on show: nothing was chosen yet, or it was asked for. */
  readonly starting: boolean;
  readonly theme: ThemeChoice;
  /** What is remembered between starts, as the trusted side keeps it. */
  readonly settings: Settings;
  /** Where the window runs: in the program, or in a browser on the preview host. */
  readonly host: "program" | "browser";
  readonly work: Work | null;
  readonly progress: EventValue<"progress"> | null;
  readonly problem: Problem | null;
  readonly connection: ConnectionState;
  /** What the live region says, and the how manieth it is. */
  readonly announcement: { readonly text: string; readonly count: number };
  /** The checklist the report was last saved from; the report's step is done while it is the one on show. */
  readonly reported: State["checklist"] | null;
  /** The dialog about a change that is open; null for none. */
  readonly asked: Asked | null;
  /** The change under way or ended last. */
  readonly change: RunningChange | null;
  /** What is said of what was done last, for as long as one reads it; null for nothing. */
  readonly said: Said | null;
}

interface AssistantActions {
  readonly start: (connection: Connection | null) => void;
  readonly reconnect: () => void;
  readonly look: () => Promise<void>;
  /** Looks again with an administrator's rights: Windows asks first. */
  readonly lookElevated: () => Promise<void>;
  /** Opens the program anew as an administrator, in the place of this window: Windows asks first. */
  readonly openElevated: () => Promise<void>;
  /** Looks again by itself, without a message; gives why it could not, null when it did or something else goes on. */
  readonly watch: () => Promise<string | null>;
  readonly cancelLook: () => void;
  /** Shows the start page, with what there is to begin with now. */
  readonly showStart: () => void;
  readonly openRecent: (id: string) => Promise<void>;
  readonly forgetRecent: (id: string) => Promise<void>;
  readonly chooseServer: (kind: "live" | "practice") => Promise<void>;
  readonly openSample: (id: string) => Promise<void>;
  readonly openRecording: (file: File) => Promise<void>;
  /** Starts the practice server over; `wishes` clears what is wanted as well. */
  readonly resetPractice: (wishes: boolean) => Promise<void>;
  /** Does on the practice server what a person does on a real one. */
  readonly rehearse: (act: PracticeAct) => Promise<void>;
  /** Makes something go wrong on the practice server, or takes it back. */
  readonly setFault: (fault: string, set: boolean) => Promise<void>;
  /** Takes a change of the target at once in the window and sends it when typing rests, or now. */
  readonly editTarget: (change: TargetDraft, when?: "rest" | "now") => void;
  readonly openTarget: (file: File) => Promise<void>;
  readonly saveTarget: () => Promise<void>;
  readonly saveRecording: () => Promise<void>;
  /** Saves the report in one form; gives the file's name and what became of it, null when it was refused. */
  readonly saveReport: (
    format: ReportFormat,
    options: ReportOptions,
  ) => Promise<{ readonly name: string; readonly ended: HandedOut } | null>;
  /** Remembers which forms and options were chosen for the report. */
  readonly chooseReport: (report: ReportChoice) => void;
  readonly saveScript: (format: MethodInput<"saveScript">["format"]) => Promise<void>;
  /** Opens or closes the dialog about a change. */
  readonly ask: (asked: Asked | null) => void;
  /** Changes the server. How it ended stays in `change` and is read out. */
  readonly makeChange: (request: ChangeRequest) => Promise<void>;
  readonly cancelChange: () => void;
  /** Takes the quiet message away. */
  readonly hush: () => void;
  /**
   * Asks the trusted side anything else: what was typed is sent first, a refusal becomes the window's problem. Null when
   * it was refused.
   */
  readonly request: <Value>(ask: (bridge: Bridge) => Promise<Outcome<Value>>) => Promise<Value | null>;
  /** Asks for a file and offers it to be saved; false when it was refused, or is known not to be saved. */
  readonly offer: (ask: (bridge: Bridge) => Promise<Outcome<OfferedFile>>) => Promise<boolean>;
  /** Puts a state on show that came with an answer. */
  readonly adopt: (state: State) => void;
  readonly chooseTheme: (theme: ThemeChoice) => void;
  readonly dismissProblem: () => void;
  readonly announce: (text: string) => void;
  /** Goes to a screen, by the address, so that reloading stays and the browser's own Back works. */
  readonly go: (screen: ScreenId) => void;
}

export type AssistantStore = AssistantData & AssistantActions;

const notSent: Outcome<never> = failed(
  "not-sent",
  "What was entered could not be sent to the assistant first.",
  "See the message at the top of the window, then try it again.",
);

/** True when the connection was lost before a change had answered. */
function wasLost(change: RunningChange | null): boolean {
  return change?.end ? "problem" in change.end && change.end.problem.code === connectionLost : false;
}

/** The address of the start page. */
const startHash = "#start";

let connection: Connection | null = null;
let typing: ReturnType<typeof setTimeout> | undefined;
/** The sending under way, so that two never cross on the wire. */
let sending: Promise<boolean> = Promise.resolve(true);

/** The window's one store: the trusted side's state mirrored, and what only the window knows. */
export const useAssistant = create<AssistantStore>()((set, get) => {
  const announce = (text: string): void => {
    if (text !== "") set((now) => ({ announcement: { text, count: now.announcement.count + 1 } }));
  };

  const refuse = (problem: Problem): void => {
    // The banner of the lost connection says it already, and offers the cure; a cancelled look was asked for.
    if (problem.code === connectionLost) return;
    const message = problem.message.replace(/^./, (first) => first.toUpperCase());
    announce(`${message}. ${problem.cure}`);
    if (problem.code !== "look-cancelled") set({ problem: { ...problem, message } });
  };

  /** A call that cannot throw: a fault of the bridge becomes a problem like any other. */
  const call = async <Value>(ask: (bridge: Bridge) => Promise<Outcome<Value>>): Promise<Outcome<Value>> => {
    try {
      return await ask(assistant());
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        error: { code: "bridge", message: `The assistant did not answer: ${message}`, cure: "Try it again." },
      };
    }
  };

  const sendDraft = async (): Promise<boolean> => {
    while (true) {
      const { state, draft } = get();
      if (isEmpty(draft)) return true;
      if (state === null) return false;
      const outcome = await call((bridge) => bridge.setTarget(withDraft(state.target, draft)));
      if (!outcome.ok) {
        refuse(outcome.error);
        return false;
      }
      set((now) => ({
        state: outcome.value,
        draft: withoutSent(now.draft, draft),
      }));
      announce(changesIn(state, outcome.value));
    }
  };

  /** Sends what was typed before anything that leaves the target behind. */
  const settle = (): Promise<boolean> => {
    clearTimeout(typing);
    sending = sending.then(sendDraft, sendDraft);
    return sending;
  };

  /** Long work that ends in a state. What was there stays on show until the new state is there. */
  const run = async (work: Work, ask: (bridge: Bridge) => Promise<Outcome<State>>): Promise<boolean> => {
    if (get().work !== null) return false;
    // Another server may have another target: what was typed belongs to this one and goes first.
    const sent = await settle();
    if ((!sent && work === "turn") || get().work !== null) return false;
    set(sent ? { work, progress: null, problem: null } : { work, progress: null });
    const before = get().state;
    const outcome = await call(ask);
    set(outcome.ok ? { work: null, progress: null, state: outcome.value } : { work: null, progress: null });
    // What was said of the last change is about the server that was on show.
    if (outcome.ok && work === "turn")
      set(({ draft }) => ({ change: null, said: null, draft: withoutConfirmations(draft) }));
    if (!isEmpty(get().draft)) void settle();
    if (!outcome.ok) {
      refuse(outcome.error);
      return false;
    }
    announce(endOfLook(before, outcome.value));
    return true;
  };

  /** Hands a file out and says what became of it. */
  const handOut = async (file: OfferedFile): Promise<HandedOut> => {
    const ended = await offerFile(file, get().host);
    if (ended === "failed") refuse(notWritten(file.name));
    else announce(`${file.name} ${handedOutWords[ended]}.`);
    return ended;
  };

  const offer = async (ask: (bridge: Bridge) => Promise<Outcome<OfferedFile>>): Promise<boolean> => {
    if (!(await settle())) return false;
    const outcome = await call(ask);
    if (!outcome.ok) {
      refuse(outcome.error);
      return false;
    }
    const ended = await handOut(outcome.value);
    if (!isGivenOut(ended)) return false;
    const text = `${outcome.value.name} ${handedOutWords[ended]}.`;
    set({ said: { text, journal: null, saved: ended === "saved" } });
    return true;
  };

  const open = async (
    work: Work,
    what: "recording" | "target",
    file: File,
    ask: (bridge: Bridge, input: { name: string; text: string }) => Promise<Outcome<State>>,
  ): Promise<void> => {
    const text = await readChosenFile(file, what);
    if (!text.ok) {
      refuse(text.error);
      return;
    }
    if (what === "recording") leaveStart();
    await run(work, (bridge) => ask(bridge, { name: file.name, text: text.value }));
  };

  const remember = (change: Partial<Settings>): void => {
    const settings = { ...get().settings, ...change };
    set({ settings });
    void call((bridge) => bridge.setSettings(settings)).then((outcome) => {
      if (!outcome.ok) refuse(outcome.error);
    });
  };

  const begin = async (): Promise<void> => {
    const [settings, start] = await Promise.all([
      call<Settings>((bridge) => bridge.getSettings(null)),
      call((bridge) => bridge.getStart(null)),
    ]);
    if (settings.ok) set({ theme: settings.value.theme, settings: settings.value });
    if (start.ok) set({ begin: start.value });
    if (location.hash === "" && start.ok && start.value.screen !== null) get().go(screenOfHash(start.value.screen));
    // Who starts it for the first time chooses first; an address that names a screen was chosen.
    const starting = location.hash === startHash || (location.hash === "" && start.ok && start.value.screen === null);
    set({ starting });
    const looked = starting || (await run("start", (bridge) => bridge.getState(null)));
    // Said once the window has something to show: a look that failed has a problem of its own.
    if (!settings.ok && looked) refuse(settings.error);
  };

  const note = (screen: ScreenId): void => void call((bridge) => bridge.notePlace({ screen }));

  /** Leaves the start page for the overview, where what was chosen shows as it comes. */
  const leaveStart = (): void => {
    if (get().starting) get().go("overview");
  };

  return {
    state: null,
    draft: {},
    screen: screenOfHash(location.hash),
    begin: null,
    starting: false,
    theme: "system",
    settings: defaultSettings,
    host: "program",
    work: null,
    progress: null,
    problem: null,
    connection: "open",
    announcement: { text: "", count: 0 },
    reported: null,
    asked: null,
    change: null,
    said: null,

    start: (given) => {
      connection = given;
      set({ host: given === null ? "program" : "browser" });
      assistant().on("progress", (progress) => {
        const { work } = get();
        // The look that follows a change is its last part: the bar does not go back to its beginning.
        const last = work === "change" && progress.task === "look";
        // A check of the cloud has a bar of its own.
        if (work !== null && progress.task !== "cloud" && progress.task !== "relay")
          set({ progress: last ? { ...progress, text: "Looking at the server", fraction: 1 } : progress });
      });
      assistant().on("goTo", (screen) => {
        if (location.hash !== "#companion") get().go(screen);
      });
      assistant().on("installer", (watch) => {
        const { state } = get();
        if (state === null) return;
        set({ state: { ...state, changeMode: { ...state.changeMode, watch } } });
        if (watch !== null) announce(watchNews(state.changeMode.watch, watch, state.wizard.pages));
        // Another window, or this one before it was loaded anew, may have started it: what it left is asked for.
        if (watch?.phase === "ended")
          void call((bridge) => bridge.getState(null)).then((now) => now.ok && get().adopt(now.value));
      });
      given?.watch((state) => {
        const was = get().connection;
        set({ connection: state });
        if (state === "lost") announce("The connection to the assistant is lost.");
        // Connected again: take up what was left. What was typed meanwhile is sent now.
        if (state !== "open" || was === "open") return;
        const { state: shown, change } = get();
        if (shown === null) void begin();
        else if (wasLost(change)) void get().look();
        else void settle();
      });
      window.addEventListener("hashchange", () => {
        const starting = location.hash === startHash;
        set(starting ? { starting } : { starting, screen: screenOfHash(location.hash) });
        if (!starting) note(get().screen);
      });
      void begin();
    },
    reconnect: () => connection?.reconnect(),

    lookElevated: async () => {
      await run("look", (bridge) => bridge.lookElevated(null));
    },
    openElevated: async () => {
      await get().request((bridge) => bridge.openElevated(null));
    },
    look: async () => {
      await run("look", (bridge) => (get().state === null ? bridge.getState(null) : bridge.look(null)));
    },
    watch: async () => {
      const { work, asked, state: before } = get();
      // A person at work is not disturbed: the next minute comes.
      if (work !== null || asked !== null || before === null || !(await settle()) || get().work !== null) return null;
      set({ work: "look", progress: null });
      const outcome = await call((bridge) => bridge.look(null));
      set(outcome.ok ? { work: null, progress: null, state: outcome.value } : { work: null, progress: null });
      if (!isEmpty(get().draft)) void settle();
      if (!outcome.ok) return outcome.error.message;
      announce(changesIn(before, outcome.value));
      return null;
    },
    cancelLook: () => {
      void call((bridge) => bridge.cancelLook(null));
    },
    showStart: () => {
      location.hash = startHash;
      void call((bridge) => bridge.getStart(null)).then((start) => start.ok && set({ begin: start.value }));
    },
    openRecent: async (id) => {
      leaveStart();
      await run("turn", (bridge) => bridge.openRecent({ id }));
    },
    forgetRecent: async (id) => {
      const start = await get().request((bridge) => bridge.forgetRecent({ id }));
      if (start !== null) set({ begin: start });
    },
    chooseServer: async (kind) => {
      leaveStart();
      await run("turn", (bridge) => bridge.chooseServer({ kind }));
    },
    openSample: async (id) => {
      leaveStart();
      await run("turn", (bridge) => bridge.openSample({ id }));
    },
    openRecording: (file) => open("turn", "recording", file, (bridge, input) => bridge.openRecording(input)),
    resetPractice: async (wishes) => {
      await run("turn", (bridge) => bridge.resetPractice({ wishes }));
    },
    rehearse: async (act) => {
      // What was said of the last change waited for this.
      if (await run("look", (bridge) => bridge.rehearse({ act }))) set({ change: null, said: null });
    },
    setFault: async (fault, set) => {
      await run("look", (bridge) => bridge.setPracticeFault({ fault, set }));
    },

    editTarget: (change, when = "rest") => {
      set((now) => ({ draft: { ...now.draft, ...change } }));
      clearTimeout(typing);
      // While the window turns to another server nothing is sent: it would reach the wrong one.
      if (get().work === "turn") return;
      if (when === "now") void settle();
      else typing = setTimeout(() => void settle(), typingRest);
    },
    openTarget: (file) => open("turn", "target", file, (bridge, input) => bridge.openTarget(input)),
    saveTarget: async () => {
      await offer((bridge) => bridge.saveTarget(null));
    },
    saveRecording: async () => {
      await offer((bridge) => bridge.saveRecording(null));
    },
    saveReport: async (format, options) => {
      const file = await get().request((bridge) => bridge.saveReport({ format, options }));
      if (file === null) return null;
      // Of this checklist it was made, whatever is on show once it is saved.
      const checklist = get().state?.checklist ?? null;
      const ended = await handOut(file);
      if (isGivenOut(ended)) set({ reported: checklist });
      return { name: file.name, ended };
    },
    chooseReport: (report) => remember({ report }),
    saveScript: async (format) => {
      await offer((bridge) => bridge.saveScript({ format }));
    },

    ask: (asked) => set({ asked }),
    makeChange: async (request) => {
      if (get().work !== null) return;
      set({ work: "change", progress: null, problem: null, change: { request, end: null, cancelling: false } });
      const outcome = (await settle()) ? await call((bridge) => sendChange(bridge, request)) : notSent;
      const end: ChangeEnd = outcome.ok ? { result: outcome.value.result } : { problem: outcome.error };
      const ended = { work: null, progress: null, change: { request, end, cancelling: false } };
      set(outcome.ok ? { ...ended, state: outcome.value.state } : ended);
      if (!isEmpty(get().draft)) void settle();
      const { intent, title, lines } = endWords(request, end);
      announce([`${title}.`, ...lines].join(" "));
      // What went wrong was told by the dialog, and stands in the list of changes.
      const journal = "result" in end ? end.result.journal : null;
      set({ said: intent === "success" ? { text: `${title}.`, journal, saved: false } : null });
    },
    cancelChange: () => {
      set(({ change }) => (change === null ? {} : { change: { ...change, cancelling: true } }));
      void call((bridge) => bridge.cancelChange(null));
    },
    hush: () => set({ said: null }),

    request: async (ask) => {
      if (!(await settle())) return null;
      const outcome = await call(ask);
      if (outcome.ok) return outcome.value;
      refuse(outcome.error);
      return null;
    },
    offer,
    adopt: (state) => set({ state }),

    chooseTheme: (theme) => {
      set({ theme });
      remember({ theme });
    },
    dismissProblem: () => set({ problem: null }),
    announce,
    go: (screen) => {
      // At once, and not only when the address tells: a second press may come before that.
      set({ screen, starting: false });
      location.hash = screen;
    },
  };
});

/** The target as the window shows it: what the trusted side holds with what was typed laid over it. */
export function shownTarget(store: Pick<AssistantStore, "state" | "draft">): Target | null {
  return store.state === null ? null : withDraft(store.state.target, store.draft);
}

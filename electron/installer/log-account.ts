import { isKeptProperty, knownProperties } from "./known-properties.ts";
import type { LogEvent } from "./log-event.ts";
import type { FailedAction, LogMessage, LogPhase, LogReading, RunAction, ShownDialog } from "./log-reading.ts";
import { hiddenMark } from "./log-secrets.ts";

/** What a run's part of a reading is made of. */
export type RunReading = Pick<
  LogReading,
  | "startedAt"
  | "stoppedAt"
  | "product"
  | "removes"
  | "phase"
  | "dialogs"
  | "actions"
  | "actionCount"
  | "current"
  | "firstFailure"
  | "customActions"
  | "properties"
  | "messages"
  | "exitCode"
  | "restart"
>;

// A log of gigabytes must not become a reading of gigabytes: of each kind only so many are kept.
const keptActions = 1000;
const keptDialogs = 1000;
const keptMessages = 200;
const keptCustomActions = 200;
const keptOpen = 100;
const keptNames = 5000;
const keptCharacters = 1000;

const secretProperties = new Set(knownProperties.filter(({ isSecret }) => isSecret).map(({ name }) => name));

/** What the return value of the outermost action means as an exit code. Source: "Logging of action return values". */
const exitCodes: Readonly<Record<number, number>> = { 0: 1626, 1: 0, 2: 1602, 3: 1603, 4: 1604, 5: 0, 8: 1618 };
const outermost = "INSTALL";
/** The action with which the pages end and the change begins. */
const executes = "ExecuteAction";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };

/** One run of the installer, event by event. */
export class LogAccount {
  readonly #own: (text: string) => string;
  #startedAt: string | null = null;
  #stoppedAt: string | null = null;
  #productCode: string | null = null;
  #productName: string | null = null;
  #productVersion: string | null = null;
  #phase: LogPhase = "begun";
  readonly #dialogs: ShownDialog[] = [];
  readonly #actions: Mutable<RunAction>[] = [];
  #actionCount = 0;
  readonly #names = new Map<string, string>();
  readonly #open: { readonly action: Mutable<RunAction>; readonly isKept: boolean }[] = [];
  #current: string | null = null;
  #firstFailure: FailedAction | null = null;
  readonly #customActions: { readonly name: string; readonly code: number; readonly line: number }[] = [];
  readonly #properties = new Map<string, string>();
  readonly #messages = new Map<string, Mutable<LogMessage>>();
  #engineCode: number | null = null;
  #outermostCode: number | null = null;
  #asksForRestart = false;

  /** @param own gives a text as a person reads it, cut loose from the text it came from */
  constructor(own: (text: string) => string) {
    this.#own = own;
  }

  /** Takes in what a line tells; `line` counts from 1. */
  add(event: LogEvent, line: number): void {
    switch (event.kind) {
      case "loggingStarted":
        this.#startedAt ??= this.#own(event.at);
        break;
      case "loggingStopped":
        this.#stoppedAt = this.#own(event.at);
        break;
      case "dialog":
        this.#doing(event.name);
        if (this.#phase === "begun") this.#phase = "pages";
        if (this.#dialogs.length < keptDialogs) {
          this.#dialogs.push({ name: this.#own(event.name), time: this.#own(event.time), line });
        }
        break;
      case "doing":
        this.#doing(event.name);
        if (event.deferred || event.name === executes) this.#installs();
        break;
      case "actionStarted":
        this.#start(event.name, event.time, line);
        break;
      case "actionDescribed":
        this.#doing(event.name);
        break;
      case "actionEnded":
        this.#end(event, line);
        break;
      case "property":
        this.#setProperty(event.name, event.value);
        break;
      case "customActionFailed":
        if (this.#customActions.length < keptCustomActions) {
          this.#customActions.push({ name: this.#own(event.name), code: event.code, line });
        }
        break;
      case "message":
        this.#tell(event, line);
        break;
      case "product":
        if (event.name !== null) this.#productName = this.#own(event.name);
        if (event.version !== null) this.#productVersion = this.#own(event.version);
        if (event.code !== null) this.#productCode = this.#own(event.code);
        break;
      case "restart":
        this.#asksForRestart = true;
        break;
      case "engineReturned":
        this.#engineCode = event.code;
        this.#phase = "ended";
        break;
      case "engine":
        break;
    }
  }

  /** True once the log says how the run ended and that logging has stopped. */
  get ended(): boolean {
    return this.#phase === "ended" && this.#stoppedAt !== null;
  }

  /** The run so far. */
  reading(): RunReading {
    const exitCode = this.#engineCode ?? this.#outermostCode;
    const known = (name: string): string | null => this.#properties.get(name)?.trim() || null;
    return {
      startedAt: this.#startedAt,
      stoppedAt: this.#stoppedAt,
      product: {
        name: known("ProductName") ?? this.#productName,
        version: known("ProductVersion") ?? this.#productVersion,
        code: known("ProductCode")?.toUpperCase() ?? this.#productCode,
      },
      removes: /^ALL$/i.test(known("REMOVE") ?? ""),
      phase: exitCode !== null && !this.#open.some(({ action }) => action.name === outermost) ? "ended" : this.#phase,
      dialogs: [...this.#dialogs],
      actions: this.#actions.map((action) => ({ ...action })),
      actionCount: this.#actionCount,
      current: this.#current,
      firstFailure: this.#firstFailure,
      customActions: [...this.#customActions],
      properties: new Map([...this.#properties].sort(([one], [other]) => (one < other ? -1 : 1))),
      messages: [...this.#messages.values()].map((message) => ({ ...message })).sort((a, b) => a.line - b.line),
      exitCode,
      restart: exitCode === 1641 ? "begun" : exitCode === 3010 || this.#asksForRestart ? "needed" : "none",
    };
  }

  #doing(name: string): void {
    if (this.#current !== name) this.#current = this.#named(name);
  }

  #installs(): void {
    if (this.#phase !== "ended") this.#phase = "installing";
  }

  #start(name: string, startedAt: string, line: number): void {
    this.#doing(name);
    if (name === executes) this.#installs();
    this.#actionCount += 1;
    const isKept = this.#actionCount <= keptActions;
    const action = {
      name: this.#named(name),
      line,
      startedAt: isKept ? this.#own(startedAt) : null,
      endedAt: null,
      returnValue: null,
    };
    if (isKept) this.#actions.push(action);
    this.#open.push({ action, isKept });
    if (this.#open.length > keptOpen) this.#open.shift();
  }

  #end({ name, time, returnValue }: Extract<LogEvent, { kind: "actionEnded" }>, line: number): void {
    const at = this.#open.findLastIndex(({ action }) => action.name === name);
    const open = at === -1 ? null : (this.#open.splice(at, 1)[0] ?? null);
    const failed = returnValue !== 1 && returnValue !== 0;
    if (open?.isKept === true) {
      open.action.endedAt = this.#own(time);
      open.action.returnValue = returnValue;
    } else if (failed && this.#actions.length < keptActions * 2) {
      const startedLine = open?.action.line ?? line;
      this.#actions.push({
        name: this.#named(name),
        line: startedLine,
        startedAt: null,
        endedAt: this.#own(time),
        returnValue,
      });
    }
    if (returnValue === 3 && this.#firstFailure === null) {
      const customAction = this.#customActions.findLast(({ code }) => code !== 0)?.name ?? null;
      this.#firstFailure = { action: this.#named(name), time: this.#own(time), line, customAction };
    }
    if (name === outermost) this.#outermostCode = exitCodes[returnValue] ?? 1603;
  }

  /** A name of its own, made once: logs say the same few over and over. */
  #named(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const own = this.#own(name);
    if (this.#names.size < keptNames) this.#names.set(own, own);
    return own;
  }

  #setProperty(name: string, value: string | null): void {
    if (!isKeptProperty(name)) return;
    if (value === null) this.#properties.delete(this.#own(name));
    else {
      const shown = secretProperties.has(name) && value.trim() !== "" ? hiddenMark : value.slice(0, keptCharacters);
      this.#properties.set(this.#own(name), this.#own(shown));
    }
  }

  #tell({ code, level, text }: Extract<LogEvent, { kind: "message" }>, line: number): void {
    const key = `${level} ${code}`;
    const known = this.#messages.get(key);
    if (known !== undefined) known.count += 1;
    else if (this.#messages.size < keptMessages) {
      this.#messages.set(key, { code, level, text: this.#own(text), line, count: 1 });
    }
  }
}

import type { LogLine } from "../contract/history.ts";
import { installerOutcome, installerSucceeded } from "../contract/installer-outcome.ts";
import { namesSecret } from "../contract/secret-signs.ts";
import { exitOfReturnValue } from "../facts/installer-exits.ts";
import { ActionTimes } from "./action-times.ts";
import { isPastChecks, makesTheChanges } from "./install-progress.ts";
import { isKeptProperty, knownProperties } from "./known-properties.ts";
import type { LogEvent, LogSide } from "./log-event.ts";
import {
  type ChangedProperty,
  type FailedAction,
  type FailedCustomAction,
  type LogPhase,
  type LogReading,
  presentMark,
  type RequestedFeature,
  type RollbackState,
  type RunAction,
  type RunKind,
  type ShownDialog,
} from "./log-reading.ts";
import { hiddenMark } from "./log-secrets.ts";
import { OpenActions, outermost } from "./open-actions.ts";
import { SaidLines } from "./said-lines.ts";
import type { RunSummary } from "./summary-line.ts";
import { ToldMessages } from "./told-messages.ts";

/** What a run's part of a reading is made of. */
export type RunReading = Omit<
  LogReading,
  | "encoding"
  | "bytes"
  | "lines"
  | "isInstallerLog"
  | "isBinary"
  | "isBigEndian"
  | "endsAmidCharacter"
  | "endsInZeros"
  | "overlongLines"
  | "runs"
  | "signInErrors"
  | "secretCount"
  | "secrets"
>;

// A log of gigabytes must not become a reading of gigabytes: of each kind only so many are kept.
const keptActions = 1000;
const keptDialogs = 1000;
const keptCustomActions = 200;
const keptNames = 5000;
const keptCharacters = 1000;
const keptChanged = 300;
const keptFew = 50;
const keptFeatures = 500;
/** Of so many custom actions that failed the lines around them are kept. */
const keptAround = 20;

const secretProperties = new Set(knownProperties.filter(({ isSecret }) => isSecret).map(({ name }) => name));
/** A property that may be a secret is told as one: what is typed on a page whose properties nobody published may be. */
const maySecret = /pass|pwd|pin|secret|cred|key|token/i;

/** The action with which the pages end and the change begins. */
const executes = "ExecuteAction";

type Mutable<Value> = { -readonly [Name in keyof Value]: Value[Name] };
type EventOf<Kind extends LogEvent["kind"]> = Extract<LogEvent, { kind: Kind }>;

interface KnownCustomAction extends FailedCustomAction {
  readonly around: LogLine[];
  readonly said: readonly LogLine[];
  /** True once the very same action succeeded. */
  recovered: boolean;
}

/** One run of the installer, event by event. */
export class LogAccount {
  readonly #own: (text: string) => string;
  #startedAt: string | null = null;
  #stoppedAt: string | null = null;
  #installer: string | null = null;
  #productCode: string | null = null;
  #productName: string | null = null;
  #productSaid: string | null = null;
  #productVersion: string | null = null;
  #productFile: string | null = null;
  #update: LogReading["update"] = null;
  #summary: RunSummary | null = null;
  #phase: LogPhase = "begun";
  #changesBegun = false;
  #madeChanges = false;
  #rollsBack = false;
  #removedOlder = false;
  readonly #dialogs: ShownDialog[] = [];
  readonly #dialogNames = new Set<string>();
  readonly #actions: Mutable<RunAction>[] = [];
  #actionCount = 0;
  readonly #names = new Map<string, string>();
  readonly #open = new OpenActions();
  readonly #times = new ActionTimes();
  readonly #messages: ToldMessages;
  readonly #said: SaidLines;
  #saidFrom = 0;
  #lastTime = "";
  /** The deferred action that runs now. */
  #deferred: { readonly name: string; readonly startedAt: string; readonly line: number } | null = null;
  #hasDeferred = false;
  #current: string | null = null;
  #firstFailure: (FailedAction & { readonly around: LogLine[] }) | null = null;
  readonly #customActions: KnownCustomAction[] = [];
  readonly #properties = new Map<string, string>();
  readonly #changed = new Map<string, Mutable<ChangedProperty>>();
  readonly #features = new Map<string, RequestedFeature>();
  #listsFeatures = false;
  readonly #policies = new Map<string, string>();
  readonly #inUse = new Map<string, LogReading["inUse"][number]>();
  readonly #unnamedData: { readonly action: string; readonly line: number }[] = [];
  readonly #packageLogs: string[] = [];
  #bootstrapper = false;
  #runsElevated: boolean | null = null;
  #hasClient = false;
  readonly #engineCodes = new Map<LogSide, number>();
  #outermostCode: number | null = null;
  #asksForRestart = false;

  /** @param own gives a text cut loose from the text it came from */
  constructor(own: (text: string) => string) {
    this.#own = own;
    this.#messages = new ToldMessages(own);
    this.#said = new SaidLines(own);
  }

  /** A line of the side that shows the pages went by: the run ends where that side ends. */
  sawClient(): void {
    this.#hasClient = true;
  }

  get hasClient(): boolean {
    return this.#hasClient;
  }

  /** Takes in a line that the engine did not write: more of the last message, or what somebody said. */
  addOther(text: string, line: number): void {
    if (!this.#messages.goOn(text, line)) this.#said.add(text, line);
  }

  /** Takes in what a line tells; `line` counts from 1. Gives a list where the lines around it are to be kept. */
  add(event: LogEvent, line: number): LogLine[] | null {
    switch (event.kind) {
      case "loggingStarted":
        this.#startedAt ??= this.#own(event.at);
        this.#installer ??= event.installer === null ? null : this.#own(event.installer);
        break;
      case "loggingStopped":
        this.#stoppedAt = this.#own(event.at);
        break;
      case "dialog":
        this.#doing(event.name);
        if (this.#phase === "begun") this.#phase = "pages";
        if (this.#dialogs.length < keptDialogs) {
          const name = this.#named(event.name);
          this.#dialogs.push({ name, time: this.#own(event.time), line });
          this.#dialogNames.add(name);
        }
        break;
      case "doing":
        this.#doing(event.name);
        this.#saidFrom = line;
        if (event.deferred) this.#startDeferred(event.name, event.time, line);
        else if (event.name === executes) this.#installs();
        break;
      case "actionStarted":
        this.#start(event.name, event.time, line);
        break;
      case "actionDescribed":
        this.#doing(event.name);
        if (event.name === "Rollback") this.#rollBack();
        break;
      case "actionEnded":
        return this.#end(event, line);
      case "property":
        this.#setProperty(event, line);
        break;
      case "customActionFailed":
        return this.#customActionFailed(event, line);
      case "message":
        if (event.product !== null) this.#nameProduct(event.product);
        if (event.code === 1603) this.#heldInUse(event.text);
        return this.#messages.tell(event, line);
      case "said":
        this.#nameProduct(event.product);
        this.#said.add(event.text, line);
        break;
      default:
        this.#addFact(event, line);
    }
    return null;
  }

  /** What is told of the product, the computer and the run as a whole. */
  #addFact(event: LogEvent, line: number): void {
    switch (event.kind) {
      case "update":
        this.#nameProduct(event.product);
        this.#update = { name: this.#own(event.name), installed: event.installed };
        break;
      case "product":
        if (this.#open.isNested) break;
        if (event.name !== null) this.#productName = this.#own(event.name);
        if (event.code !== null) this.#productCode = this.#own(event.code);
        if (event.file !== undefined) this.#productFile = this.#own(event.file);
        break;
      case "summary":
        if (this.#open.isNested) break;
        this.#summary = { ...event, name: this.#own(event.name), version: this.#own(event.version) };
        this.#productName = this.#summary.name;
        this.#productVersion = this.#summary.version;
        if (event.update !== null) {
          const isThere = installerSucceeded(event.status) !== (event.did === "removeUpdate");
          this.#update = { name: this.#own(event.update), installed: isThere };
        }
        break;
      case "feature":
        if (!this.#open.isNested) this.#request(event);
        break;
      case "inUse":
        this.#uses(event);
        break;
      case "policy":
        if (this.#policies.size < keptFew) this.#policies.set(this.#own(event.name), this.#own(event.value));
        break;
      case "orphanedPatch":
        this.#messages.forgetMissingSource();
        break;
      case "unnamedData":
        if (this.#unnamedData.length < keptFew) this.#unnamedData.push({ action: this.#own(event.action), line });
        break;
      case "bootstrapper":
        this.#bootstrapper = true;
        if (event.log !== null && this.#packageLogs.length < keptFew) this.#packageLogs.push(this.#own(event.log));
        if (event.code !== null) this.#engineCodes.set("client", event.code & 0xffff);
        break;
      case "runElevated":
        this.#runsElevated = event.elevated;
        break;
      case "runEngine":
        this.#open.beginRun();
        break;
      case "rollback":
        this.#rollBack();
        break;
      case "restart":
        this.#asksForRestart = true;
        break;
      case "engineReturned":
        if (event.side !== "nested" && !this.#open.isNested) this.#engineCodes.set(event.side, event.code);
        break;
    }
  }

  /** True once the log says how the run ended and that logging has stopped. */
  get ended(): boolean {
    return this.#stoppedAt !== null && this.#engineCodes.has(this.#hasClient ? "client" : "server");
  }

  /**
   * How the run ended. The side that shows the pages has the last word; where it wrote nothing, the service, else the
   * outermost action. A run in which another run is under way has not ended with that.
   */
  get #exitCode(): number | null {
    const last = this.#engineCodes.get("client");
    if (last !== undefined) return last;
    const isOver = !this.#open.isRunOpen;
    const own = this.#engineCodes.get("server") ?? (isOver ? this.#outermostCode : null);
    if (!this.#hasClient || this.#stoppedAt !== null) return own ?? (isOver ? (this.#summary?.status ?? null) : null);
    return isOver ? (this.#summary?.status ?? null) : null;
  }

  /** The run so far. */
  reading(): RunReading {
    const exitCode = this.#exitCode;
    const known = (name: string): string | null => this.#properties.get(name)?.trim() || null;
    const outcome = installerOutcome(exitCode);
    const asks = this.#asksForRestart || isSetTo(known("MsiRebootActionScheduled"));
    return {
      startedAt: this.#startedAt,
      stoppedAt: this.#stoppedAt,
      bootstrapper: this.#bootstrapper ? { logs: [...this.#packageLogs] } : null,
      product: {
        name: known("ProductName") ?? this.#productName ?? this.#productSaid,
        version: known("ProductVersion") ?? this.#productVersion,
        code: known("ProductCode")?.toUpperCase() ?? this.#productCode,
        file: this.#productFile,
      },
      runKind: this.#kind(known),
      update: this.#update,
      removes: /^ALL$/i.test(known("REMOVE") ?? "") || this.#summary?.did === "remove",
      phase: exitCode !== null ? "ended" : this.#phase,
      changesBegun: this.#changesBegun,
      rollback: this.#rollback(exitCode, known),
      dialogs: [...this.#dialogs],
      actions: this.#actions.map((action) => ({ ...action })),
      actionCount: this.#actionCount,
      current: this.#current,
      firstFailure: this.#failure(exitCode),
      customActions: this.#customActions.map(({ said: _said, recovered: _recovered, around, ...told }) => ({
        ...told,
        around: [...around],
      })),
      slowest: [...this.#times.slowest],
      running: exitCode === null ? this.#running() : null,
      changedProperties: [...this.#changed.values()].filter(
        ({ before, after }) => before !== after || after === presentMark,
      ),
      features: this.#listsFeatures ? [...this.#features.values()] : null,
      runBy: {
        user: known("LogonUser"),
        computer: known("ComputerName"),
        elevated:
          isSetTo(known("MsiRunningElevated")) || (this.#runsElevated ?? (known("Privileged") === null ? null : true)),
        installer: this.#installer ?? known("VersionMsi"),
      },
      policies: [...this.#policies].map(([name, value]) => ({ name, value })),
      inUse: [...this.#inUse.values()],
      unnamedData: [...this.#unnamedData],
      properties: new Map([...this.#properties].sort(([one], [other]) => (one < other ? -1 : 1))),
      messages: this.#messages.all,
      exitCode,
      restart: outcome === "restartBegun" ? "begun" : outcome === "restartNeeded" || asks ? "needed" : "none",
      restartWasPending: isSetTo(known("MsiSystemRebootPending")),
    };
  }

  #kind(known: (name: string) => string | null): RunKind | null {
    const did = this.#summary?.did ?? null;
    if (this.#removedOlder && did !== "remove") return "upgrade";
    if (did === "change" && known("REINSTALL") !== null) return "repair";
    if (did !== null) return did;
    if (/^ALL$/i.test(known("REMOVE") ?? "")) return "remove";
    if (this.#update !== null || known("PATCH") !== null) return "update";
    if (known("REINSTALL") !== null) return "repair";
    return known("Installed") === null ? null : "change";
  }

  #rollback(exitCode: number | null, known: (name: string) => string | null): RollbackState | null {
    if (installerSucceeded(exitCode)) return null;
    if (!this.#madeChanges) return this.#actionCount > 0 ? "nothingBegun" : null;
    const isOff =
      isSetTo(this.#policies.get("DisableRollback") ?? null) ||
      isSetTo(known("RollbackDisabled")) ||
      isSetTo(known("DISABLEROLLBACK"));
    if (isOff) return "switchedOff";
    return this.#rollsBack ? "rolledBack" : null;
  }

  /** The first action that failed; a custom action may have failed without one that said so. */
  #failure(exitCode: number | null): FailedAction | null {
    if (this.#firstFailure !== null) return { ...this.#firstFailure, around: [...this.#firstFailure.around] };
    if (exitCode === null || installerSucceeded(exitCode)) return null;
    const custom = this.#customActions.find(({ ignored, recovered }) => !ignored && !recovered);
    if (custom === undefined) return null;
    const { name, line, said, around } = custom;
    return { action: name, time: this.#lastTime, line, customAction: name, nested: false, said, around: [...around] };
  }

  #running(): LogReading["running"] {
    const { innermost } = this.#open;
    if (this.#deferred !== null && (innermost === null || makesTheChanges(innermost.action.name))) {
      return { name: this.#deferred.name, startedAt: this.#deferred.startedAt };
    }
    if (innermost === null || this.#isDialog(innermost.action.name)) return null;
    return { name: innermost.action.name, startedAt: innermost.startedAt };
  }

  #isDialog(name: string): boolean {
    return this.#dialogNames.has(name);
  }

  #nameProduct(name: string): void {
    if (!this.#open.isNested) this.#productSaid ??= this.#own(name);
  }

  #doing(name: string): void {
    if (this.#current !== name) this.#current = this.#named(name);
  }

  #rollBack(): void {
    this.#rollsBack = true;
    this.#madeChanges = true;
  }

  #installs(): void {
    this.#phase = "installing";
  }

  #startDeferred(name: string, time: string | null, line: number): void {
    this.#installs();
    this.#changesBegun = true;
    this.#madeChanges = true;
    this.#endDeferred(time);
    if (time === null) return;
    this.#hasDeferred = true;
    this.#deferred = { name: this.#named(name), startedAt: this.#own(time), line };
  }

  #endDeferred(time: string | null): void {
    if (this.#deferred === null) return;
    const { name, line, startedAt } = this.#deferred;
    this.#times.add(name, line, startedAt, time);
    this.#deferred = null;
  }

  #start(name: string, startedAt: string, line: number): void {
    this.#doing(name);
    this.#saidFrom = line;
    this.#lastTime = this.#own(startedAt);
    if (name === executes) this.#installs();
    this.#actionCount += 1;
    const isKept = this.#actionCount <= keptActions;
    const action = {
      name: this.#named(name),
      line,
      startedAt: isKept ? this.#lastTime : null,
      endedAt: null,
      returnValue: null,
    };
    if (isKept) this.#actions.push(action);
    this.#open.start(action, this.#lastTime, isKept);
    if (name === outermost && this.#open.isRemovingOlder) this.#removedOlder = true;
  }

  #end({ name, time, returnValue }: EventOf<"actionEnded">, line: number): LogLine[] | null {
    const wasNested = this.#open.isNested;
    const open = this.#open.end(name);
    const failed = returnValue !== 1 && returnValue !== 0;
    if (open?.isKept === true) {
      open.action.endedAt = this.#own(time);
      open.action.returnValue = returnValue;
    } else if (failed && this.#actions.length < keptActions * 2) {
      this.#actions.push({
        name: this.#named(name),
        line: open?.action.line ?? line,
        startedAt: null,
        endedAt: this.#own(time),
        returnValue,
      });
    }
    if (this.#deferred !== null && makesTheChanges(name)) this.#endDeferred(time);
    if (open !== null && !this.#isFrame(name))
      this.#times.add(open.action.name, open.action.line, open.startedAt, time);
    if (returnValue === 1) this.#succeeded(name, open?.holdsRun === true);
    if (name === outermost && !wasNested && !this.#open.isRunOpen) this.#outermostCode = exitOfReturnValue(returnValue);
    if (returnValue !== 3 || this.#firstFailure !== null) return null;
    const since = open?.action.line ?? 0;
    const custom = this.#customActions.findLast((one) => one.line >= since && !one.ignored && !one.recovered);
    const around: LogLine[] = [];
    this.#firstFailure = {
      action: this.#named(name),
      time: this.#own(time),
      line,
      customAction: custom === undefined ? null : custom.name,
      nested: wasNested && open?.holdsRun !== true,
      said: custom?.said ?? this.#said.since(Math.max(since, this.#saidFrom)),
      around,
    };
    return around;
  }

  /** Frames of other actions, and pages: how long they are open says nothing of the installer. */
  #isFrame(name: string): boolean {
    if (name === outermost || name === executes || this.#isDialog(name)) return true;
    return this.#hasDeferred && makesTheChanges(name);
  }

  #succeeded(name: string, heldRun: boolean): void {
    if (this.#customActions.length > 0) {
      for (const custom of this.#customActions) if (custom.name === name) custom.recovered = true;
    }
    // What failed in the run within was no failure of this one.
    if (heldRun && this.#firstFailure?.nested === true) this.#firstFailure = null;
  }

  #customActionFailed({ name, code, ignored }: EventOf<"customActionFailed">, line: number): LogLine[] | null {
    if (code === 0 || this.#customActions.length >= keptCustomActions) return null;
    const around: LogLine[] = [];
    const said = this.#said.since(this.#saidFrom);
    this.#customActions.push({ name: this.#own(name), code, line, ignored, around, said, recovered: false });
    return this.#customActions.length <= keptAround ? around : null;
  }

  /** An action's name of its own, made once: logs say the same few over and over. Its first time tells how far it is. */
  #named(name: string): string {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const own = this.#own(name);
    if (this.#names.size < keptNames) this.#names.set(own, own);
    if (isPastChecks(own)) {
      this.#installs();
      this.#changesBegun = true;
    }
    if (makesTheChanges(own)) this.#madeChanges = true;
    return own;
  }

  #setProperty({ name, value, side, before }: EventOf<"property">, line: number): void {
    // What a listing at the end says is no change.
    const isTyped = before !== undefined && side === "client" && this.#phase === "pages";
    const isKept = isKeptProperty(name);
    if (!(isTyped || isKept) || side === "nested" || this.#open.isNested) return;
    if (isTyped) this.#change(name, before, value, line);
    if (!isKept) return;
    if (value === null) this.#properties.delete(this.#own(name));
    else {
      const shown = secretProperties.has(name) && value.trim() !== "" ? hiddenMark : value.slice(0, keptCharacters);
      this.#properties.set(this.#own(name), this.#own(shown));
    }
  }

  #change(name: string, before: string | null, after: string | null, line: number): void {
    const mayBeSecret = namesSecret(name) || maySecret.test(name);
    const shown = (value: string | null): string | null => {
      if (value === null || value.trim() === "") return value === null ? null : "";
      return mayBeSecret || value.includes(hiddenMark) ? presentMark : this.#own(value.slice(0, keptCharacters));
    };
    const known = this.#changed.get(name);
    if (known !== undefined) {
      known.after = shown(after);
      known.line = line;
    } else if (this.#changed.size < keptChanged) {
      const own = this.#own(name);
      this.#changed.set(own, { name: own, before: shown(before), after: shown(after), line });
    }
  }

  #request({ name, installed, request, action }: EventOf<"feature">): void {
    this.#listsFeatures = true;
    const own = this.#own(name);
    if (request === "Null" && action === "Null") this.#features.delete(own);
    else if (this.#features.size < keptFeatures) {
      this.#features.set(own, {
        name: own,
        installed: this.#own(installed),
        request: this.#own(request),
        action: this.#own(action),
      });
    }
  }

  /** `The file C:\\… is being held in use by the following process: Name: X, Id: 4704, …`, in any language. */
  #heldInUse(text: string): void {
    const found = /[:：]\s?([^,，、:：]{1,80})[,，、]\s?[^:：,，、]{1,20}[:：]\s?(\d{1,10})\b/.exec(
      text.slice(0, 1000),
    );
    if (found === null) return;
    const file = /[A-Za-z]:\\[^<>|"*?:]{1,300}?\.\w{1,8}(?![\w.\\])/.exec(text.slice(0, 1000))?.[0] ?? null;
    this.#uses({ file, process: found[1] ?? "", id: Number(found[2]) });
  }

  #uses({ file, process, id }: { readonly file: string | null; readonly process: string; readonly id: number }): void {
    const key = `${file} ${id}`;
    if (this.#inUse.size >= keptFew || this.#inUse.has(key)) return;
    this.#inUse.set(this.#own(key), { file: file === null ? null : this.#own(file), process: this.#own(process), id });
  }
}

/** True for the yes of a property or policy that is a yes or a no. */
function isSetTo(value: string | null): boolean {
  return value !== null && value !== "" && value !== "0";
}

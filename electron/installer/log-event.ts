import { actionEvent } from "./action-line.ts";
import { tellsAsNote } from "./installer-errors.ts";
import { isKeptProperty } from "./known-properties.ts";
import { customActionEvent, messageEvent, productEvent, textLimit } from "./message-line.ts";
import { type RunSummary, summaryIn } from "./summary-line.ts";

/** Who writes a line: the side that shows the pages, the service that changes the server, or a run within its run. */
export type LogSide = "client" | "server" | "nested";

/** What one line of an installer log tells. Times are as the log has them: local, without a day. */
export type LogEvent =
  | {
      readonly kind: "loggingStarted";
      readonly verbose: boolean;
      readonly at: string;
      readonly installer: string | null;
    }
  | { readonly kind: "loggingStopped"; readonly verbose: boolean; readonly at: string }
  /** A bootstrapper's log begins, or names the log of a package. */
  | { readonly kind: "bootstrapper"; readonly log: string | null; readonly code: number | null }
  | { readonly kind: "actionStarted"; readonly name: string; readonly time: string }
  | { readonly kind: "actionDescribed"; readonly name: string; readonly time: string; readonly text: string }
  | { readonly kind: "actionEnded"; readonly name: string; readonly time: string; readonly returnValue: number }
  | { readonly kind: "dialog"; readonly name: string; readonly time: string }
  /** The installer names the action it is about to run, or the deferred one it runs now. */
  | { readonly kind: "doing"; readonly name: string; readonly deferred: boolean; readonly time: string | null }
  /** A property's value; null when the property was deleted. */
  | {
      readonly kind: "property";
      readonly name: string;
      readonly value: string | null;
      readonly side: LogSide;
      /** What it was before; undefined where it is only listed. */
      readonly before?: string | null;
    }
  | { readonly kind: "customActionFailed"; readonly name: string; readonly code: number; readonly ignored: boolean }
  /** A deferred custom action gets data that no name stands before, and may change the server with it. */
  | { readonly kind: "unnamedData"; readonly action: string }
  | {
      readonly kind: "message";
      readonly level: MessageLevel;
      readonly code: number;
      readonly text: string;
      readonly product: string | null;
    }
  /** The engine says of the product what has no number. */
  | { readonly kind: "said"; readonly product: string; readonly text: string }
  | { readonly kind: "update"; readonly product: string; readonly name: string; readonly installed: boolean }
  | {
      readonly kind: "product";
      readonly name: string | null;
      readonly version: string | null;
      readonly code: string | null;
      /** The package's file, where it is told by that. */
      readonly file?: string;
    }
  | ({ readonly kind: "summary" } & RunSummary)
  | {
      readonly kind: "feature";
      readonly name: string;
      readonly installed: string;
      readonly request: string;
      readonly action: string;
    }
  | { readonly kind: "inUse"; readonly file: string | null; readonly process: string; readonly id: number }
  | { readonly kind: "policy"; readonly name: string; readonly value: string }
  | { readonly kind: "orphanedPatch" }
  | { readonly kind: "runElevated"; readonly elevated: boolean }
  | { readonly kind: "runEngine" }
  | { readonly kind: "rollback" }
  | { readonly kind: "restart" }
  | { readonly kind: "engineReturned"; readonly code: number; readonly side: LogSide }
  /** A line that only Windows Installer writes and that tells nothing more. */
  | { readonly kind: "engine" };

/** `error` was told to the person or ended the run; `note` is what the engine noted on its way, often harmless. */
export type MessageLevel = "error" | "note";

/** What a line of an installer log tells; null when it is none that is known. */
export function eventIn(line: string): LogEvent | null {
  switch (line.charCodeAt(0)) {
    case 0x4d: // M
      if (line.startsWith("MSI (")) return engineEvent(line);
      break;
    case 0x50: // P
      if (line.startsWith("Property(")) return propertyEvent(line);
      break;
    case 0x3d: // =
      return loggingEvent(line);
    case 0x31: // 1
      return recordEvent(line);
    case 0x20: // blank
      return runEngineEvent(line);
    case 0x5b: // [
      return bootstrapperEvent(line);
  }
  return actionEvent(line) ?? messageEvent(line) ?? customActionEvent(line) ?? rollbackEvent(line);
}

const sides: Readonly<Record<number, LogSide>> = { 115: "server", 99: "client", 78: "nested" };

/** The length of `MSI (s) (88:1C) [10:00:00:123]: `, with which the engine's lines begin in a verbose log. */
const engineHead = 32;
const client = 0x63;

/**
 * True for a line of the engine that tells nothing a reading keeps: most of a verbose log. Decided without cutting the
 * line out of its text; a line it is not sure of is left to {@link eventIn}.
 */
export function isMereEngineLine(text: string, from: number): boolean {
  if (text.charCodeAt(from + 30) !== 0x3a || text.charCodeAt(from + 31) !== 0x20) return false;
  const side = text.charCodeAt(from + 5);
  if (side !== 0x73 && side !== client) return false;
  if (!text.startsWith("MSI (", from) || !text.startsWith(") (", from + 6)) return false;
  // The first ": " of the line must be this one.
  if (text.charCodeAt(from + 29) !== 0x5d || text.charCodeAt(from + 16) !== 0x5b) return false;
  const message = from + engineHead;
  switch (text.charCodeAt(message)) {
    case 0x43: // C
      return text.startsWith("Component: ", message);
    case 0x45: // E
      return text.startsWith("Executing op: ", message) && !isTellingOperation(text.charCodeAt(message + 14));
    case 0x4e: // N
      return text.startsWith("Note: 1: ", message) && !isTellingNote(text, message + 9);
    case 0x50: // P
      return side !== client && text.startsWith("PROPERTY CHANGE: ", message) && isOtherProperty(text, message + 17);
    default:
      return false;
  }
}

/** The first letters of ActionStart, CustomActionSchedule and ProductInfo. */
function isTellingOperation(letter: number): boolean {
  return letter === 0x41 || letter === 0x43 || letter === 0x50;
}

function isTellingNote(text: string, at: number): boolean {
  let code = 0;
  for (let index = at; index < at + 4; index += 1) code = code * 10 + text.charCodeAt(index) - 0x30;
  return tellsAsNote(code);
}

/** `PROPERTY CHANGE: Adding X property. …` of a property whose value nobody keeps. */
function isOtherProperty(text: string, at: number): boolean {
  const verb = text.startsWith("Adding ", at) ? 7 : text.startsWith("Modifying ", at) ? 10 : 9;
  const from = at + verb;
  const to = text.indexOf(" ", from);
  return to !== -1 && to - from <= 200 && !isKeptProperty(text.slice(from, to));
}

/** What begins a message of the engine, and what that message tells. */
type Telling = readonly [string, (rest: string, side: LogSide, time: string | null) => LogEvent | null];

const tellings: readonly Telling[] = [
  ["Executing op: ", (rest, _side, time) => operationEvent(rest, time)],
  ["PROPERTY CHANGE: ", (rest, side) => propertyChange(rest, side)],
  ["Note: 1: ", noteEvent],
  ["Doing action: ", (rest, _side, time) => ({ kind: "doing", name: rest.trimEnd(), deferred: false, time })],
  ["Feature: ", featureEvent],
  [
    "MainEngineThread is returning ",
    (rest, side) => {
      const code = /^\d{1,10}/.exec(rest)?.[0];
      return code === undefined ? null : { kind: "engineReturned", code: Number(code), side };
    },
  ],
  ["******* RunEngine:", () => ({ kind: "runEngine" })],
  ["Windows Installer requires a system restart", () => ({ kind: "restart" })],
  ["Machine policy value ", policyEvent],
  ["User policy value ", policyEvent],
  [
    "Running product ",
    (rest) => {
      const how = /^'\{[\w-]{36}\}' with (elevated|user) privileges/.exec(rest)?.[1];
      return how === undefined ? null : { kind: "runElevated", elevated: how === "elevated" };
    },
  ],
  ["RESTART MANAGER: Detected that application with id ", restartManagerEvent],
  [
    "Could not find source for missing patch ",
    (rest) => (rest.includes("orphaning") ? { kind: "orphanedPatch" } : null),
  ],
  ["Rollback: ", () => ({ kind: "rollback" })],
];

/** The tellings by their first letter. */
const tellingsBy = new Map<number, Telling[]>();
for (const telling of tellings) {
  const letter = telling[0].charCodeAt(0);
  tellingsBy.set(letter, [...(tellingsBy.get(letter) ?? []), telling]);
}

const engine: LogEvent = { kind: "engine" };

/** `MSI (s) (88:1C) [10:00:00:123]: …` */
function engineEvent(line: string): LogEvent | null {
  const side = sides[line.charCodeAt(5)];
  if (side === undefined || line.charCodeAt(6) !== 0x29) return null;
  const at = line.indexOf(": ", 7);
  if (at === -1) return engine;
  const from = at + 2;
  const telling = tellingsBy.get(line.charCodeAt(from))?.find(([begins]) => line.startsWith(begins, from));
  if (telling !== undefined) {
    const time = line.charCodeAt(at - 14) === 0x5b ? line.slice(at - 13, at - 5) : null;
    return telling[1](line.slice(from + telling[0].length), side, time) ?? engine;
  }
  const rest = line.slice(from, from + textLimit * 4);
  return customActionEvent(rest) ?? messageEvent(rest) ?? productEvent(rest) ?? summaryEvent(rest) ?? engine;
}

function summaryEvent(text: string): LogEvent | null {
  const summary = text.length > 60 && text.length < textLimit * 4 ? summaryIn(text) : null;
  return summary === null ? null : { kind: "summary", ...summary };
}

/** What the service does now: an action, a custom action with its data, or what it registers of the product. */
function operationEvent(rest: string, time: string | null): LogEvent | null {
  if (rest.startsWith("ActionStart(Name=")) {
    const name = /^[\w.]{1,160}/.exec(rest.slice(17, 180))?.[0];
    if (name === undefined) return null;
    return name === "Rollback" ? { kind: "rollback" } : { kind: "doing", name, deferred: true, time };
  }
  if (rest.startsWith("CustomActionSchedule(")) {
    const found = /^CustomActionSchedule\(Action=([\w.]{1,160}),ActionType=(\d{1,6}),/.exec(rest);
    const shown = rest.slice(0, 4000).trimEnd();
    const mark = ",CustomActionData=";
    const at = shown.indexOf(mark);
    const data = at !== -1 && shown.endsWith(")") ? shown.slice(at + mark.length, -1).trim() : "";
    const runsAsSystem = (Number(found?.[2] ?? 0) & 0xc00) === 0xc00;
    return found !== null && runsAsSystem && data !== "" && !/[*=]/.test(data)
      ? { kind: "unnamedData", action: found[1] ?? "" }
      : null;
  }
  if (!rest.startsWith("ProductInfo(")) return null;
  const found = /^ProductInfo\(ProductKey=(\{[\w-]{36}\}),ProductName=(.{1,200}?),PackageName=/.exec(rest);
  return found === null
    ? null
    : { kind: "product", name: found[2] ?? null, version: null, code: found[1]?.toUpperCase() ?? null };
}

/** `Note: 1: 1706 2: …`, of which the first field was taken as the number of a message. */
function noteEvent(rest: string): LogEvent | null {
  const code = /^(\d{4})(?= |$)/.exec(rest)?.[1];
  return code !== undefined && isTellingNote(rest, 0)
    ? {
        kind: "message",
        level: "note",
        code: Number(code),
        text: `Note: 1: ${rest}`.slice(0, textLimit),
        product: null,
      }
    : null;
}

/** `X; Installed: Local;   Request: Null;   Action: Null` */
function featureEvent(rest: string): LogEvent | null {
  const found = /^([^;\s]{1,80}); Installed: ([^;]{1,40}); {1,4}Request: ([^;]{1,40}); {1,4}Action: ([^;]{1,40})/.exec(
    rest,
  );
  if (found === null) return null;
  const [, name = "", installed = "", request = "", action = ""] = found.map((part) => part?.trim());
  return { kind: "feature", name, installed, request, action };
}

/** `'DisableRollback' is 1` */
function policyEvent(rest: string): LogEvent | null {
  const found = /^'(\w{1,80})' is (\S{1,80})/.exec(rest);
  return found === null ? null : { kind: "policy", name: found[1] ?? "", value: found[2] ?? "" };
}

/** `4704, friendly name 'X', of type RmService and status 1 holds file[s] in use.` */
function restartManagerEvent(rest: string): LogEvent | null {
  const found = /^(\d{1,10}), friendly name '(.{1,200}?)', of type .* holds file/.exec(rest);
  return found === null ? null : { kind: "inUse", file: null, process: found[2] ?? "", id: Number(found[1]) };
}

/** `Rollback: Copying new files`: what a log that is not verbose says of it. */
function rollbackEvent(line: string): LogEvent | null {
  return line.startsWith("Rollback: ") ? { kind: "rollback" } : null;
}

/** `[1A2C:0B14][2026-01-02T10:00:00]i001: Burn v3.11.2.4516, …`: the log of a bootstrapper made with WiX. */
function bootstrapperEvent(line: string): LogEvent | null {
  if (!/^\[[0-9A-Fa-f]{4,5}:[0-9A-Fa-f]{4,5}\]\[\d{4}-\d\d-\d\dT/.test(line)) return null;
  const log = /WixBundleLog_\w{1,80} = (\S.{0,400})$/.exec(line.slice(0, 600))?.[1] ?? null;
  const code = /Exit code: 0x([0-9A-Fa-f]{1,8})\b/.exec(line.slice(0, 200))?.[1];
  return {
    kind: "bootstrapper",
    log: log?.trim() ?? null,
    code: code === undefined ? null : Number.parseInt(code, 16),
  };
}

function propertyEvent(line: string): LogEvent | null {
  const at = line.indexOf(" = ");
  const found = /^Property\(([SCN])\): (\S{1,200})$/.exec(line.slice(0, at === -1 ? 220 : at));
  if (found === null || at === -1) return null;
  const side = found[1] === "S" ? "server" : found[1] === "C" ? "client" : "nested";
  return { kind: "property", name: found[2] ?? "", value: line.slice(at + 3), side };
}

/** `Adding X property. Its value is 'v'.`, `Modifying X property. Its current value is 'v'. Its new value: 'w'.` */
function propertyChange(text: string, side: LogSide): LogEvent | null {
  const verbEnd = text.indexOf(" ");
  const nameEnd = text.indexOf(" property. ", verbEnd);
  const name = text.slice(verbEnd + 1, nameEnd);
  if (nameEnd === -1 || name.includes(" ")) return null;
  const verb = text.slice(0, verbEnd);
  const current = "Its current value is '";
  const new_ = "'. Its new value: '";
  const whole = text.trimEnd();
  const end = whole.endsWith("'.") ? whole.length - 2 : whole.length;
  const currentAt = text.indexOf(current, nameEnd);
  const newAt = text.indexOf(new_, nameEnd);
  const before = currentAt === -1 ? null : whole.slice(currentAt + current.length, newAt === -1 ? end : newAt);
  if (verb === "Deleting") return { kind: "property", name, value: null, side, before };
  const mark = verb === "Adding" ? "Its value is '" : new_;
  const at = text.indexOf(mark, nameEnd);
  if (at === -1) return null;
  return { kind: "property", name, value: whole.slice(at + mark.length, end), side, before };
}

const logging = /^=== (Verbose )?[Ll]ogging (started|stopped): (\S{1,20}\s{1,4}\S{1,20}(?: [AP]M)?)/;

function loggingEvent(line: string): LogEvent | null {
  const found = logging.exec(line);
  if (found === null) return null;
  const [, verbose, what, at = ""] = found;
  const told = { verbose: verbose !== undefined, at: at.replace(/\s+/g, " ") };
  if (what === "stopped") return { kind: "loggingStopped", ...told };
  const installer = /Build type: [A-Z ]{1,40} (\d+(?:\.\d+){1,3})/.exec(line.slice(0, 300))?.[1] ?? null;
  return { kind: "loggingStarted", ...told, installer };
}

/** `1: 1706 2: …`: what a log that is not verbose has in the place of a note. */
function recordEvent(line: string): LogEvent | null {
  const code = /^1: (\d{4}) 2: /.exec(line)?.[1];
  return code === undefined
    ? null
    : { kind: "message", level: "note", code: Number(code), text: line.slice(0, textLimit), product: null };
}

/** The lines below `******* RunEngine:`, which name the product the run is of: by its code, or by its package's file. */
function runEngineEvent(line: string): LogEvent | null {
  const product = /^ {1,20}\*{7} Product: (\S.{0,300}?)\s*$/.exec(line.slice(0, 340))?.[1];
  if (product === undefined) return null;
  const none = { kind: "product", name: null, version: null } as const;
  if (/^\{[0-9A-Fa-f-]{36}\}$/.test(product)) return { ...none, code: product.toUpperCase() };
  return /\.msi$/i.test(product) ? { ...none, code: null, file: product } : null;
}

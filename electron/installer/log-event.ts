import { tellsAsNote } from "./installer-errors.ts";
import { isKeptProperty } from "./known-properties.ts";

/** What one line of an installer log tells. Times are as the log has them: local, without a day. */
export type LogEvent =
  | { readonly kind: "loggingStarted"; readonly verbose: boolean; readonly at: string }
  | { readonly kind: "loggingStopped"; readonly verbose: boolean; readonly at: string }
  | { readonly kind: "actionStarted"; readonly name: string; readonly time: string }
  | { readonly kind: "actionDescribed"; readonly name: string; readonly time: string; readonly text: string }
  | { readonly kind: "actionEnded"; readonly name: string; readonly time: string; readonly returnValue: number }
  | { readonly kind: "dialog"; readonly name: string; readonly time: string }
  /** The installer names the action it is about to run, or the deferred one it runs now. */
  | { readonly kind: "doing"; readonly name: string; readonly deferred: boolean }
  /** A property's value; null when the property was deleted. */
  | { readonly kind: "property"; readonly name: string; readonly value: string | null }
  | { readonly kind: "customActionFailed"; readonly name: string; readonly code: number }
  | { readonly kind: "message"; readonly level: MessageLevel; readonly code: number; readonly text: string }
  | {
      readonly kind: "product";
      readonly name: string | null;
      readonly version: string | null;
      readonly code: string | null;
    }
  | { readonly kind: "restart" }
  | { readonly kind: "engineReturned"; readonly code: number }
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
  }
  return actionEvent(line) ?? messageEvent(line) ?? customActionEvent(line);
}

const engine: LogEvent = { kind: "engine" };

/** The length of `MSI (s) (88:1C) [10:00:00:123]: `, with which the engine's lines begin in a verbose log. */
const engineHead = 32;
/** With these letters begin the engine's messages that tell something. */
const telling = new Set([..."CDEIMNPTW"].map((letter) => letter.charCodeAt(0)));

/**
 * True for a line of the engine that tells nothing a reading keeps: most of a verbose log. Decided without cutting the
 * line out of its text; a line it is not sure of is left to {@link eventIn}.
 */
export function isMereEngineLine(text: string, from: number): boolean {
  if (text.charCodeAt(from + 30) !== 0x3a || text.charCodeAt(from + 31) !== 0x20) return false;
  const side = text.charCodeAt(from + 5);
  if (side !== 0x73 && side !== 0x63) return false;
  if (!text.startsWith("MSI (", from) || !text.startsWith(") (", from + 6)) return false;
  // The first ": " of the line must be this one.
  if (text.charCodeAt(from + 29) !== 0x5d || text.charCodeAt(from + 16) !== 0x5b) return false;
  const message = from + engineHead;
  const letter = text.charCodeAt(message);
  if (!telling.has(letter)) return true;
  if (letter === 0x45) return text.startsWith("Executing op: ", message) && text.charCodeAt(message + 14) !== 0x41;
  if (letter === 0x4e) return text.startsWith("Note: 1: ", message) && !isTellingNote(text, message + 9);
  if (letter === 0x50) return text.startsWith("PROPERTY CHANGE: ", message) && isOtherProperty(text, message + 17);
  return false;
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

/** `MSI (s) (88:1C) [10:00:00:123]: …` */
function engineEvent(line: string): LogEvent | null {
  const side = line.charCodeAt(5);
  if ((side !== 0x73 && side !== 0x63 && side !== 0x4e) || line.charCodeAt(6) !== 0x29) return null;
  const at = line.indexOf(": ", 7);
  if (at === -1) return engine;
  const from = at + 2;
  switch (line.charCodeAt(from)) {
    case 0x44: // D
      if (line.startsWith("Doing action: ", from)) {
        return { kind: "doing", name: line.slice(from + 14).trimEnd(), deferred: false };
      }
      break;
    case 0x45: // E
      if (line.startsWith("Executing op: ActionStart(Name=", from)) {
        const name = /^\w{1,72}/.exec(line.slice(from + 31, from + 120))?.[0];
        return name === undefined ? engine : { kind: "doing", name, deferred: true };
      }
      if (line.startsWith("Executing op: ", from)) return engine;
      break;
    case 0x4d: // M
      if (line.startsWith("MainEngineThread is returning ", from)) {
        const code = /^\d{1,10}/.exec(line.slice(from + 30, from + 50))?.[0];
        return code === undefined ? engine : { kind: "engineReturned", code: Number(code) };
      }
      break;
    case 0x4e: // N
      if (line.startsWith("Note: 1: ", from)) {
        const code = /^(\d{4})(?= |$)/.exec(line.slice(from + 9, from + 14))?.[1];
        if (code !== undefined && isTellingNote(line, from + 9)) {
          return { kind: "message", level: "note", code: Number(code), text: line.slice(from, from + textLimit) };
        }
      }
      break;
    case 0x50: // P
      if (line.startsWith("PROPERTY CHANGE: ", from)) return propertyChange(line.slice(from + 17)) ?? engine;
      break;
    case 0x57: // W
      if (line.startsWith("Windows Installer ", from))
        return summaryEvent(line.slice(from, from + textLimit * 4)) ?? engine;
      break;
    case 0x43: // C
    case 0x49: // I
    case 0x54: // T
      break;
    default:
      return engine;
  }
  const rest = line.slice(from, from + textLimit * 2);
  return customActionEvent(rest) ?? messageEvent(rest) ?? engine;
}

/** As much of a message as is kept. */
const textLimit = 400;

function propertyEvent(line: string): LogEvent | null {
  const at = line.indexOf(" = ");
  const name = /^Property\([SCN]\): (\S{1,200})$/.exec(line.slice(0, at === -1 ? 220 : at))?.[1];
  if (name === undefined || at === -1) return null;
  return { kind: "property", name, value: line.slice(at + 3) };
}

/** `Adding X property. Its value is 'v'.`, `Modifying X property. Its current value is 'v'. Its new value: 'w'.` */
function propertyChange(text: string): LogEvent | null {
  const verbEnd = text.indexOf(" ");
  const nameEnd = text.indexOf(" property. ", verbEnd);
  const name = text.slice(verbEnd + 1, nameEnd);
  if (nameEnd === -1 || name.includes(" ")) return null;
  const verb = text.slice(0, verbEnd);
  if (verb === "Deleting") return { kind: "property", name, value: null };
  const mark = verb === "Adding" ? "Its value is '" : "'. Its new value: '";
  const at = text.indexOf(mark, nameEnd);
  if (at === -1) return null;
  const value = text.slice(at + mark.length).trimEnd();
  return { kind: "property", name, value: value.endsWith("'.") ? value.slice(0, -2) : value };
}

const logging = /^=== (Verbose )?[Ll]ogging (started|stopped): (\S{1,20}\s{1,4}\S{1,20}(?: [AP]M)?)/;

function loggingEvent(line: string): LogEvent | null {
  const found = logging.exec(line);
  if (found === null) return null;
  const [, verbose, what, at = ""] = found;
  const kind = what === "started" ? "loggingStarted" : "loggingStopped";
  return { kind, verbose: verbose !== undefined, at: at.replace(/\s+/g, " ") };
}

/** `1: 1706 2: …`: what a log that is not verbose has in the place of a note. */
function recordEvent(line: string): LogEvent | null {
  const code = /^1: (\d{4}) 2: /.exec(line)?.[1];
  return code === undefined
    ? null
    : { kind: "message", level: "note", code: Number(code), text: line.slice(0, textLimit) };
}

/** The lines below `******* RunEngine:`, which name the product the run is of. */
function runEngineEvent(line: string): LogEvent | null {
  const product = /^ {1,20}\*{7} Product: (\{[0-9A-Fa-f-]{36}\})/.exec(line)?.[1];
  return product === undefined ? null : { kind: "product", name: null, version: null, code: product.toUpperCase() };
}

/**
 * `Action start 10:00:00: INSTALL.`, `Action 10:00:01: WelcomeDlg. Dialog created`, `Action ended 10:00:05: INSTALL.
 * Return value 1.` The words before the time and after the name are in the language of Windows, the form is not: one
 * word before the time describes an action, several begin or end it.
 */
const action = /^([^\d:]{2,40}?)\s?(\d{1,2}[:.]\d\d[:.]\d\d)\s?: ([^.\s]{1,72})\.(?: (.*))?$/;

function actionEvent(line: string): LogEvent | null {
  // Most lines that are none have no digit before their first colon: nothing more is tried on them.
  const colon = line.indexOf(":");
  const before = line.charCodeAt(colon - 1);
  if (colon < 3 || colon > 60 || !((before >= 0x30 && before <= 0x39) || before === 0x20)) return null;
  const found = action.exec(line);
  if (found === null) return null;
  const [, words = "", time = "", name = "", rest = ""] = found;
  if (!words.includes(" ")) {
    if (rest.trimEnd() === "Dialog created") return { kind: "dialog", name, time };
    return { kind: "actionDescribed", name, time, text: rest };
  }
  if (rest === "") return { kind: "actionStarted", name, time };
  const value = /(\d{1,5})\.?\s*$/.exec(rest.slice(0, 80))?.[1];
  if (value !== undefined) return { kind: "actionEnded", name, time, returnValue: Number(value) };
  return rest.trim() === "" ? { kind: "actionStarted", name, time } : null;
}

function customActionEvent(line: string): LogEvent | null {
  if (!line.startsWith("CustomAction ")) return null;
  const found = /^CustomAction (\S{1,72}) returned actual error code (-?\d{1,10})/.exec(line);
  return found === null ? null : { kind: "customActionFailed", name: found[1] ?? "", code: Number(found[2]) };
}

/** How the lines of messages begin. */
const messageHeads = ["Error ", "Info ", "Internal Error ", "Warning ", "DEBUG: ", "Product: "];
const told = /^(?:DEBUG: )?(?:Internal )?(Error|Warning|Info) (\d{4,5})[.:] ?(.*)$/;
const toldOfProduct = /^Product: .{1,200} -- (Error|Warning|Info) (\d{4,5})\. ?(.*)$/;
const unexpected = /The error code is (\d{4,5})\b/;

/** What the installer told the person, and what it says at the end of a run of the product. */
function messageEvent(line: string): LogEvent | null {
  switch (line.charCodeAt(0)) {
    case 0x44: // DEBUG
    case 0x45: // Error
    case 0x49: // Info, Internal Error
    case 0x57: // Warning
    case 0x50: {
      // Product
      if (!messageHeads.some((head) => line.startsWith(head))) return null;
      const text = line.slice(0, textLimit * 2);
      const found = told.exec(text) ?? toldOfProduct.exec(text);
      if (found !== null) {
        const [, level, code, rest = ""] = found;
        // Scheduling a restart. Source: Windows Installer's error messages.
        if (code === "1903") return { kind: "restart" };
        const kind = level === "Error" && !text.startsWith("DEBUG") ? "error" : "note";
        return { kind: "message", level: kind, code: Number(code), text: rest.slice(0, textLimit).trim() };
      }
      if (/^Product: .{1,200}\. Restart required\./.test(text)) return { kind: "restart" };
      return null;
    }
    case 0x54: {
      // The installer has encountered an unexpected error installing this package. … The error code is 2755.
      const code = unexpected.exec(line.slice(0, textLimit * 2))?.[1];
      if (code === undefined || !line.startsWith("The installer ")) return null;
      return { kind: "message", level: "error", code: Number(code), text: line.slice(0, textLimit).trim() };
    }
  }
  return null;
}

/** `Windows Installer reconfigured the product. Product Name: X. Product Version: 4.6. Product Language: …` */
function summaryEvent(text: string): LogEvent | null {
  if (/^Windows Installer requires a system restart/.test(text)) return { kind: "restart" };
  const found = /Product Name: (.{1,200}?)\. Product Version: ([\d.]{1,40}?)\. /.exec(text);
  return found === null ? null : { kind: "product", name: found[1] ?? null, version: found[2] ?? null, code: null };
}

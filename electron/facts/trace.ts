import { XMLParser } from "fast-xml-parser";
import type { Trace } from "../contract/verify.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";
import { plainLine } from "./plain-line.ts";
import { serviceConfig } from "./service.ts";

/**
 * Levels that write no more than the service writes anyway: Warning is the default from build 4.5 on, Critical was
 * before. Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/infrastructure/mim-service-dynamic-logging
 */
const quietLevels: readonly string[] = ["off", "critical", "error", "warning"];

const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", processEntities: false });

const purpose =
  "A trace tells every step of the service: turn it on while you look for the cause of a mail failure, and off again after.";
const neverEdited = "This program never edits that file. Copy it before you do.";
const howOn =
  'To turn it on, set <dynamicLogging mode="true" loggingLevel="Verbose" /> in the file; the service need not be restarted.';
const howOff =
  'Turn it off when you have what you need: set <dynamicLogging mode="true" loggingLevel="Warning" />; the service need not be restarted.';
const size = "Its files lie in the service's folder and grow to about 6 GB; the service account needs to write there.";

/** What the configuration says: the switch's two attributes as they stand there, or why they cannot be told. */
type Switch = { readonly mode: string | null; readonly level: string | null } | "missing" | { readonly fault: string };

function switchIn(config: string): Switch {
  let root: unknown;
  try {
    // Validated as well: a file that is cut off is read as far as it goes otherwise.
    root = parser.parse(config.replace(/^\uFEFF/, ""), true);
  } catch {
    return { fault: "it is no well-formed XML" };
  }
  const configuration = (root as { configuration?: unknown } | null)?.configuration;
  if (configuration === undefined) return { fault: "it holds no configuration" };
  const found = (configuration as { dynamicLogging?: unknown } | null)?.dynamicLogging;
  if (found === undefined) return "missing";
  if (Array.isArray(found)) return { fault: "dynamicLogging stands in it more than once" };
  const attributes = (typeof found === "object" && found !== null ? found : {}) as Readonly<Record<string, unknown>>;
  const attribute = (name: string): string | null => {
    const value = attributes[name];
    return typeof value === "string" ? value.trim() : null;
  };
  if (attribute("configSource") !== null) return { fault: "dynamicLogging is kept in another file" };
  return { mode: attribute("mode"), level: attribute("loggingLevel") };
}

/**
 * Whether the service's trace is on, from its configuration file as it was recorded. Never throws.
 * Source: https://learn.microsoft.com/en-us/microsoft-identity-manager/infrastructure/mim-service-dynamic-logging
 */
export function traceIn(recording: Recording): Trace {
  const config = serviceConfig(seenIn(recording));
  const answer = (state: Trace["state"], text: string, advice: readonly string[]): Trace => ({
    state,
    text,
    address: plainLine(config.address, 400),
    advice: [...advice],
  });
  if (config.state === "absent") {
    return answer("unknown", "The service's configuration file is not there.", [
      "Check on the step Server that the MIM Service is installed.",
    ]);
  }
  if (config.state === "unreadable") {
    return answer("unknown", `The service's configuration file could not be read: ${plainLine(config.reason, 200)}.`, [
      "Start the assistant as an administrator and check again.",
    ]);
  }
  if (config.state === "notRecorded") {
    return answer("unknown", "The service's configuration file was not recorded.", [
      "Check again on the server, or collect a new recording.",
    ]);
  }
  const found = switchIn(config.value);
  if (found === "missing") {
    return answer("off", "The trace is off: the file has no dynamicLogging. It came with build 4.4.1436.", [
      purpose,
      neverEdited,
    ]);
  }
  if ("fault" in found) {
    return answer("unknown", `The file does not tell: ${found.fault}.`, [
      "Open the file in an editor and look for dynamicLogging.",
      neverEdited,
    ]);
  }
  const { mode, level } = found;
  if (mode?.toLowerCase() !== "true") {
    const why = mode === null ? "dynamicLogging names no mode" : `dynamicLogging has mode “${plainLine(mode, 40)}”`;
    return answer("off", `The trace is off: ${why}.`, [purpose, howOn, size, neverEdited]);
  }
  if (level === null || level === "") {
    return answer("unknown", "Dynamic logging is on, and the file does not say at which level.", [
      howOff,
      size,
      neverEdited,
    ]);
  }
  const shownLevel = plainLine(level, 40);
  if (quietLevels.includes(level.toLowerCase())) {
    return answer("off", `The trace is off: dynamic logging is at level ${shownLevel}, which writes no trace.`, [
      purpose,
      howOn,
      size,
      neverEdited,
    ]);
  }
  return answer("on", `The trace is on, at level ${shownLevel}.`, [howOff, size, neverEdited]);
}

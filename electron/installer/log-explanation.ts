import type { Explanation } from "../contract/change-mode.ts";
import { installerOutcome, installerSucceeded } from "../contract/installer-outcome.ts";
import { installerExit } from "../facts/installer-exits.ts";
import { installerMessage } from "../facts/installer-messages.ts";
import { messageCure } from "./installer-errors.ts";
import { isOfMim, type LogMessage, type LogReading, type RollbackState } from "./log-reading.ts";

/** Where the codes are listed. */
export const errorSources = {
  exit: "https://learn.microsoft.com/en-us/windows/win32/msi/error-codes",
  message: "https://learn.microsoft.com/en-us/windows/win32/msi/windows-installer-error-messages",
} as const;

/** So many reasons are told, and of one number so many. */
const toldReasons = 30;
const toldOfCode = 5;

/** What reasons are told from. */
export type Explained = Pick<LogReading, "messages" | "exitCode" | "customActions" | "product" | "rollback">;

/**
 * Why a run did not succeed: first what was told to the person, nearest to the cause, then what the engine noted, then
 * what the exit code means. Of a run that succeeded what went wrong all the same; empty when nothing did, and for a run
 * that the log does not tell the end of and in which nothing failed.
 */
export function explanationsOf(reading: Explained): readonly Explanation[] {
  const isOther = isOfMim(reading) === false;
  const errors = reading.messages.filter(({ level, code }) => level === "error" && !isNews(code));
  const told = fewOfEach(errors).map((message) => explainMessage(message, isOther));
  if (installerSucceeded(reading.exitCode)) return [...told.slice(0, toldReasons), ...ignoredFailures(reading)];
  const codes = new Set(errors.map(({ code }) => code));
  const noted = reading.messages
    .filter(({ level, code, text }) => level === "note" && !codes.has(code) && tellsWhy(code, text))
    .map((message) => explainMessage(message, isOther));
  const exit = reading.exitCode === null ? [] : [explainExit(reading.exitCode, reading.rollback, isOther)];
  return [...told.slice(0, toldReasons), ...fewOfEach(noted), ...exit];
}

/** Messages that say how it ended, or ask: no reasons. */
const news = new Set([1602, 1707, 1708, 1709, 1710, 1715, 1716, 1717, 1724, 1725, 1726, 1727, 1728, 1729]);

function isNews(code: number): boolean {
  return news.has(code);
}

/** A note tells why when its number says so, but for the source of a hotfix, without which Windows Installer goes on. */
function tellsWhy(code: number, text: string): boolean {
  return messageCure(code)?.tellsAsNote === true && !(code === 1706 && /\.msp\b/i.test(text));
}

function fewOfEach<Item extends { readonly code: number }>(items: readonly Item[]): Item[] {
  const count = new Map<number, number>();
  return items.filter(({ code }) => {
    count.set(code, (count.get(code) ?? 0) + 1);
    return (count.get(code) ?? 0) <= toldOfCode;
  });
}

function explainMessage({ code, level, text, line, around }: LogMessage, isOther: boolean): Explanation {
  const own = installerMessage(code);
  const cure = messageCure(code);
  const cureHere = isOther ? (cure?.cureElsewhere ?? cure?.cure) : cure?.cure;
  return {
    code,
    origin: "message",
    cause: own ?? (text === "" ? "a message of the package that its log does not tell" : text),
    cure: cureHere ?? "",
    line,
    source: own === null ? "" : errorSources.message,
    // A note has numbers only.
    text: level === "error" && text !== "" ? text : null,
    around: [...around],
  };
}

function ignoredFailures({ customActions }: Explained): Explanation[] {
  return customActions.slice(0, toldReasons).map(({ name, code, line, around }) => ({
    code,
    origin: "customAction",
    cause: `the custom action ${name === "" ? "whose name the log leaves out" : name} failed with ${code}, and the installer went on`,
    cure: "",
    line,
    source: "",
    text: null,
    around: [...around],
  }));
}

const rollbackWords: Readonly<Record<RollbackState, string>> = {
  nothingBegun: ", before it changed anything",
  rolledBack: ", and everything was rolled back",
  switchedOff: "; rollback is switched off, so the server is left half changed",
};

function explainExit(code: number, rollback: RollbackState | null, isOther: boolean): Explanation {
  const { cause, cure, cureElsewhere } = installerExit(code);
  // Cancelled before anything was begun, there is nothing to wonder about.
  const became = rollback === "nothingBegun" && installerOutcome(code) === "cancelled" ? null : rollback;
  return {
    code,
    origin: "exit",
    cause: became === null ? cause : `${cause}${rollbackWords[became]}`,
    cure: isOther ? (cureElsewhere ?? cure) : cure,
    line: null,
    source: errorSources.exit,
    text: null,
    around: [],
  };
}

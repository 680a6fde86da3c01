import { actionWords } from "../installer/install-progress.ts";
import { explanationsOf } from "../installer/log-explanation.ts";
import { isOfMim, type LogReading } from "../installer/log-reading.ts";
import { shownText } from "../report/shown-text.ts";
import { dialogsOf } from "./log-text.ts";

/** Gives what is new in a log since the reading before: pages, what is done now, what was told. */
export function createFollowTeller(): (reading: LogReading) => readonly string[] {
  let dialogs = 0;
  let action: string | null = null;
  let isOther = false;
  const told = new Set<string>();
  return (reading) => {
    const lines: string[] = [];
    if (!isOther && isOfMim(reading) === false) {
      isOther = true;
      lines.push(
        `This is the log of ${reading.product.name ?? reading.product.file}, not of the MIM Service and Portal.`,
      );
    }
    for (const { time, name, page } of dialogsOf(reading).slice(dialogs)) {
      lines.push(`${time}  ${name}${page === null ? "" : `: page ${page}`}`);
    }
    dialogs = reading.dialogs.length;
    const now = reading.phase === "ended" ? null : actionWords(reading);
    if (now !== null && now !== action) lines.push(now);
    action = now ?? action;
    for (const { code, origin, line, text, cause } of explanationsOf(reading)) {
      const key = `${origin} ${code} ${line}`;
      // How it ended stands in the text that follows.
      if (origin !== "message" || told.has(key)) continue;
      told.add(key);
      lines.push(`Error ${code}, line ${line}: ${text ?? cause}`);
    }
    return lines.map((line) => shownText(line, 500));
  };
}

import { compareRecordings, type Difference, equalButTimeAndJournal } from "../recording/compare.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import { openServer } from "./server-option.ts";

/** What each area of a recording is called in print. */
const areaTitles: Readonly<Record<Difference["area"], string>> = {
  computer: "Computer",
  time: "Time of the recording",
  windows: "Windows",
  registry: "Registry",
  services: "Services",
  files: "Files",
  texts: "Configuration files",
  accounts: "Accounts",
  events: "Event logs",
  journal: "Journal",
  installerRuns: "Installer runs",
  cloud: "Cloud check",
};

/** `compare`: prints what differs between two recordings. Ends with 0 whether or not anything does. */
export const defineCompare: Define = (command, context) => {
  command
    .argument("<a.json>", "the recording before")
    .argument("<b.json>", "the recording after")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  mim-mail compare before.json after.json
  mim-mail compare MIM01.json MIM02.json --json`,
    )
    .action(async (before: string, after: string, options: { readonly json?: true }) => {
      const [one, other] = [await recordingAt(before), await recordingAt(after)];
      const differences = compareRecordings(one, other);
      if (options.json) {
        const equal = differences.length === 0;
        const answer = {
          before,
          after,
          equal,
          equalButTimeAndJournal: equalButTimeAndJournal(differences),
          differences,
        };
        context.io.stdout(`${JSON.stringify(answer, null, 2)}\n`);
      } else {
        context.io.stdout(differenceText(before, after, differences, context.io));
      }
    });

  // The words "live" and "practice" are files here: only recordings can be compared.
  const recordingAt = async (path: string) => {
    const name = path === "live" || path === "practice" ? `./${path}` : path;
    return (await openServer(name, context)).server.look();
  };
};

function differenceText(before: string, after: string, differences: readonly Difference[], io: Io): string {
  const paint = paintFor(io.colours);
  const lines = [`From ${shownText(before, 400)} to ${shownText(after, 400)}`];
  let area: Difference["area"] | null = null;
  for (const difference of differences) {
    if (difference.area !== area) {
      area = difference.area;
      lines.push("", paint.bold(areaTitles[area]));
    }
    const { address, change, from, to } = difference;
    lines.push(`  ${change.padEnd(7)}  ${shownText(address, 600)}`);
    if (from !== null) lines.push(...hanging("           from  ", 17, wrapped(shownText(from, 600), io.columns - 17)));
    if (to !== null) lines.push(...hanging("           to    ", 17, wrapped(shownText(to, 600), io.columns - 17)));
  }
  lines.push("", summary(differences));
  return `${lines.join("\n")}\n`;
}

function summary(differences: readonly Difference[]): string {
  if (differences.length === 0) return "The two recordings are the same.";
  if (equalButTimeAndJournal(differences)) return "The same in everything but when they were made and the journal.";
  return differences.length === 1 ? "1 difference." : `${differences.length} differences.`;
}

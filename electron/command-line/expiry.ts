import { Option } from "commander";
import { targetOfServer } from "../assistant/farm-target.ts";
import type { DateAhead } from "../contract/date-ahead.ts";
import { type DatesAhead, datesAhead, soonDays, urgentDays } from "../facts/dates-ahead.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { dayFrom, type JudgeOptions, targetOption, todayOption, wantedFor } from "./judged-server.ts";
import { writeOutputs } from "./output-file.ts";
import { openNamed } from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface ExpiryOptions extends JudgeOptions {
  readonly server?: string;
  readonly json?: true;
  readonly monitor?: true;
  /** True without a file: printed. */
  readonly ics?: string | true;
  readonly force?: true;
}

const secretMissing = "the day the client secret expires is not entered";

/** `expiry`: the dates ahead of what is wanted. Ends with 1 when one is within 30 days or past. */
export const defineExpiry: Define = (command, context, end) => {
  command
    .addOption(serverOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .addOption(new Option("--json", "print JSON").conflicts("monitor"))
    .addOption(
      new Option("--monitor", "print one line for a monitoring system, in the form of Nagios plugins").conflicts("ics"),
    )
    .addOption(
      new Option(
        "--ics [file]",
        "the dates for a calendar, with alarms 30 and 7 days before: print them, or write them to the file",
      ).conflicts("json"),
    )
    .option("--force", "write over a file that exists")
    .addHelpText(
      "after",
      `
The dates come from the target: when the client secret expires, when Exchange Web Services end, when accepted risks end.
Exit codes: 0 none within ${soonDays} days, 1 one within ${soonDays} days or past, 2 wrong usage or unreadable input.
With --monitor, CRITICAL means past or within ${urgentDays} days; the exit codes stay the same.

Examples:
  mim-mail expiry
  mim-mail expiry --target target.json --monitor
  mim-mail expiry --ics mim-mail.ics`,
    )
    .action(async (options: ExpiryOptions) => {
      const { io, home } = context;
      const today = dayFrom(options.today, io.now());
      const named = await openNamed(options, context);
      const { farmTarget, targetFrom } = await wantedFor(named, options.target, home);
      // Accepted risks may stand under a computer's name, which only a look tells; without any there is nothing to ask.
      // In a calendar they are named by it.
      const asks = Object.keys(farmTarget.servers).length > 0 || options.ics !== undefined;
      const { computer } = asks ? await named.server.look() : { computer: "" };
      const target = targetOfServer(farmTarget, computer, true, named.server.keptAs);
      const ahead = datesAhead(target, today);
      if (options.ics !== undefined) {
        const { calendarText } = await import("../assistant/calendar.ts");
        const { applicationId } = target;
        const content = await calendarText({ dates: ahead, applicationId, computer, now: io.now() });
        if (options.ics === true) io.stdout(content);
        else {
          await writeOutputs([{ path: options.ics, content }], options.force === true);
          io.stdout(`Wrote ${shownText(options.ics)}: ${ahead.dates.length} dates.\n`);
        }
      } else if (options.json) io.stdout(jsonText({ server: named.name, target: targetFrom, today, ...ahead }));
      else io.stdout(options.monitor ? monitorLine(ahead) : datesText(ahead, today, targetFrom, io));
      end(ahead.dates.some(({ nearness }) => nearness !== "later") ? 1 : 0);
    });
};

function datesText({ dates, secretNotEntered }: DatesAhead, today: string, targetFrom: string, io: Io): string {
  const lines = wrapped(`Dates ahead on ${today}, target: ${shownText(targetFrom, 200)}`, io.columns);
  lines.push("");
  for (const date of dates) {
    const start = `  ${date.day}  ${daysInWords(date).padEnd(14)}  `;
    lines.push(...hanging(start, start.length, wrapped(date.title, io.columns - start.length)));
  }
  if (dates.length === 0) lines.push("  None.");
  if (secretNotEntered) lines.push("", ...wrapped(`Not known: ${secretMissing}.`, io.columns));
  return `${lines.join("\n")}\n`;
}

function daysInWords({ daysLeft }: DateAhead): string {
  if (daysLeft === 0) return "today";
  const days = Math.abs(daysLeft);
  const counted = `${days} ${days === 1 ? "day" : "days"}`;
  return daysLeft < 0 ? `${counted} ago` : `in ${counted}`;
}

/**
 * One line: state, the nearest date, and the days of all as performance data.
 * Source: https://nagios-plugins.org/doc/guidelines.html
 */
function monitorLine({ dates, secretNotEntered }: DatesAhead): string {
  const [nearest] = dates;
  const word = nearest === undefined || nearest.nearness === "later" ? "OK" : monitorWord(nearest);
  const said = nearest === undefined ? "no dates ahead" : `${nearest.title}: ${daysInWords(nearest)}, ${nearest.day}`;
  const missing = secretNotEntered ? `; ${secretMissing}` : "";
  const data = dates.map(({ id, daysLeft }) => `'${id}'=${daysLeft}d;${soonDays};${urgentDays}`);
  return `${word} - ${said}${missing}${data.length === 0 ? "" : ` | ${data.join(" ")}`}\n`;
}

function monitorWord({ nearness }: DateAhead): string {
  return nearness === "soon" ? "WARNING" : "CRITICAL";
}

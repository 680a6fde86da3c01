import { dayOf } from "../contract/date.ts";
import type { DateAhead } from "../contract/date-ahead.ts";
import type { OfferedFile } from "../contract/methods.ts";
import { type DatesAhead, datesAhead, soonDays, urgentDays } from "../facts/dates-ahead.ts";
import { InputProblem } from "../recording/input-problem.ts";
import { fileName } from "../report/report-format.ts";
import type { UseCases } from "./bind.ts";
import type { Uses } from "./parts.ts";

const daySeconds = 86_400;
/** On the day an alarm is due it rings in the morning: calendars begin a day at midnight. In seconds. */
const morning = 9 * 3600;

/** What is to be done about a date, by its id's first word. */
const todo: Readonly<Record<string, string>> = {
  secret:
    "Make a new client secret beside the old one, check it, and enter it in Change mode on every MIM Service server; then remove the old one.",
  ews: "From this day on MIM cannot send through Exchange Web Services in Exchange Online.",
  smtpAuth: "From this day on an administrator has to switch Basic authentication on for SMTP AUTH again, or end it.",
  accepted: "Decide again: mend it, or accept it until another day.",
};

export interface CalendarOptions {
  readonly dates: DatesAhead;
  /** What the entries are about. It names them, so that a file opened again replaces its entries. */
  readonly applicationId: string | undefined;
  readonly computer: string;
  readonly now: Date;
}

/**
 * The dates ahead as an iCalendar file (RFC 5545): one entry a date, over the whole day, with alarms 30 and 7 days
 * before. Throws InputProblem when there is no date: a calendar without an entry is none.
 */
export async function calendarText({ dates, applicationId, computer, now }: CalendarOptions): Promise<string> {
  if (dates.dates.length === 0) {
    throw new InputProblem(
      "no-dates",
      "there is no date ahead to write",
      "calendar",
      dates.secretNotEntered
        ? "Enter the day the client secret expires (step Azure IDs, or secretExpires in the target)."
        : "What is wanted has no date that ends something.",
    );
  }
  // Loaded here: no other command, and no start of the window, waits for it.
  const { ICalAlarmType, ICalCalendar, ICalEventTransparency } = await import("ical-generator");
  const calendar = new ICalCalendar({
    prodId: { company: "MIM Mail Assistant", product: "Dates ahead", language: "EN" },
    name: "MIM mail",
  });
  for (const date of dates.dates) {
    calendar.createEvent({
      id: entryName(date.id, date.id.startsWith("accepted ") ? computer : (applicationId ?? "")),
      // A whole day is written from the UTC parts of its moment.
      start: new Date(`${date.day}T00:00:00Z`),
      allDay: true,
      stamp: now,
      summary: `MIM mail: ${date.title}`,
      description: todoOf(date),
      transparency: ICalEventTransparency.TRANSPARENT,
      alarms: [soonDays, urgentDays].map((days) => ({
        type: ICalAlarmType.display,
        triggerBefore: days * daySeconds - morning,
        description: `${date.title} in ${days} days`,
      })),
    });
  }
  return `${calendar.toString()}\r\n`;
}

function todoOf({ id }: DateAhead): string {
  return todo[id.split(" ", 1)[0] ?? ""] ?? "";
}

/** An entry's name: an application's dates are the same on all its servers, an accepted risk is one server's. */
function entryName(id: string, of: string): string {
  return `${[id, of].map((part) => part.toLowerCase().replace(/[^a-z0-9.]+/g, "-")).join("-")}@mim-mail-assistant`;
}

/** Handing out the dates ahead. */
export function calendarUseCases({ judged, now }: Uses<"judged" | "now">) {
  return {
    saveCalendar: async (): Promise<OfferedFile> => {
      const { recording, target } = await judged();
      const at = now();
      const day = dayOf(at);
      const text = await calendarText({
        dates: datesAhead(target, day),
        applicationId: target.applicationId,
        computer: recording.computer,
        now: at,
      });
      return {
        name: fileName("dates", [recording.computer], day, "ics"),
        mediaType: "text/calendar",
        encoding: "utf8",
        text,
      };
    },
  } satisfies Partial<UseCases>;
}

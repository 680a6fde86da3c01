import { smtpPlan } from "../checklist/smtp-plan.ts";
import type { SmtpPlan, SmtpPlanStep } from "../contract/smtp-plan.ts";
import { seenIn } from "../recording/seen.ts";
import { jsonText } from "../report/json-text.ts";
import { shownText } from "../report/shown-text.ts";
import { hanging, wrapped } from "./columns.ts";
import type { Define } from "./define.ts";
import type { Io } from "./io.ts";
import { type JudgeOptions, judgeNamed, targetOption, todayOption } from "./judged-server.ts";
import { paintFor } from "./paint.ts";
import { openNamed } from "./planned-server.ts";
import { serverOption } from "./server-option.ts";

interface PlanOptions extends JudgeOptions {
  readonly server?: string;
  readonly json?: true;
}

/** `smtp-plan`: which way fits after Exchange Web Services, why, and what is left of it. Ends with 0 when all is done. */
export const defineSmtpPlan: Define = (command, context, end) => {
  const { io } = context;
  command
    .addOption(serverOption())
    .addOption(targetOption())
    .addOption(todayOption())
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
The answers stand in the target, under smtpPlan.answers; without one the question is printed with the answers it takes. What
was done stands there too, by step and day, under smtpPlan.done:
  "smtpPlan": { "answers": { "approvals": "no", "ownRelay": "no", "identity": "address" },
                "done": { "connector": "2026-12-01" } }
The window asks the same and ticks the same: From EWS to SMTP. Nothing is changed by it, on this server or in the cloud.

Exit codes: 0 every step is done; 1 a question or a step is open; 2 wrong usage or unreadable input.

Examples:
  mim-mail smtp-plan
  mim-mail smtp-plan --target target.json --json`,
    )
    .action(async (options: PlanOptions) => {
      const { recording, target } = await judgeNamed(await openNamed(options, context), options, context);
      const plan = smtpPlan({ seen: seenIn(recording), target });
      io.stdout(options.json ? jsonText(plan) : planText(plan, io));
      end(plan.way !== null && plan.steps.every(({ done }) => done) ? 0 : 1);
    });
};

function planText(plan: SmtpPlan, io: Io): string {
  const paint = paintFor(io.colours);
  const said = (text: string, indent = 2): string[] =>
    hanging(" ".repeat(indent), indent, wrapped(shownText(text, 600), io.columns - indent));
  const item = (text: string): string[] => hanging("  > ", 4, wrapped(shownText(text, 600), io.columns - 4));
  const { way } = plan;
  const lines = [paint.bold(`From EWS to SMTP: ${plan.standing}`), ""];
  for (const { id, text, options, answer } of plan.questions) {
    const chosen = options.find(({ value }) => value === answer);
    lines.push(...said(text, 0));
    lines.push(
      ...(chosen === undefined
        ? options.flatMap(({ value, label }) => item(`${id}: "${value}"  ${label}`))
        : said(chosen.label)),
    );
  }
  if (way !== null) {
    lines.push("", paint.bold(way.title), ...said(`Host in the installer: ${way.host}`));
    for (const reason of plan.reasons) lines.push(...item(reason));
    for (const warning of plan.warnings) lines.push(...item(`Weigh this: ${warning}`));
    lines.push("", paint.bold("Steps"));
    for (const [index, step] of plan.steps.entries()) lines.push(...stepLines(step, index + 1, io));
    if (plan.records.length > 0) {
      lines.push("", paint.bold("DNS records"));
      for (const { name, type, text, look } of plan.records) {
        lines.push(...said(`${name} ${type}: ${text}`), `    ${shownText(look)}`);
      }
    }
    lines.push("", paint.bold("The other ways"));
    for (const { title, reason } of plan.others) lines.push(...said(`${title}: ${reason}`));
    lines.push("", paint.bold("What to tell those who get MIM's mail"));
    for (const line of plan.users) lines.push(...said(line));
  }
  lines.push("", paint.bold("Dates"));
  for (const { day, text } of plan.dates) lines.push(...hanging(`  ${day}  `, 14, wrapped(text, io.columns - 14)));
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function stepLines({ id, title, how, commands, done, day, ticked }: SmtpPlanStep, place: number, io: Io): string[] {
  const below = (text: string): string[] => hanging("       ", 7, wrapped(shownText(text, 600), io.columns - 7));
  const lines = [`${done ? "[x]" : "[ ]"} ${place}. ${title}${day === null ? "" : ` (${day})`}`];
  if (done) return lines;
  for (const one of how) lines.push(...below(one));
  for (const { runIn, title: what, text, note } of commands) {
    lines.push(...below(`${runIn}, ${what}:`), `         ${text}`, ...(note === null ? [] : below(note)));
  }
  if (ticked) lines.push(...below(`Done: write "${id}" with its day under smtpPlan.done of the target.`));
  return lines;
}

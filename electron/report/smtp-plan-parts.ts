import type { Content } from "pdfmake/interfaces";
import type { SmtpPlan } from "../contract/smtp-plan.ts";
import { code, factTable, table as htmlTable, text } from "./html-parts.ts";
import { addressText, facts, paragraph, plain, type Titled, table, together } from "./pdf-parts.ts";

/** The plan's heading, the same in every form. */
export const smtpPlanTitle = "From EWS to SMTP";

/** What was answered to each question, in words. */
function answersIn({ questions }: SmtpPlan): readonly (readonly [string, string])[] {
  return questions.map(
    ({ text: asked, options, answer }) =>
      [asked, options.find(({ value }) => value === answer)?.label ?? "not answered"] as const,
  );
}

function headIn({ way, standing, reasons, warnings }: SmtpPlan): readonly (readonly [string, string])[] {
  if (way === null) return [["Where it stands", standing]];
  return [
    ["The way that fits", way.title],
    ["Host in the installer", way.host],
    ["Why", reasons.join(" ")],
    ...(warnings.length === 0 ? [] : [["To be weighed", warnings.join(" ")] as const]),
    ["Where it stands", standing],
  ];
}

const doneWords = ({ done, day }: SmtpPlan["steps"][number]): string =>
  done ? `done${day === null ? "" : `, ${day}`}` : "to do";

/** The plan in the HTML report; nothing where none was begun. */
export function smtpPlanSection(plan: SmtpPlan | null): string {
  if (plan === null) return "";
  const escapedPairs = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([label, value]) => [label, text(value)] as const);
  const parts = [
    `<h3>${text(smtpPlanTitle)}</h3>`,
    factTable("The way from Exchange Web Services", escapedPairs(headIn(plan))),
    factTable("What was answered", escapedPairs(answersIn(plan))),
  ];
  if (plan.way !== null) {
    parts.push(
      htmlTable({
        caption: "The steps of the plan",
        heads: ["Step", "State", "What to do"],
        rows: plan.steps.map((step) => [
          { html: text(step.title), heads: true } as const,
          text(doneWords(step)),
          [
            ...step.how.map((line) => `<p>${text(line)}</p>`),
            ...step.commands.map((command) => `<p class="note">${text(command.title)}</p>${code(command.text)}`),
          ].join(""),
        ]),
      }),
      ...(plan.records.length === 0
        ? []
        : [
            htmlTable({
              caption: "DNS records to look at",
              heads: ["Record", "What it has to say", "Look"],
              rows: plan.records.map(({ name, type, text: what, look }) => [
                { html: text(`${name} ${type}`), heads: true } as const,
                text(what),
                code(look),
              ]),
            }),
          ]),
      factTable("The other ways", escapedPairs(plan.others.map(({ title, reason }) => [title, reason] as const))),
      `<h5>What to tell those who get MIM’s mail</h5><ul>${plan.users.map((line) => `<li>${text(line)}</li>`).join("")}</ul>`,
    );
  }
  parts.push(
    factTable("Dates of the plan", escapedPairs(plan.dates.map(({ day, text: what }) => [day, what] as const))),
  );
  return parts.join("\n");
}

/** The plan in the PDF; nothing where none was begun. */
export function smtpPlanPart(plan: SmtpPlan | null, titled: Titled): Content[] {
  if (plan === null) return [];
  const title = titled("smtp-plan", smtpPlanTitle);
  const found: Content[] = [together(title, facts(headIn(plan))), facts(answersIn(plan))];
  if (plan.way !== null) {
    found.push(
      table({
        title: titled("smtp-steps", "The steps of the plan"),
        heads: ["Step", "State", "What to do"],
        widths: [130, 80, "*"],
        rows: plan.steps.map((step) => [
          plain(step.title),
          plain(doneWords(step)),
          { stack: [...step.how.map(plain), ...step.commands.map((command) => addressText(command.text))] },
        ]),
      }),
      facts(plan.records.map(({ name, type, text: what }) => [`${name} ${type}`, what] as const)),
      facts(plan.others.map(({ title: other, reason }) => [other, reason] as const)),
      ...plan.users.map(paragraph),
    );
  }
  found.push(facts(plan.dates.map(({ day, text: what }) => [day, what] as const)));
  return found;
}

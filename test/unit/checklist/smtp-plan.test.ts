import { describe, expect, test } from "vitest";
import { hasSmtpPlan, smtpPlan } from "../../../electron/checklist/smtp-plan.ts";
import { chosenWay, smtpQuestions } from "../../../electron/checklist/smtp-way.ts";
import {
  type SmtpAnswers,
  type SmtpPlan,
  type SmtpWay,
  smtpAnswersSchema,
  smtpPlanSchema,
  smtpWays,
} from "../../../electron/contract/smtp-plan.ts";
import { type Target, targetSchema } from "../../../electron/contract/target.ts";
import type { Recording } from "../../../electron/recording/recording.ts";
import { seenIn } from "../../../electron/recording/seen.ts";
import { goodServer, goodTarget, serviceKey, text } from "./server-case.ts";

const wanted: Partial<Target> = { ewsDecision: "smtp", serviceEmail: "mim@contoso.com" };

function planOf(
  answers: SmtpAnswers,
  target: Partial<Target> = {},
  change: (recording: Recording) => void = () => {},
): SmtpPlan {
  const recording = goodServer();
  change(recording);
  const given = targetSchema.parse({ ...goodTarget, ...wanted, smtpPlan: { answers }, ...target });
  return smtpPlan({ seen: seenIn(recording), target: given });
}

/** Answers that lead to each way. */
const leadsTo: Readonly<Record<SmtpWay, SmtpAnswers>> = {
  exchange: { approvals: "yes", exchangeServer: "yes" },
  ownRelay: { approvals: "no", ownRelay: "yes" },
  connectorAddress: { approvals: "no", ownRelay: "no", identity: "address" },
  connectorCertificate: { approvals: "no", ownRelay: "no", identity: "certificate" },
  directSend: { approvals: "no", ownRelay: "no", identity: "neither", recipients: "inside" },
};
const ways = Object.entries(leadsTo) as [SmtpWay, SmtpAnswers][];

/** Every combination of answers, of missing ones too. */
function everyAnswers(): SmtpAnswers[] {
  let all: Record<string, string>[] = [{}];
  for (const [id, { options }] of Object.entries(smtpQuestions)) {
    all = all.flatMap((answers) => [answers, ...options.map(([value]) => ({ ...answers, [id]: value }))]);
  }
  return all.map((answers) => smtpAnswersSchema.parse(answers));
}

describe("which way fits", () => {
  test.each(ways)("%s", (way, answers) => {
    expect(chosenWay(answers)?.way).toBe(way);
  });

  test("people outside, and nothing to be known by: a relay that is still to be set up, said so", () => {
    const plan = planOf({ approvals: "no", ownRelay: "no", identity: "neither", recipients: "outside" });
    expect(plan.way?.id).toBe("ownRelay");
    expect(plan.warnings.join()).toMatch(/has to be set up first/);
  });

  test("every answer to all five questions leads to a way, with reasons, and no missing one changes it", () => {
    for (const answers of everyAnswers()) {
      const chosen = chosenWay(answers);
      if (Object.keys(answers).length === 5) expect(chosen, JSON.stringify(answers)).not.toBeNull();
      if (chosen === null) continue;
      expect(chosen.reasons.length).toBeGreaterThan(0);
      // What is answered later only completes it.
      for (const [id, { options }] of Object.entries(smtpQuestions)) {
        if (id in answers) continue;
        for (const [value] of options) expect(chosenWay({ ...answers, [id]: value })?.way).toBe(chosen.way);
      }
    }
  });
});

describe("the plan", () => {
  test("asks all five questions, and before they are answered names no way", () => {
    const plan = planOf({ approvals: "yes" });
    expect(plan).toMatchObject({ way: null, answered: 1, steps: [], standing: "1 of 5 questions answered" });
    expect(plan.questions.map(({ answer }) => answer)).toEqual(["yes", null, null, null, null]);
    expect(plan.dates.map(({ day }) => day)).toEqual(["2026-10-01", "2026-12-31", "2027-04-01"]);
  });

  test.each(ways)("%s has its steps, why the four others fit less, and is what the contract says", (way, answers) => {
    const plan = planOf(answers);
    expect(smtpPlanSchema.parse(plan)).toEqual(plan);
    expect(plan.others.map(({ id }) => id)).toEqual(smtpWays.filter((one) => one !== way));
    expect(plan.steps.at(-1)?.id).toBe("prove");
    expect(plan.steps.some(({ id }) => id === "relayCheck")).toBe(way !== "exchange");
    expect(plan.users.length).toBeGreaterThan(0);
  });

  test("every command reads or adds: none sets, removes or disables, and what reads stands before what adds", () => {
    for (const [, answers] of ways) {
      for (const { commands } of planOf(answers).steps) {
        const verbs = commands.map(({ text: command }) => command.split("-")[0]);
        expect(verbs.filter((verb) => verb !== "Get" && verb !== "New")).toEqual([]);
        if (verbs.includes("New")) expect(verbs.indexOf("Get")).toBe(0);
      }
      for (const { look } of planOf(answers).records) expect(look).toMatch(/^Resolve-DnsName -Type (?:MX|TXT) -Name /);
    }
  });

  test("asks for the tenant's own host by the sender's domain, and leaves a gap where that is not known", () => {
    const host = (serviceEmail: string) => planOf(leadsTo.connectorAddress, { serviceEmail }).way?.host;
    expect(host("mim@contoso.com")).toContain("contoso-com.mail.protection.outlook.com");
    expect(host("mim@a-b.example")).toContain("<domain with hyphens for dots>.mail.protection");
    const hostile = planOf(leadsTo.directSend, { serviceEmail: "mim@x';Remove-Mailbox" });
    expect(hostile.records.map(({ look }) => look).join()).not.toContain("Remove-Mailbox");
  });

  test("ticks what a person did, and sees what the relay and the server show", () => {
    const done = { connector: "2026-11-20", users: "2026-11-21" };
    const smtp = { mailServer: "smtp", authentication: "integrated", mailHost: "relay.contoso.com" } as const;
    const plan = planOf(
      leadsTo.connectorAddress,
      { ...smtp, mailConfirmed: "2026-11-23", smtpPlan: { answers: leadsTo.connectorAddress, done } },
      (recording) => {
        recording.relay = {
          at: "2026-11-22T08:00:00Z",
          host: "relay.contoso.com",
          port: 25,
          useSsl: false,
          state: "ready",
          sender: "mim@contoso.com",
          inside: "mim@contoso.com",
          outside: "postmaster@example.com",
          addresses: [],
          startTls: false,
          mechanisms: [],
          spf: "v=spf1 -all",
        };
      },
    );
    const of = (id: string) => plan.steps.find((step) => step.id === id);
    expect(of("connector")).toMatchObject({ done: true, day: "2026-11-20", ticked: true });
    expect(of("domains")).toMatchObject({ done: false, day: null });
    expect(of("relayCheck")).toMatchObject({ done: true, day: "2026-11-22", ticked: false });
    // The server still sends through Office 365: no notification of before proves the new way.
    expect(of("changeMode")?.done).toBe(false);
    expect(of("prove")?.done).toBe(false);
    expect(plan.standing).toBe("Connector that knows the public address, 3 of 8 steps done");
    expect(plan.records.at(-1)?.text).toContain("v=spf1 -all");
  });

  test("says what SMTP takes away: approvals that are needed, and a group managed account", () => {
    const managed = (recording: Recording): void => {
      const key = recording.registry[serviceKey];
      if (key?.state === "present") key.values["ObjectName"] = text("CONTOSO\\gmsaMIM$");
    };
    const answers = { approvals: "yes", exchangeServer: "no", ownRelay: "yes" } as const;
    const plan = planOf(answers, {}, managed);
    expect(plan.warnings.join()).toMatch(/Approvals by mail end[\s\S]*group Managed Service Account/);
    expect(plan.steps[0]?.id).toBe("account");
    expect(planOf(leadsTo.exchange, {}, managed).warnings).toEqual([]);
  });

  test("belongs into a report once something is answered or SMTP is decided", () => {
    const has = (target: object) => hasSmtpPlan({ target: targetSchema.parse(target) });
    expect(has({})).toBe(false);
    expect(has({ ewsDecision: "untilTheEnd" })).toBe(false);
    expect(has({ ewsDecision: "smtp" })).toBe(true);
    expect(has({ smtpPlan: { answers: { approvals: "no" } } })).toBe(true);
    expect(has({ mailServer: "none", ewsDecision: "smtp" })).toBe(false);
  });
});

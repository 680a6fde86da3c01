import { authenticationCaptions } from "../contract/mail-server.ts";
import {
  accountPassword,
  applicationId,
  clientSecret,
  foundAuthentication,
  foundMail,
  tenantId,
} from "../facts/mail.ts";
import { isUnknown } from "../recording/fact.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";

export const authenticationRules: StepRules<"authentication"> = {
  "mail.authentication": { title: "Authentication type", judge: authentication },
};

const dead = "Microsoft has refused Basic Authentication for Exchange Online since 2022.";

function authentication(given: Case): Verdict {
  const { target } = given;
  if (target.mailServer === "none") return notApplicable("No mail server is wanted");
  if (target.authentication === "integrated") return integrated(given);
  return online(given);
}

function online({ seen, target }: Case): Verdict {
  const expected = authenticationCaptions[target.authentication];
  const found = foundAuthentication(seen);
  if (found.state !== "present") return notKnown(found, expected);
  const evidence = [
    evidenceOf(applicationId(seen)),
    evidenceOf(tenantId(seen)),
    evidenceOf(clientSecret(seen), ({ encrypted }) => (encrypted ? "present, encrypted" : "present, not shown")),
    evidenceOf(accountPassword(seen), () => "present, not shown"),
  ];
  const sources = ["guide", "installation"] as const;
  const verdict = { expected, evidence, sources };
  if (target.authentication === "basic") {
    return {
      ...verdict,
      status: "action",
      actual: shownType(found.value.type),
      advice: [dead, "Choose Application Context Authentication."],
    };
  }
  const change =
    'In Change mode, choose Application Context Authentication on the page "Configure mail server connection".';
  switch (found.value.type) {
    case "applicationContext":
      return { ...verdict, status: "done", actual: shownType("applicationContext") };
    case "incomplete":
      return {
        ...verdict,
        status: "action",
        actual: `Incomplete: ${found.value.missing.join(", ")} missing`,
        advice: ["Run Change mode again and fill in all three fields. A hotfix can clear these values."],
      };
    case "basic":
      return { ...verdict, status: "action", actual: shownType("basic"), advice: [dead, change] };
    default:
      return { ...verdict, status: "action", actual: "None of the three values is set", advice: [change] };
  }
}

function integrated({ seen, target }: Case): Verdict {
  const expected = authenticationCaptions.integrated;
  const mail = foundMail(seen, target.mailServer);
  if (isUnknown(mail)) return notKnown(mail, expected);
  const evidence = [evidenceOf(mail, ({ type, host }) => host ?? type)];
  const type = mail.state === "present" ? mail.value.type : "none";
  if (type === "smtp" || type === "exchange") return { status: "done", actual: expected, expected, evidence };
  return {
    status: "action",
    actual: type === "none" ? "No mail server is set" : "The server signs in to Office 365",
    expected,
    advice: [
      'In Change mode, choose Integrated Windows Authentication on the page "Configure mail server connection".',
    ],
    evidence,
  };
}

function shownType(type: "applicationContext" | "basic" | "integrated" | "incomplete" | "none"): string {
  return type === "incomplete" || type === "none" ? "Not set" : authenticationCaptions[type];
}

import {
  allowedAuthentications,
  allowedPairs,
  authenticationCaptions,
  mailServerCaptions,
  mailServers,
} from "../contract/mail-server.ts";
import type { Target } from "../contract/target.ts";
import { foundMail } from "../facts/mail.ts";
import { accountKind, runsAsGroupManaged } from "../facts/service.ts";
import type { Seen } from "../recording/seen.ts";
import { type Case, evidenceOf, notKnown, type StepRules, type Verdict } from "./rule.ts";

export const mailServerRules: StepRules<"mailServer"> = {
  "mail.serverType": { title: "Mail server type", judge: serverType },
};

/** Why the wizard would refuse the pair wanted; null when it accepts it. */
function refusal(target: Target, seen: Seen): string | null {
  if (!allowedAuthentications[target.mailServer].includes(target.authentication)) {
    return `${mailServerCaptions[target.mailServer]} with ${authenticationCaptions[target.authentication]}`;
  }
  const groupManaged =
    target.serviceAccount === undefined
      ? runsAsGroupManaged(seen)
      : accountKind(target.serviceAccount) === "groupManaged";
  return target.mailServer === "smtp" && groupManaged ? "SMTP with a group Managed Service Account" : null;
}

function serverType({ seen, target }: Case): Verdict {
  const wanted = mailServerCaptions[target.mailServer];
  const mail = foundMail(seen, target.mailServer);
  const shown =
    mail.state === "present"
      ? `${mailServerCaptions[mail.value.type]}${mail.value.host ? `, ${mail.value.host}` : ""}`
      : "Could not be told";
  const evidence = [evidenceOf(mail, ({ host, type }) => host ?? mailServerCaptions[type])];
  const sources = ["installation"] as const;
  const refused = refusal(target, seen);
  if (refused !== null) {
    const pairs = mailServers.flatMap(allowedPairs).join("; ");
    return {
      status: "action",
      actual: shown,
      expected: "A mail server and an authentication the wizard accepts together",
      advice: [
        `The wizard refuses ${refused} with the message "Invalid Mail Authentication".`,
        `It accepts: ${pairs}. SMTP needs a regular service account.`,
        "Correct what is wanted on this page or on Authentication type.",
      ],
      evidence,
      sources,
    };
  }
  if (mail.state !== "present") {
    return notKnown(mail, wanted, [
      "Look into Microsoft.ResourceManagement.Service.exe.config on the server, appSettings, mailServer.",
    ]);
  }
  if (mail.value.type === target.mailServer)
    return { status: "done", actual: shown, expected: wanted, evidence, sources };
  return {
    status: "action",
    actual: shown,
    expected: wanted,
    advice: [
      "Finish TLS first: the installer signs in to Microsoft while it runs.",
      `Start Change mode and choose ${wanted} on the page "Configure mail server connection".`,
    ],
    evidence,
    sources,
  };
}

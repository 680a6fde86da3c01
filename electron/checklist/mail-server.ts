import {
  allowedAuthentications,
  allowedPairs,
  authenticationCaptions,
  isOffice365,
  mailServerCaptions,
  mailServers,
} from "../contract/mail-server.ts";
import type { Target } from "../contract/target.ts";
import { foundMail, sameHost } from "../facts/mail.ts";
import { wantsGroupManaged } from "../facts/service.ts";
import type { Seen } from "../recording/seen.ts";
import { type Case, evidenceOf, notKnown, type StepRules, type Verdict } from "./rule.ts";
import { relay, sender } from "./smtp.ts";

export const mailServerRules: StepRules<"mailServer"> = {
  "mail.serverType": { title: "Mail server type", judge: serverType },
  "smtp.relay": { title: "SMTP relay", judge: relay },
  "smtp.sender": { title: "Sender at the relay", judge: sender },
};

/** Why the wizard would refuse the pair wanted; null when it accepts it. */
function refusal(target: Target, seen: Seen): string | null {
  if (!allowedAuthentications[target.mailServer].includes(target.authentication)) {
    return `${mailServerCaptions[target.mailServer]} with ${authenticationCaptions[target.authentication]}`;
  }
  return target.mailServer === "smtp" && wantsGroupManaged(seen, target)
    ? "SMTP with a group Managed Service Account"
    : null;
}

function serverType({ seen, target }: Case): Verdict {
  const host = hostWanted(target);
  const wanted = `${mailServerCaptions[target.mailServer]}${host === null ? "" : `, ${host}`}`;
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
        "Correct what is wanted: the mail server, or the authentication.",
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
  const isOtherHost = host !== null && mail.value.host !== null && !sameHost(mail.value.host, host);
  if (mail.value.type === target.mailServer && !isOtherHost)
    return { status: "done", actual: shown, expected: wanted, evidence, sources };
  return { status: "action", actual: shown, expected: wanted, advice: adviceFor(target, host), evidence, sources };
}

/** The host wanted, for a kind of mail server that has one to type. */
function hostWanted({ mailServer, mailHost }: Target): string | null {
  return mailServer === "smtp" || mailServer === "exchange" ? mailHost?.trim() || null : null;
}

/** What to do in the installer; each kind of mail server needs something else before and with it. */
function adviceFor(target: Target, host: string | null): readonly string[] {
  const { mailServer } = target;
  const page = 'on the page "Configure mail server connection"';
  const choose = `Start Change mode and choose ${mailServerCaptions[mailServer]} ${page}`;
  if (isOffice365(mailServer)) {
    return ["Finish TLS first: the installer signs in to Microsoft while it runs.", `${choose}.`];
  }
  if (mailServer === "none") return [`${choose}. MIM then sends no mail at all.`];
  const name = mailServer === "smtp" ? "the relay's name" : "the Exchange Server's name";
  return [
    ...(host === null ? [`Enter the mail host first: ${name}.`] : []),
    ...(mailServer === "smtp"
      ? [
          "Try from this server whether the relay takes mail: mim-mail relay-check. Approvals by mail end with SMTP: tell those who approve.",
        ]
      : []),
    `${choose}, type ${host ?? name}, and choose ${authenticationCaptions.integrated}.`,
  ];
}

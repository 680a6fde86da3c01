import { ewsBlockedFrom, ewsEndsOn } from "../contract/ews-retirement.ts";
import { isOffice365 } from "../contract/mail-server.ts";
import {
  type SmtpPlan,
  type SmtpPlanStep,
  type SmtpTickId,
  type SmtpWay,
  smtpQuestionIds,
  smtpWays,
} from "../contract/smtp-plan.ts";
import { smtpAuthOffBy } from "../facts/dates-ahead.ts";
import { foundMail, sameHost } from "../facts/mail.ts";
import { domainOf, relayCheckFor, senderWanted, takesMail } from "../facts/relay.ts";
import {
  addConnectorByAddress,
  addConnectorByCertificate,
  lookUp,
  readAcceptedDomains,
  readConnectors,
  readDirectSend,
  relayPlaceholders,
  soundDomain,
} from "../facts/relay-commands.ts";
import { runsAsGroupManaged } from "../facts/service.ts";
import { knownValue } from "../recording/fact.ts";
import { relayMeaning } from "./relay-states.ts";
import type { Case } from "./rule.ts";
import { chosenWay, reasonAgainst, smtpQuestions, smtpWayTitles } from "./smtp-way.ts";

type Given = Pick<Case, "seen" | "target">;

/** Everything of a step but whether it is done. */
type StepText = Pick<SmtpPlanStep, "title" | "how" | "commands">;

/** The ways whose mail goes to Exchange Online's own host at once. */
const tenantHostWays: readonly SmtpWay[] = ["connectorAddress", "directSend"];

/** The steps that a person ticks off, by way, in their order. */
const ticksOf: Readonly<Record<SmtpWay, readonly SmtpTickId[]>> = {
  connectorAddress: ["domains", "connector", "records", "port", "users"],
  connectorCertificate: ["domains", "certificate", "connector", "records", "relay", "users"],
  directSend: ["domains", "setting", "records", "port", "users"],
  ownRelay: ["relay", "records", "users"],
  exchange: ["mailbox"],
};

function tickText(id: SmtpTickId, way: SmtpWay): StepText {
  switch (id) {
    case "account":
      return {
        title: "Have a regular service account",
        how: [
          "SMTP takes no group Managed Service Account. Make a domain account for the service, with the rights the old one has.",
          "It is typed in the same run of Change mode, with its password.",
        ],
        commands: [],
      };
    case "domains":
      return {
        title: "See that the sender's domain is accepted",
        how: ["The domain of the service's address must be in the list."],
        commands: [readAcceptedDomains],
      };
    case "certificate":
      return {
        title: "Have a certificate for one of your domains",
        how: [
          "Of an authority that Microsoft trusts, for a name in an accepted domain, on the relay that sends on.",
          "Note the day it expires: the connector knows the mail by it.",
        ],
        commands: [],
      };
    case "relay":
      return way === "connectorCertificate"
        ? {
            title: "Let the relay send on with its certificate",
            how: [
              "It takes mail from this server's address and sends it to the tenant's own host, port 25, with STARTTLS and its certificate.",
            ],
            commands: [],
          }
        : {
            title: "Let the relay take MIM's mail",
            how: [
              "From this server's address, without a sign-in or with Windows' own.",
              "It sends on by the way it has, or by a connector, High Volume Email (recipients inside only) or Azure Communication Services.",
            ],
            commands: [],
          };
    case "setting":
      return {
        title: "See that the tenant takes Direct Send",
        how: ["Where it is refused, go back and take a connector."],
        commands: [readDirectSend],
      };
    case "connector":
      return {
        title: "Make the connector",
        how: ["Read what is there first: one that knows this server already is enough."],
        commands: [readConnectors, way === "connectorCertificate" ? addConnectorByCertificate : addConnectorByAddress],
      };
    case "records":
      return {
        title: "See that the DNS records fit",
        how: ["The SPF record holds the public address the mail comes from. Add it; take nothing out."],
        commands: [],
      };
    case "port":
      return {
        title: "Have outgoing port 25 open",
        how: ["From this server to the tenant's own host alone. Networks and hosting providers often close it."],
        commands: [],
      };
    case "mailbox":
      return {
        title: "Have a mailbox on Exchange Server",
        how: [
          "For the service's account, on the server that is named in the installer.",
          "Mail for its address must arrive there, and not in Exchange Online any more.",
        ],
        commands: [],
      };
    case "users":
      return {
        title: "Tell those who get MIM's mail",
        how: ["A week before, and on the day. The text stands under What to tell people."],
        commands: [],
      };
  }
}

/** The steps that what was seen shows to be done. */
function seenSteps({ seen, target }: Given, way: SmtpWay): SmtpPlanStep[] {
  const wanted = way === "exchange" ? "exchange" : "smtp";
  const mail = knownValue(foundMail(seen, wanted));
  const host = target.mailHost?.trim() ?? "";
  // What a server sends through from before is not what was planned.
  const found = target.mailServer === wanted && mail?.type === wanted && host !== "" && sameHost(mail.host ?? "", host);
  const check = relayCheckFor(seen, target);
  const ready = check !== null && takesMail(check);
  const step = (id: SmtpPlanStep["id"], text: StepText, done: boolean, day: string | null): SmtpPlanStep => ({
    id,
    ...text,
    done,
    day: done ? day : null,
    ticked: false,
  });
  const asked =
    check === null
      ? "Nothing is sent: mim-mail relay-check, or Ask the relay on Mail server type."
      : `Last answer: ${relayMeaning(check).cause}.`;
  return [
    ...(way === "exchange"
      ? []
      : [
          step(
            "relayCheck",
            { title: "Ask the relay from this server", how: [asked], commands: [] },
            ready,
            check?.at.slice(0, 10) ?? null,
          ),
        ]),
    step(
      "changeMode",
      {
        title: "Choose it in Change mode",
        how: [
          way === "exchange"
            ? "Want Exchange Server on Mail server type, with its name; then run Change mode."
            : "Want SMTP on Mail server type, with the relay's name; then run Change mode with Integrated Windows Authentication.",
        ],
        commands: [],
      },
      found,
      null,
    ),
    step(
      "prove",
      { title: "See a notification arrive", how: ["Verify says what is waited for."], commands: [] },
      found && target.mailConfirmed !== undefined,
      target.mailConfirmed ?? null,
    ),
  ];
}

function stepsOf(given: Given, way: SmtpWay): SmtpPlanStep[] {
  const done = given.target.smtpPlan?.done ?? {};
  const managed = way !== "exchange" && runsAsGroupManaged(given.seen);
  const ids: readonly SmtpTickId[] = [...(managed ? (["account"] as const) : []), ...ticksOf[way]];
  const ticked = ids.map((id): SmtpPlanStep => {
    const day = done[id] ?? null;
    return { id, ...tickText(id, way), done: day !== null, day, ticked: true };
  });
  return [...ticked, ...seenSteps(given, way)];
}

/** What the installer's host is with a way. */
function hostOf(way: SmtpWay, domain: string | null): string {
  if (way === "exchange") return "The Exchange Server's name";
  if (!tenantHostWays.includes(way)) return "The relay's name";
  const dashes =
    domain === null || domain.includes("-") ? "<domain with hyphens for dots>" : domain.replaceAll(".", "-");
  return `${dashes}.mail.protection.outlook.com, as the domain's MX record names it; port 25`;
}

function recordsOf({ seen, target }: Given, way: SmtpWay, domain: string | null): SmtpPlan["records"] {
  if (way === "exchange") return [];
  const name = domain ?? relayPlaceholders.domain;
  const spf = relayCheckFor(seen, target)?.spf;
  const host = tenantHostWays.includes(way)
    ? [
        {
          name,
          type: "MX",
          text: "Its host is what is typed in the installer. Where mail for the domain arrives elsewhere first, take the host that the Microsoft 365 admin centre shows for it.",
          look: lookUp("MX", domain),
        },
      ]
    : [];
  return [
    ...host,
    {
      name,
      type: "TXT",
      text: `Its SPF line (v=spf1 …) holds the public address that the mail comes from.${spf ? ` Seen by the relay check: ${spf}` : ""}`,
      look: lookUp("TXT", domain),
    },
  ];
}

const dates: SmtpPlan["dates"] = [
  { day: ewsBlockedFrom, text: "Exchange Online blocks Exchange Web Services, unless the application is allowed" },
  {
    day: smtpAuthOffBy,
    text: "By the end of this month SMTP AUTH with Basic authentication is off by default in tenants that exist; administrators can switch it on again. None of the ways here needs it",
  },
  { day: ewsEndsOn, text: "Exchange Web Services end in Exchange Online: MIM's Office 365 mail stops" },
];

function usersText(way: SmtpWay, sender: string): string[] {
  const from = sender === "" ? "the same address as before" : sender;
  if (way === "exchange") return [`MIM's mail goes on coming from ${from}. You approve by mail as before.`];
  return [
    `MIM's mail goes on coming from ${from}.`,
    "Approving from Outlook or by replying ends that day. Open the MIM Portal and approve there: the mail still tells you that something waits.",
    "What you answer to such a mail is not read any more.",
    ...(way === "directSend" ? ["Addresses outside our organisation get no mail from MIM any more."] : []),
  ];
}

/** The plan from Exchange Web Services to another way. Pure: of the answers, the ticks, and what was seen. */
export function smtpPlan(given: Given): SmtpPlan {
  const { seen, target } = given;
  const answers = target.smtpPlan?.answers ?? {};
  const chosen = chosenWay(answers);
  const sender = senderWanted(seen, target);
  const domain = soundDomain(domainOf(sender));
  const answered = smtpQuestionIds.filter((id) => answers[id] !== undefined).length;
  const questions = smtpQuestionIds.map((id): SmtpPlan["questions"][number] => {
    const { text, why, options } = smtpQuestions[id];
    return {
      id,
      text,
      why,
      options: options.map(([value, label]) => ({ value, label })),
      answer: answers[id] ?? null,
    };
  });
  const shared = { questions, answered, dates: [...dates] };
  if (chosen === null) {
    return {
      ...shared,
      way: null,
      reasons: [],
      warnings: [],
      others: [],
      steps: [],
      records: [],
      users: [],
      standing: `${answered} of ${smtpQuestionIds.length} questions answered`,
    };
  }
  const { way, reasons } = chosen;
  const steps = stepsOf(given, way);
  const loses = way !== "exchange";
  return {
    ...shared,
    way: { id: way, title: smtpWayTitles[way], host: hostOf(way, domain) },
    reasons: [...reasons],
    warnings: [
      ...(loses && answers.approvals === "yes"
        ? ["Approvals by mail end: no way that is left here keeps them. People approve in the MIM Portal."]
        : []),
      ...(loses && runsAsGroupManaged(seen)
        ? ["The service runs as a group Managed Service Account, which SMTP does not take."]
        : []),
      ...(way === "ownRelay" && answers.ownRelay === "no"
        ? ["The relay has to be set up first; IIS SMTP is deprecated and no way to begin with."]
        : []),
      ...(way === "directSend" ? ["A tenant may refuse Direct Send, now or later. Read the setting first."] : []),
    ],
    others: smtpWays
      .filter((one) => one !== way)
      .map((id) => ({ id, title: smtpWayTitles[id], reason: reasonAgainst(id, answers) })),
    steps,
    records: recordsOf(given, way, domain),
    users: usersText(way, sender),
    standing: `${smtpWayTitles[way]}, ${steps.filter(({ done }) => done).length} of ${steps.length} steps done`,
  };
}

/** Whether a report tells of the plan: something was answered, or SMTP was decided. */
export function hasSmtpPlan({ target }: Pick<Case, "target">): boolean {
  const begun = Object.keys(target.smtpPlan?.answers ?? {}).length > 0 || target.ewsDecision === "smtp";
  return begun && (isOffice365(target.mailServer) || target.mailServer === "smtp" || target.mailServer === "exchange");
}

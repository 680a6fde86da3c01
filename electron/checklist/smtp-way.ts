import type { SmtpAnswers, SmtpQuestionId, SmtpWay } from "../contract/smtp-plan.ts";

/** A question, with the answers it takes. */
export interface SmtpQuestion {
  readonly text: string;
  readonly why: string;
  readonly options: readonly (readonly [value: string, label: string])[];
}

const yesOrNo = [
  ["yes", "Yes"],
  ["no", "No"],
] as const;

/** The five questions that lead to a way. */
export const smtpQuestions: Readonly<Record<SmtpQuestionId, SmtpQuestion>> = {
  approvals: {
    text: "Do people approve by mail, in Outlook or by replying?",
    why: "SMTP takes none of it: MIM cannot read what is answered. The MIM Portal stays.",
    options: yesOrNo,
  },
  exchangeServer: {
    text: "Is there an Exchange Server 2013 or later of your own that may hold the service's mailbox?",
    why: "Exchange Web Services on Exchange Server are not part of what ends.",
    options: yesOrNo,
  },
  ownRelay: {
    text: "Is there a mail relay in your network that may take MIM's mail?",
    why: "It is near, takes mail by this server's address, and has a way to the Internet already.",
    options: yesOrNo,
  },
  recipients: {
    text: "To whom does MIM write?",
    why: "Direct Send reaches recipients of the tenant only.",
    options: [
      ["inside", "To people of the tenant only"],
      ["outside", "To people outside as well"],
    ],
  },
  identity: {
    text: "By what can Exchange Online know what comes from here?",
    why: "A connector trusts an address or a certificate, so it must be nobody else's.",
    options: [
      ["address", "By a static public address that is ours alone"],
      ["certificate", "By a certificate for one of our domains, that a relay presents"],
      ["neither", "By neither"],
    ],
  },
};

/** The ways by name. */
export const smtpWayTitles: Readonly<Record<SmtpWay, string>> = {
  connectorAddress: "Connector that knows the public address",
  connectorCertificate: "Connector that knows a certificate",
  directSend: "Direct Send",
  ownRelay: "A relay of your own",
  exchange: "A mailbox on Exchange Server",
};

/** A way that fits, and why. */
export interface ChosenWay {
  readonly way: SmtpWay;
  readonly reasons: readonly string[];
}

/**
 * The way that fits the answers; null while an answer is missing that decides.
 * In this order: what keeps approvals, what is there already, what is vouched for, what at least arrives.
 */
export function chosenWay(answers: SmtpAnswers): ChosenWay | null {
  const { approvals, exchangeServer, ownRelay, recipients, identity } = answers;
  if (approvals === undefined || (approvals === "yes" && exchangeServer === undefined)) return null;
  if (approvals === "yes" && exchangeServer === "yes") {
    return {
      way: "exchange",
      reasons: [
        "People approve by mail, and this is the only way left that keeps it.",
        "Exchange Server goes on answering Exchange Web Services.",
      ],
    };
  }
  if (ownRelay === undefined) return null;
  if (ownRelay === "yes") {
    return {
      way: "ownRelay",
      reasons: [
        "It is there, and nothing new has to be opened to the Internet for this server.",
        "It vouches for its mail towards the cloud itself, and reaches people outside as far as it does today.",
      ],
    };
  }
  if (identity === undefined) return null;
  if (identity === "address") {
    return {
      way: "connectorAddress",
      reasons: [
        "The public address is yours alone, so a connector can trust it: MIM needs no sign-in.",
        "It reaches recipients inside and outside.",
      ],
    };
  }
  if (identity === "certificate") {
    return {
      way: "connectorCertificate",
      reasons: [
        "A certificate stays what it is when the public address changes or is shared.",
        "A relay presents it: whether MIM itself presents one is not documented.",
      ],
    };
  }
  if (recipients === undefined) return null;
  if (recipients === "inside") {
    return {
      way: "directSend",
      reasons: [
        "MIM writes to people of the tenant only.",
        "It needs no connector, where there is nothing to make one of.",
      ],
    };
  }
  return {
    way: "ownRelay",
    reasons: [
      "MIM writes to people outside, which Direct Send does not reach, and there is nothing a connector could know this server by.",
      "A relay of your own can send on by a way with a sign-in, such as Azure Communication Services.",
    ],
  };
}

/** Why a way that was not chosen fits less. */
export function reasonAgainst(way: SmtpWay, { exchangeServer, ownRelay, recipients, identity }: SmtpAnswers): string {
  switch (way) {
    case "exchange":
      return exchangeServer === "yes"
        ? "It works and keeps approvals by mail; nobody needs that here, and it is more to run than a relay."
        : "There is no Exchange Server that may hold the mailbox.";
    case "ownRelay":
      return ownRelay === "yes" ? "It works, without approvals by mail." : "There is none yet: one more server to run.";
    case "connectorAddress":
      return identity === "address"
        ? "It works; what was chosen needs no new way to the Internet."
        : "There is no static public address that is yours alone.";
    case "connectorCertificate":
      return identity === "certificate"
        ? "It works with a relay in front; what was chosen is less to set up."
        : "It takes a relay that presents a certificate for one of your domains.";
    case "directSend":
      return recipients === "inside"
        ? "It would arrive, but nothing vouches for the mail, and a tenant may refuse it."
        : "It reaches recipients of the tenant only.";
  }
}

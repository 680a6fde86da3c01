import { hostname } from "node:os";
import type { Target } from "../contract/target.ts";
import { smtpAddress } from "../facts/exchange-commands.ts";
import { domainOf, senderWanted } from "../facts/relay.ts";
import { InputProblem } from "../recording/input-problem.ts";
import type { Recording } from "../recording/recording.ts";
import { seenIn } from "../recording/seen.ts";

/** What a relay is asked. */
export interface RelayQuestion {
  readonly host: string;
  readonly port: number;
  /** STARTTLS must come about; else it is taken where it is offered. */
  readonly useSsl: boolean;
  /** How this computer calls itself. */
  readonly name: string;
  readonly sender: string;
  readonly inside: string;
  readonly outside: string;
  /** The address one test mail is sent to; null: nothing is sent. */
  readonly sendTo: string | null;
}

export interface RelayWish {
  readonly target: Target;
  readonly recording: Recording;
  readonly port?: number;
  readonly sendTo?: string;
}

/** A recipient outside that nobody has: RFC 2606 keeps the domain for examples. It is named to the relay and gets nothing. */
const nobodyOutside = "postmaster@example.com";

/**
 * What to ask the relay that is wanted. Nothing is sent.
 * @throws InputProblem when the host or the sender is missing or malformed
 */
export function relayQuestion({ target, recording, port = 25, sendTo }: RelayWish): RelayQuestion {
  const host = target.mailHost?.trim() ?? "";
  if (host === "") {
    throw new InputProblem(
      "no-relay",
      "the relay's name is not in the target",
      "target, at mailHost",
      "Write mailHost, the name that is to be typed in the installer: a relay of your own, or contoso-com.mail.protection.outlook.com.",
    );
  }
  if (!/^(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$|^[0-9A-Fa-f:.]{2,45}$/.test(host)) {
    throw new InputProblem(
      "not-a-host",
      "the relay's name is none that can be asked",
      "target, at mailHost",
      "Write a name or an address alone, such as smtp.contoso.com, without a port and without smtp://.",
    );
  }
  const sender = address(senderWanted(seenIn(recording), target), "serviceEmail", "the address MIM sends from");
  const domain = domainOf(sender);
  const recipient =
    target.mailTestRecipient === undefined
      ? null
      : address(target.mailTestRecipient, "mailTestRecipient", "the test recipient");
  const isInside = recipient !== null && domainOf(recipient) === domain;
  const own = hostname().replace(/[^A-Za-z0-9.-]/g, "");
  return {
    host,
    port,
    useSsl: target.mailUseSsl === true,
    name: own === "" ? "localhost" : own,
    sender,
    inside: isInside ? recipient : sender,
    outside: recipient !== null && !isInside ? recipient : nobodyOutside,
    sendTo: sendTo === undefined ? null : address(sendTo, null, "the address for the test mail"),
  };
}

/** Stands in a command of its own line, so printable ASCII it is. */
function address(given: string, field: string | null, what: string): string {
  const where = field === null ? "--send-test-mail" : `target, at ${field}`;
  const sound = smtpAddress(given);
  if (sound !== null) return sound;
  throw given.trim() === ""
    ? new InputProblem("no-address", `${what} is not known`, where, "Write it like mim@contoso.com.")
    : new InputProblem(
        "not-an-address",
        `${what} is none that can be asked for`,
        where,
        "Write it like mim@contoso.com.",
      );
}

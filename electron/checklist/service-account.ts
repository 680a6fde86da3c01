import * as z from "zod";
import { wizardOption } from "../contract/wizard-options.ts";
import { serviceAddress } from "../facts/mail.ts";
import { accountKind, sameAccount, serviceAccount, serviceAccountSid, wantsGroupManaged } from "../facts/service.ts";
import { type Fact, isUnknown, knownValue } from "../recording/fact.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";

export const serviceAccountRules: StepRules<"serviceAccount"> = {
  "account.service": { title: "Account of the service", judge: account },
  "account.sid": { title: "SID of the account", judge: sid },
  "account.email": { title: "Service Email Account", judge: email },
};

function account({ seen, target }: Case): Verdict {
  const wanted = target.serviceAccount?.trim() ?? "";
  const expected = wanted === "" ? "A domain account or a group Managed Service Account" : wanted;
  const found = serviceAccount(seen);
  if (isUnknown(found)) return notKnown(found, expected);
  const evidence = [evidenceOf(found)];
  if (found.state === "absent") {
    return {
      status: "unknown",
      actual: "The service has no account recorded",
      expected,
      advice: ["Solve Forefront Identity Manager Service on the page Server first."],
      evidence,
    };
  }
  const kind = accountKind(found.value);
  const shown = kind === "groupManaged" ? `${found.value}, a group Managed Service Account` : found.value;
  if (kind === "system" || kind === "local") {
    return {
      status: "action",
      actual: `${shown}, ${kind === "system" ? "an account of Windows itself" : "an account of this computer"}`,
      expected,
      advice: [
        'Give the service a domain account or a group Managed Service Account: Change mode, page "Configure the MIM service account".',
      ],
      evidence,
    };
  }
  if (target.mailServer === "smtp" && wantsGroupManaged(seen, target)) {
    return {
      status: "action",
      actual: shown,
      expected: "A regular domain account: SMTP takes no group Managed Service Account",
      advice: [
        "Enter a regular account of the domain as the service account wanted, and have its password at hand.",
        'In Change mode leave "Use Group Managed Service Account" empty and type that account on the page "Configure the MIM service account".',
      ],
      evidence,
      sources: ["installation", "groupManaged"],
    };
  }
  if (wanted !== "" && !sameAccount(wanted, found.value)) {
    return {
      status: "action",
      actual: shown,
      expected,
      advice: ["The service runs as another account than wanted. Correct what is wanted, or change it in Change mode."],
      evidence,
    };
  }
  return { status: "done", actual: shown, expected, evidence };
}

function sid({ seen }: Case): Verdict {
  const expected = "The account's SID is known";
  const found = serviceAccountSid(seen);
  if (found.state === "present")
    return { status: "done", actual: found.value, expected, evidence: [evidenceOf(found)] };
  return sidNotKnown(found, expected);
}

/** The verdict where the SID of the service's account is asked for and is not known. */
export function sidNotKnown(sid: Fact<string>, expected: string): Verdict {
  const advice = [
    "Check that the account still exists and that a domain controller answers from this server, then check again.",
  ];
  if (sid.state !== "absent") return notKnown(sid, expected, sid.state === "unreadable" ? advice : []);
  return { status: "unknown", actual: "The account was not found", expected, advice, evidence: [evidenceOf(sid)] };
}

const emailSchema = z.email();

function email({ seen, target }: Case): Verdict {
  const option = wizardOption({ ...target, managed: wantsGroupManaged(seen, target) });
  if (option?.serviceEmail === false) return notApplicable("No mail server is wanted");
  const inInstaller =
    option?.mailboxPassword === true
      ? "In the installer the mailbox's password is typed as well."
      : "In the installer its password stays empty.";
  const expected = `An SMTP address, the one the service sends from. ${inInstaller}`;
  const address = target.serviceEmail?.trim() ?? "";
  const onServer = serviceAddress(seen);
  const standing = knownValue(onServer);
  const evidence = [
    { address: "Target, serviceEmail", value: address === "" ? "not entered" : address },
    evidenceOf(onServer),
  ];
  if (address === "") {
    return {
      status: "pending",
      actual: standing === null ? "Not entered" : `Not entered; the service sends from ${standing}`,
      expected,
      advice: [
        standing === null
          ? `Enter the address MIM sends from. ${inInstaller}`
          : `Enter the address MIM sends from, or take over the server's value: ${standing}. ${inInstaller}`,
      ],
      evidence,
    };
  }
  if (!emailSchema.safeParse(address).success) {
    return {
      status: "action",
      actual: address,
      expected,
      advice: [`This is not an SMTP address such as mim@contoso.com. ${inInstaller}`],
      evidence,
    };
  }
  if (standing !== null && standing.toLowerCase() !== address.toLowerCase()) {
    return {
      status: "action",
      actual: `The service sends from ${standing}`,
      expected: `${address}. ${inInstaller}`,
      advice: [
        "The service opens the mailbox of its own address, not of the one wanted. Find out which is right.",
        `To change the server's, type ${address} in Change mode on the page "Configure the MIM service account"; else correct what is wanted.`,
      ],
      evidence,
    };
  }
  return { status: "done", actual: address, expected, evidence };
}

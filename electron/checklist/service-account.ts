import * as z from "zod";
import { accountKind, sameAccount, serviceAccount, serviceAccountSid } from "../facts/service.ts";
import { isUnknown } from "../recording/fact.ts";
import { type Case, evidenceOf, notKnown, type StepRules, type Verdict } from "./rule.ts";

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
  if (found.state === "absent") {
    return {
      status: "unknown",
      actual: "The account was not found",
      expected,
      advice: ["Check that a domain controller answers from this server, then look again."],
      evidence: [evidenceOf(found)],
    };
  }
  return notKnown(found, expected, [
    "The SID is where the access token is looked for. Check that a domain controller answers from this server, then look again.",
  ]);
}

const emailSchema = z.email();

function email({ target }: Case): Verdict {
  const expected = "An SMTP address. Its password stays empty in the installer";
  const address = target.serviceEmail?.trim() ?? "";
  if (address === "") {
    return {
      status: "pending",
      actual: "Not entered",
      expected,
      advice: ["Enter the address MIM sends from. In the installer its password stays empty."],
    };
  }
  const evidence = [{ address: "Target, serviceEmail", value: address }];
  if (emailSchema.safeParse(address).success) return { status: "done", actual: address, expected, evidence };
  return {
    status: "action",
    actual: address,
    expected,
    advice: ["This is not an SMTP address such as mim@contoso.com. In the installer its password stays empty."],
    evidence,
  };
}

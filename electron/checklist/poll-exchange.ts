import { mailServerCaptions } from "../contract/mail-server.ts";
import { compareVersions, runningBuild } from "../facts/build.ts";
import { firstBuild } from "../facts/builds.ts";
import { accountPassword, foundAuthentication } from "../facts/mail.ts";
import { pollExchangeName, runsAsGroupManaged, serviceAccount, serviceKey } from "../facts/service.ts";
import { isUnknown } from "../recording/fact.ts";
import { shownValue } from "../recording/seen.ts";
import { type Case, evidenceOf, firstUnknown, notApplicable, notKnown, type Verdict } from "./rule.ts";

const where = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\FIMService";
const restart = "Restart the Forefront Identity Manager Service.";

/**
 * Whether the service reads the replies in its mailbox, by which people approve. A hotfix of old builds wants it off for
 * as long as it is being installed, and the installer may leave it off or out.
 */
export function pollExchange(given: Case): Verdict {
  const { seen, target } = given;
  const expected = "1: the service reads the replies in its mailbox";
  const value = seen.value(serviceKey, pollExchangeName);
  const shown = value.state === "present" ? shownValue(value.value) : null;
  const evidence = [evidenceOf(value, shownValue)];
  if (shown === "1") {
    const recipe = hotfixRecipe(given, evidence);
    if (recipe !== null) return recipe;
  }
  if (target.mailServer === "smtp" || target.mailServer === "none") {
    return notApplicable(`With ${mailServerCaptions[target.mailServer]} there are no replies to read`);
  }
  if (isUnknown(value)) return notKnown(value, expected);
  if (seen.key(serviceKey).state === "absent") return notApplicable("There is no service FIMService");
  if (shown === "1") return { status: "done", actual: `${pollExchangeName} is 1`, expected, evidence };
  return {
    status: "attention",
    actual: `${pollExchangeName} is ${shown ?? "not set"}: approvals by mail are not read`,
    expected,
    advice: [
      "Requests can then be approved in the MIM Portal alone; a reply to a mail is read by nobody.",
      `On the one MIM Service server that shall read the mailbox, set ${pollExchangeName} (REG_DWORD) to 1 under ${where}, or run: mim-mail apply --poll-exchange on`,
      ...(shown === "0"
        ? ["Where a hotfix asked for 0 while it was installed, this is the step to set it back to 1."]
        : []),
      restart,
      "Where another server reads the mailbox, or nobody shall approve by mail, accept this finding.",
    ],
    evidence,
    sources: ["serviceInstallation", "groupManaged", "versionHistory"],
  };
}

/** The recipe of the hotfix, for an old build that polls in the way that makes it fail; null for any other. */
function hotfixRecipe({ seen }: Case, evidence: Verdict["evidence"] = []): Verdict | null {
  const expected =
    "Off while a hotfix is installed, where an old build polls with a group Managed Service Account or Basic Authentication";
  const running = runningBuild(seen);
  const account = serviceAccount(seen);
  const authentication = foundAuthentication(seen);
  if (running.state === "present" && compareVersions(running.value.version, firstBuild) >= 0) return null;
  const basic = authentication.state === "present" && authentication.value.type === "basic";
  const affected = runsAsGroupManaged(seen) || basic;
  if (!affected && account.state === "present" && authentication.state === "present") return null;
  const unknown = firstUnknown(running, ...(affected ? [] : [account, authentication]));
  if (unknown !== null) return notKnown(unknown, expected, [], [...evidence, evidenceOf(unknown)]);
  if (!affected) return null;
  return {
    status: "attention",
    actual: "An old build polls Exchange; installing the hotfix may fail",
    expected,
    advice: [
      `Set ${pollExchangeName} to 0 under ${where}.`,
      `Install the hotfix (${firstBuild} or later).`,
      `Set ${pollExchangeName} back to 1: while it is 0, approvals by mail are not read.`,
      restart,
    ],
    evidence: [...evidence, evidenceOf(account), evidenceOf(accountPassword(seen), () => "present")],
    sources: ["versionHistory"],
  };
}

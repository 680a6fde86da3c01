import type { InstallerRun } from "../contract/history.ts";
import { installerOutcome } from "../contract/installer-outcome.ts";
import { atHand } from "../facts/at-hand.ts";
import { lastInstallerRun, runSucceeded } from "../facts/history.ts";
import { installerExit } from "../facts/installer-exits.ts";
import { changeCommand, changeLog, mimProduct, uninstallStringRemoves } from "../facts/product.ts";
import { isUnknown } from "../recording/fact.ts";
import { authenticationRules } from "./authentication.ts";
import { azureIdRules } from "./azure-ids.ts";
import { mailServerRules } from "./mail-server.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";

export const changeModeRules: StepRules<"changeMode"> = {
  "change.command": { title: "Command line", judge: command },
  "change.run": { title: "Last run of the installer", judge: run },
  "change.log": { title: "Installer log", judge: log },
};

function command({ seen }: Case): Verdict {
  const expected = "The installer can be started in Change mode";
  const product = mimProduct(seen);
  if (isUnknown(product)) return notKnown(product, expected);
  const sources = ["msiexec"] as const;
  if (product.state === "absent" || product.value.productCode === null) {
    return {
      status: "action",
      actual: product.state === "absent" ? "The product is not installed" : "No valid product code was found",
      expected,
      advice: [
        "Change mode needs the product code of the MIM Service and Portal. Repair the installation with the MIM media.",
      ],
      evidence: [evidenceOf(product, ({ uninstallString }) => uninstallString ?? "no UninstallString")],
      sources,
    };
  }
  const evidence = [
    { address: `${product.address}\\UninstallString`, value: product.value.uninstallString ?? "absent" },
  ];
  const actual = changeCommand(product.value.productCode, changeLog);
  if (uninstallStringRemoves(product.value)) {
    return {
      status: "attention",
      actual,
      expected,
      advice: [
        "The UninstallString on the server says /X, which uninstalls. It is not used: the assistant's command line says /I.",
      ],
      evidence,
      sources,
    };
  }
  return { status: "done", actual, expected, evidence, sources };
}

/** True when everything the installer would set already stands as wanted. */
function serverShowsTarget(given: Case): boolean {
  const status = (verdict: Verdict): Verdict["status"] => verdict.status;
  const set = [
    status(mailServerRules["mail.serverType"].judge(given)),
    status(authenticationRules["mail.authentication"].judge(given)),
  ];
  const entered = [
    status(azureIdRules["azure.applicationId"].judge(given)),
    status(azureIdRules["azure.tenantId"].judge(given)),
  ];
  return (
    set.every((one) => one === "done" || one === "notApplicable") &&
    entered.every((one) => one === "done" || one === "notApplicable" || one === "pending")
  );
}

/**
 * The run that tells how the server stands: the last one, but where that was cancelled and changed nothing of what an
 * earlier one had brought about, the earlier one.
 */
function runThatCounts(given: Case): InstallerRun | null {
  const last = lastInstallerRun(given.seen);
  if (last === null || installerOutcome(last.exitCode) !== "cancelled" || !serverShowsTarget(given)) return last;
  return lastInstallerRun(given.seen, runSucceeded) ?? last;
}

function run(given: Case): Verdict {
  const expected = "The installer ended without an error, or the server already shows what is wanted";
  const last = runThatCounts(given);
  if (last === null) {
    if (serverShowsTarget(given))
      return { status: "done", actual: "Not needed: the server already shows what is wanted", expected };
    return {
      status: "pending",
      actual: "Not run yet",
      expected,
      advice: [
        "Finish the steps before Change mode, then start the installer in Change mode.",
        `Have at hand before: ${atHand(given.seen, given.target)
          .map(({ text }) => text)
          .join(" ")}`,
      ],
    };
  }
  const at = last.endedAt ?? last.startedAt ?? "at an unknown time";
  const evidence = [{ address: `Installer run, ${at}`, value: `exit code ${last.exitCode ?? "none yet"}` }];
  const sources = ["msiErrors"] as const;
  if (last.exitCode === null || last.exitCode === undefined) {
    return {
      status: "pending",
      actual: last.endedAt ? "It ended; how it ended is not known" : "Started; no end of it is recorded",
      expected,
      advice: [
        last.endedAt
          ? "See its log, then start it again."
          : "Finish the installer. Where it is not open any more, see its log and start it again.",
      ],
      evidence,
      sources,
    };
  }
  if (runSucceeded(last)) {
    const restart = last.exitCode === 0 ? "" : "; it asked for a restart";
    const later = last === lastInstallerRun(given.seen) ? "" : "; a later run was cancelled and changed nothing";
    const actual = `Succeeded (exit code ${last.exitCode})${restart}${later}`;
    return { status: "done", actual, expected, evidence, sources };
  }
  const known = installerExit(last.exitCode);
  const failure = last.firstFailure ? `; first action that failed: ${last.firstFailure}` : "";
  return {
    status: "action",
    actual: `Exit code ${last.exitCode}: ${known.cause}${failure}`,
    expected,
    advice: [known.cure, ...(last.log ? [`The log: ${last.log}`] : [])],
    evidence,
    sources,
  };
}

function log({ seen }: Case): Verdict {
  const last = lastInstallerRun(seen);
  if (last === null || !last.log) return notApplicable("There is no installer log");
  const expected = "The log holds no secret in clear";
  const secrets = last.secretsInLog ?? 0;
  const evidence = [{ address: last.log, value: `secrets in clear: ${secrets}` }];
  if (secrets === 0) return { status: "done", actual: "None found", expected, evidence };
  return {
    status: "action",
    actual: secrets === 1 ? "1 secret stands in the log in clear" : `${secrets} secrets stand in the log in clear`,
    expected,
    advice: [
      "Write a clean copy of the log, then delete the original.",
      "Change the secret or password when others could read the log.",
    ],
    evidence,
  };
}

import { asksForRestart } from "../contract/installer-outcome.ts";
import { isConfirmed } from "../contract/target.ts";
import { compareVersions, runningBuild } from "../facts/build.ts";
import { firstBuild, firstBuildWithTokenEvents, lastBuildOfServicePack2, supersededBuild } from "../facts/builds.ts";
import { lastInstallerRun } from "../facts/history.ts";
import { cachedPackage, fileAt, installSource, mimProduct, products } from "../facts/product.ts";
import { mimService } from "../facts/service.ts";
import { restartPending, restartSigns, windowsCaption, windowsGeneration, windowsStart } from "../facts/windows.ts";
import { isUnknown, knownValue } from "../recording/fact.ts";
import { algorithmAdvice } from "./no-common-algorithm.ts";
import { pollExchange } from "./poll-exchange.ts";
import { type Case, evidenceOf, firstUnknown, notApplicable, notKnown, type StepRules, type Verdict } from "./rule.ts";
import { database, fips, keyProtect, sqlClient } from "./server-surroundings.ts";

export const serverRules: StepRules<"server"> = {
  "server.windows": { title: "Windows version", judge: windows },
  "server.elevation": { title: "Elevation", judge: elevation },
  "server.product": { title: "MIM Service and Portal", judge: product },
  "server.build": { title: "Running build", judge: build },
  "server.media": { title: "Installation media", judge: media },
  "server.service": { title: "Forefront Identity Manager Service", judge: service },
  "server.pollExchange": { title: "Polling of Exchange", judge: pollExchange },
  "server.fips": { title: "FIPS policy", judge: fips },
  "server.keyProtect": { title: "MIMKeyProtectService", judge: keyProtect },
  "server.database": { title: "Database server", judge: database },
  "server.sqlClient": { title: "Clients of SQL Server", judge: sqlClient },
  "server.restartPending": { title: "Pending restart", judge: pendingRestart },
  "server.backup": { title: "Backup", judge: backup },
};

function windows({ seen }: Case): Verdict {
  const caption = windowsCaption(seen);
  const expected = "Windows Server 2016, 2019 or 2022";
  if (caption.state !== "present") return notKnown(caption, expected);
  const evidence = [evidenceOf(caption)];
  const sources = ["platforms"] as const;
  const verdict = { actual: caption.value, expected, evidence, sources };
  const generation = windowsGeneration(caption.value);
  switch (generation) {
    case "2016":
      return {
        ...verdict,
        status: "done",
        advice: ["MIM's Service Pack 3 cannot be put on Windows Server 2016; it needs 2019 or 2022."],
      };
    case "2019":
    case "2022":
      return { ...verdict, status: "done" };
    case "2012":
    case "2012 R2":
    case "2008":
      return {
        ...verdict,
        status: "attention",
        advice: [
          `Windows Server ${generation} gets no more updates from Microsoft. Plan the move of the MIM Service to a newer server.`,
          "Set every TLS value by hand on this version; its defaults are older.",
        ],
      };
    case "2025":
      return {
        ...verdict,
        status: "attention",
        advice: [
          "Microsoft's pages disagree about MIM on Windows Server 2025. Ask Microsoft support before you rely on it.",
        ],
      };
    case "client":
      return {
        ...verdict,
        status: "attention",
        advice: ["The MIM Service belongs on Windows Server. Check that this is the right machine."],
      };
    case null:
      return {
        ...verdict,
        status: "unknown",
        advice: ["This product does not know that version. Compare it with Microsoft's list of supported platforms."],
      };
  }
}

function elevation({ elevated }: Case): Verdict {
  if (elevated === undefined) return notApplicable("Counts only on the server itself");
  const expected = "Elevated, or elevated when a change asks for it";
  if (elevated === true) return { status: "done", actual: "Running elevated", expected };
  return {
    status: "attention",
    actual: elevated === false ? "Not elevated" : "Whether it runs elevated could not be told",
    expected,
    advice: ["Changes will ask for elevation. What only an administrator can read is shown as not known."],
  };
}

function product({ seen }: Case): Verdict {
  const expected = "Microsoft Identity Manager Service and Portal is installed";
  const found = products(seen);
  const mim = found.matches.filter(({ family }) => family === "mim");
  const evidence = found.matches.map(({ key, name }) => ({ address: `${key}\\DisplayName`, value: name }));
  const [first] = mim;
  if (first !== undefined) {
    const codes = new Set(mim.map(({ productCode, key }) => productCode ?? key));
    const shown = mim.map(
      ({ version, productCode, view }) =>
        `${version ?? "no version"} ${productCode ?? "no product code"}, ${view} view`,
    );
    if (codes.size > 1) {
      return {
        status: "attention",
        actual: `Installed ${codes.size} times: ${shown.join("; ")}`,
        expected,
        advice: ["More than one Service and Portal is registered. Find out which one runs before Change mode."],
        evidence,
      };
    }
    return { status: "done", actual: `${first.name} ${shown[0]}`, expected, evidence };
  }
  if (found.notKnown !== null) return notKnown(found.notKnown, expected);
  const roots = found.matches.length > 0 ? evidence : [evidenceOf(mimProduct(seen), () => "")];
  const forefront = found.matches.find(({ family }) => family === "fim");
  if (forefront !== undefined) {
    return {
      status: "action",
      actual: `Only ${forefront.name} ${forefront.version ?? ""} is installed`.trim(),
      expected,
      advice: [
        "Upgrade Forefront Identity Manager to MIM 2016 SP2 first; it cannot use Application Context Authentication.",
      ],
      evidence: roots,
      sources: ["versionHistory"],
    };
  }
  return {
    status: "action",
    actual: "Not installed on this server",
    expected,
    advice: [
      "Run the assistant on a server that has the MIM Service. The Synchronization Service, the add-ins and the language packs do not send mail.",
    ],
    evidence: roots,
  };
}

/** Source: the release of KB5085154 and what was written of it, looked at on 2026-11-26. */
const aboutServicePack3 =
  "Service Pack 3 (KB5085154, April 2026) can be put on in place from 4.6.673.0 only, on Windows Server 2019 or 2022 with .NET Framework 4.8; the MIM Portal is not upgraded in place. No source says that it sends mail without EWS.";

function servicePack3({ seen }: Case, verdict: Omit<Verdict, "status">): Verdict {
  const caption = windowsCaption(seen);
  const generation = caption.state === "present" ? windowsGeneration(caption.value) : null;
  const notTold = [
    aboutServicePack3,
    "Whether its service still runs on .NET 2.x, and so follows those TLS values, is not known: keep all of them set.",
  ];
  if (generation === null || generation === "2019" || generation === "2022" || generation === "2025") {
    return { ...verdict, status: "done", advice: notTold };
  }
  return {
    ...verdict,
    status: "attention",
    advice: [`Service Pack 3 is not supported on this Windows (${generation}): ask Microsoft support.`, ...notTold],
    evidence: [...(verdict.evidence ?? []), evidenceOf(caption)],
  };
}

function build(given: Case): Verdict {
  const { seen } = given;
  const expected = `${firstBuildWithTokenEvents} or later`;
  const running = runningBuild(seen);
  if (running.state !== "present") {
    return notKnown(running, expected, [
      "Look at the version of Microsoft.ResourceManagement.Service.exe on the server: its properties, Details.",
    ]);
  }
  const { version, from } = running.value;
  const isServicePack3 = compareVersions(version, lastBuildOfServicePack2) > 0;
  const actual =
    from === "file"
      ? `${version}${isServicePack3 ? " (Service Pack 3)" : ""}`
      : `${version} (the installed product's version; the program's own could not be read)`;
  const verdict = {
    actual,
    expected,
    evidence: [evidenceOf(running, () => version)],
    sources: ["versionHistory"] as const,
  };
  if (isServicePack3) return servicePack3(given, verdict);
  if (compareVersions(version, firstBuildWithTokenEvents) >= 0) {
    return { ...verdict, status: "done", advice: [aboutServicePack3] };
  }
  if (compareVersions(version, firstBuild) < 0) {
    return {
      ...verdict,
      status: "action",
      advice: [
        `Application Context Authentication needs build ${firstBuild} or later. Install the last hotfix of SP2, 4.6.673.0.`,
        "Check again afterwards: a hotfix can clear the mail values.",
      ],
    };
  }
  const advice = ["Token errors are not in the event log before build 4.6.607.0. Install a later hotfix to see them."];
  if (compareVersions(version, supersededBuild) === 0) advice.unshift("Build 4.6.530.0 was superseded by 4.6.531.0.");
  return { ...verdict, status: "attention", advice };
}

/**
 * Told in public of one server. Microsoft's page describes it for stored passwords alone; the encrypted values are
 * DPAPI's, made as the account the service runs as, on this server.
 */
const withoutMedia = [
  "No media in time? One administrator told of a way without it: encrypt the client secret in a PowerShell that runs as the service account on this server, as Microsoft's script for stored passwords does, set the values of the application under the service's registry key, and restart the service.",
  "Microsoft describes that for passwords, not for an application. The assistant does not write these values; Verify shows whether a token came. Do Change mode when the media is there.",
] as const;

function media({ seen }: Case): Verdict {
  const expected = "The cached package and the folder it was installed from both exist";
  const found = mimProduct(seen);
  if (found.state === "absent") {
    return {
      status: "unknown",
      actual: "No product was found, so its package cannot be looked up",
      expected,
      advice: ["Solve MIM Service and Portal first."],
      evidence: [evidenceOf(found)],
    };
  }
  if (found.state !== "present") return notKnown(found, expected);
  const packagePath = cachedPackage(seen, found.value);
  const sourcePath = installSource(seen, found.value);
  const cached = fileAt(seen, packagePath);
  const folder = fileAt(seen, sourcePath);
  const evidence = [
    evidenceOf(packagePath),
    evidenceOf(sourcePath),
    evidenceOf(cached, () => "exists"),
    evidenceOf(folder, () => "exists"),
  ];
  if (cached.state === "absent") {
    return {
      status: "action",
      actual: "The cached package is missing",
      expected,
      advice: [
        'Change mode will stop with "Insert Disk" or "Source file not found".',
        "Have the MIM media of exactly this baseline at hand, or put the package back under C:\\Windows\\Installer.",
        ...withoutMedia,
      ],
      evidence,
      sources: ["storedPasswords"],
    };
  }
  const unknown = firstUnknown(cached, folder);
  if (unknown !== null) return notKnown(unknown, expected, [], evidence);
  if (folder.state === "absent") {
    return {
      status: "attention",
      actual: "The folder the product was installed from is missing",
      expected,
      advice: ["Change mode usually manages with the cached package. Have the MIM media at hand in case it asks."],
      evidence,
    };
  }
  return { status: "done", actual: "Both exist", expected, evidence };
}

function service({ seen }: Case): Verdict {
  const expected = "Running";
  const state = mimService(seen);
  if (isUnknown(state)) return notKnown(state, expected);
  if (state.state === "absent") {
    return {
      status: "action",
      actual: "There is no service FIMService",
      expected,
      advice: ["Install the MIM Service, or run the assistant on the server that has it."],
      evidence: [evidenceOf(state)],
    };
  }
  const evidence = [evidenceOf(state, ({ status }) => status)];
  if (state.value.status.toLowerCase() === "running") return { status: "done", actual: "Running", expected, evidence };
  return {
    status: "attention",
    actual: `The service is ${state.value.status}`,
    expected,
    advice: [
      ...algorithmAdvice(seen),
      "Start the Forefront Identity Manager Service. Mail is sent only while it runs.",
    ],
    evidence,
  };
}

function pendingRestart({ seen }: Case): Verdict {
  const expected = "Nothing waits for a restart";
  const evidence = restartSigns(seen).map((sign) => evidenceOf(sign, () => "present"));
  const pending = restartPending(seen);
  const run = lastInstallerRun(seen);
  const askedByRun = run !== null && asksForRestart(run.exitCode);
  const started = knownValue(windowsStart(seen));
  const since = run?.endedAt ?? run?.startedAt;
  const restarted =
    started !== null && since !== null && since !== undefined && Date.parse(started) > Date.parse(since);
  const advice = [
    "Restart Windows at a quiet time before Change mode; an installer may refuse or fail while a restart is pending.",
  ];
  if (pending.state === "present")
    return { status: "attention", actual: "Windows waits for a restart", expected, advice, evidence };
  if (askedByRun && !restarted) {
    return {
      status: "attention",
      actual: `The last installer run asked for a restart (exit code ${run.exitCode})`,
      expected,
      advice: ["Restart Windows at a quiet time; the changes take effect then."],
      evidence,
    };
  }
  if (isUnknown(pending)) return notKnown(pending, expected, [], evidence);
  return { status: "done", actual: "Nothing waits", expected, evidence };
}

function backup({ target }: Case): Verdict {
  const expected = "You have a backup of the databases and of this server";
  if (isConfirmed(target.backupConfirmed)) return { status: "done", actual: "Confirmed", expected };
  return {
    status: "pending",
    actual: "Not confirmed yet",
    expected,
    advice: [
      "Back up the FIMService database and take a snapshot or backup of this server.",
      "The assistant copies the service's configuration file itself before Change mode.",
    ],
  };
}

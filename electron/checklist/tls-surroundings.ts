import { cipherSuites } from "../facts/cipher-suites.ts";
import { hasDotnetUpdate, installedUpdates, neededDotnetUpdate } from "../facts/dotnet-update.ts";
import { accessToken } from "../facts/token.ts";
import { windowsCaption } from "../facts/windows.ts";
import { type Case, evidenceOf, notApplicable, notKnown, type Verdict } from "./rule.ts";

/** Whether a cipher suite is left that Microsoft's hosts take. */
export function ciphers({ seen }: Case): Verdict {
  const expected = "At least one TLS 1.2 cipher suite that Microsoft's hosts take";
  const suites = cipherSuites(seen);
  if (suites.state === "notRecorded") return notApplicable("The cipher suites were not recorded");
  if (suites.state === "unreadable") return notKnown(suites.fact, expected);
  const { left, order, turnedOff } = suites;
  const evidence = [
    { address: "Order of cipher suites", value: order },
    ...turnedOff.map((address) => ({ address: `${address}\\Enabled`, value: "0" })),
    { address: "Usable with Microsoft's hosts", value: left.join(", ") || "none" },
  ];
  const sources = ["manageTls", "tlsRegistry"] as const;
  if (left.length > 0) {
    return { status: "done", actual: `${left.length} usable, by ${order}`, expected, evidence, sources };
  }
  return {
    status: "action",
    actual: `None is left, by ${order}${turnedOff.length > 0 ? ` and by ${turnedOff.length} parts that are turned off` : ""}`,
    expected,
    advice: [
      "Put TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 into the order (on Windows Server 2012 R2 and older TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P384 and TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256_P256), in the policy SSL Cipher Suite Order where one holds.",
      ...(turnedOff.length > 0
        ? [`Take the value Enabled 0 away under ${turnedOff.join(", ")}: without these parts no such suite works.`]
        : []),
      "Then restart Windows.",
    ],
    evidence,
    sources,
  };
}

/** Whether .NET Framework 3.5 can follow Windows' TLS versions, on the Windows that needs an update for it. */
export function dotnetUpdate({ seen }: Case): Verdict {
  const update = neededDotnetUpdate(seen);
  if (update === null) return notApplicable("Needed on Windows Server 2012 and 2012 R2 only");
  const expected = `${update}, or a later update of .NET Framework 3.5`;
  const has = hasDotnetUpdate(seen, update);
  if (has.state === "notRecorded" || has.state === "absent")
    return notApplicable("The updates of Windows were not recorded");
  if (has.state === "unreadable") return notKnown(has, expected);
  const evidence = [
    evidenceOf(windowsCaption(seen)),
    evidenceOf(
      installedUpdates(seen),
      (items) => `${items.length} listed, ${has.value ? "with" : "without"} ${update}`,
    ),
  ];
  const sources = ["tlsOnly", "dotnetUpdate"] as const;
  if (has.value) return { status: "done", actual: `${update} is installed`, expected, evidence, sources };
  // A later update replaces it in the list; a token shows that the service's .NET speaks TLS 1.2.
  if (accessToken(seen).state === "present") {
    const actual = `${update} is not listed, but the service got a token, so its .NET Framework speaks TLS 1.2`;
    return { status: "done", actual, expected, evidence, sources };
  }
  return {
    status: "action",
    actual: `${update} is not listed among the updates of Windows`,
    expected,
    advice: [
      `Without it .NET Framework 3.5 does not look at SystemDefaultTlsVersions, whatever it is set to. Install ${update}, or the latest update of .NET Framework 3.5, which holds it; then restart Windows.`,
      "A later update may stand in the list under another number: when one is installed, accept this finding.",
    ],
    evidence,
    sources,
  };
}

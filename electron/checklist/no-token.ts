import type { Evidence } from "../contract/checklist.ts";
import { neededDotnetUpdate } from "../facts/dotnet-update.ts";
import { lastInstallerRun, lastTlsChange } from "../facts/history.ts";
import { mimService } from "../facts/service.ts";
import { serviceProxy } from "../facts/service-settings.ts";
import { netState, protocolState } from "../facts/tls.ts";
import { windowsStart } from "../facts/windows.ts";
import { knownValue } from "../recording/fact.ts";
import type { Case } from "./rule.ts";
import { ciphers, dotnetUpdate } from "./tls-surroundings.ts";

/** One cause that is left: what to do about it, or why it is not it. */
interface Suspect {
  readonly name: string;
  /** `cause`: what was found makes it one; `open`: it could not be looked at here; `out`: it was looked at and is not it. */
  readonly state: "cause" | "open" | "out";
  readonly says: string;
}

/** The TLS values that mail needs and that are not as needed, by the names a person reads. */
function wrongTlsValues({ seen }: Case): string[] {
  return [
    ...(protocolState(seen, "1.2", "Client").effect === "on" ? [] : ["TLS 1.2 client"]),
    ...(netState(seen, "v2", "64").set === true ? [] : [".NET Framework 2.x, 64-bit programs"]),
  ];
}

/**
 * What to look at when the service cannot sign in, in order: TLS while a value that mail needs is not right, and else what
 * is left, with what was found of each. What was looked at and is not the cause is left out: see {@link ruledOut}.
 */
export function whatIsLeft(given: Case): string[] {
  const wrong = wrongTlsValues(given);
  if (wrong.length > 0) {
    return [`Solve TLS first: ${wrong.join(" and ")}. Then look at the sign-in on Azure IDs.`];
  }
  const left = suspects(given).filter(({ state }) => state !== "out");
  const ordered = [...left.filter(({ state }) => state === "cause"), ...left.filter(({ state }) => state === "open")];
  return [
    "The TLS values that mail needs are right. What is left:",
    ...ordered.map(({ name, says }) => `${name}: ${says}`),
  ];
}

/** What was looked at and is not the cause, as evidence; nothing while TLS itself is not right. */
export function ruledOut(given: Case): Evidence[] {
  if (wrongTlsValues(given).length > 0) return [];
  return suspects(given)
    .filter(({ state }) => state === "out")
    .map(({ name, says }) => ({ address: `Not the cause: ${name}`, value: says }));
}

function suspects(given: Case): Suspect[] {
  return [
    restart(given),
    ...fromVerdict(
      "Update of .NET Framework 3.5",
      dotnetUpdate(given),
      neededDotnetUpdate(given.seen) !== null,
      "look whether KB3154519 (Windows Server 2012) or KB3154520 (2012 R2), or a later update of .NET Framework 3.5, is installed: without it the TLS values are not looked at.",
    ),
    proxy(given),
    ...fromVerdict(
      "Cipher suites",
      ciphers(given),
      true,
      "look whether an order of suites by policy, or SCHANNEL's Ciphers, Hashes and KeyExchangeAlgorithms, leave one that Microsoft takes.",
    ),
    secret(given),
    {
      name: "Clock",
      state: "open",
      says: "compare this server's time with the real one: w32tm /query /status. A token is refused when they differ by more than five minutes.",
    },
  ];
}

function restart({ seen }: Case): Suspect {
  const name = "Restart since the change";
  const changed = lastTlsChange(seen);
  const started = knownValue(windowsStart(seen));
  const service = mimService(seen);
  const serviceStart = service.state === "present" ? service.value.startedAt : null;
  if (changed === null) {
    return {
      name,
      state: "open",
      says: "the assistant changed no TLS value here; if they were set by hand, restart Windows once since.",
    };
  }
  const isAfter = (moment: string | null | undefined): boolean => Date.parse(moment ?? "") > Date.parse(changed);
  if (isAfter(started) && isAfter(serviceStart)) {
    return { name, state: "out", says: `Windows and the service started after the last change (${changed})` };
  }
  return {
    name,
    state: "cause",
    says: `TLS values were changed at ${changed}, and not all started since. Restart Windows.`,
  };
}

function proxy({ seen }: Case): Suspect {
  const name = "The service's proxy";
  const found = serviceProxy(seen);
  if (found.state !== "present") {
    return { name, state: "open", says: "look for <defaultProxy> in the service's configuration." };
  }
  switch (found.value.kind) {
    case "off":
      return {
        name,
        state: "cause",
        says: 'the service\'s configuration turns it off (<defaultProxy enabled="false">). Where this server reaches the Internet through a proxy only, take that away or name the proxy there.',
      };
    case "own":
      return {
        name,
        state: "open",
        says: `the service's configuration names ${found.value.address}. See that login.microsoftonline.com and outlook.office365.com go through it without a sign-in.`,
      };
    case "account":
      return {
        name,
        state: "open",
        says: "the service's configuration has no <defaultProxy>: it takes the proxy of the service account, not yours and not that of WinHTTP. Look at the account's Internet settings (its hive under HKU, Internet Settings), or name the proxy in the configuration.",
      };
  }
}

function secret({ seen }: Case): Suspect {
  const name = "A secret newer in Entra than on the server";
  const run = lastInstallerRun(seen);
  const told =
    run === null
      ? "no run of Change mode is known here"
      : `the last run of Change mode was at ${run.endedAt ?? run.startedAt ?? "a time not known"}`;
  const works = seen.recording.cloud?.signIn?.ok === true;
  return {
    name,
    state: "open",
    says: `${told}. ${works ? "The check of Microsoft's cloud could sign in with the secret that was typed there; the server's own may be an older one. " : ""}Compare it with the secret's start date in Entra; when that is later, run Change mode with the new Value.`,
  };
}

function fromVerdict(
  name: string,
  { status, actual }: { readonly status: string; readonly actual: string },
  matters: boolean,
  toLook: string,
): Suspect[] {
  if (!matters) return [];
  if (status === "action") return [{ name, state: "cause", says: `${actual}. See TLS and strong cryptography.` }];
  if (status === "done") return [{ name, state: "out", says: actual }];
  return [{ name, state: "open", says: toLook }];
}

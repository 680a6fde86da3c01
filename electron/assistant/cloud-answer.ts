import { inWords, networkFailure } from "../checklist/network-failures.ts";
import { offsetInWords } from "../cloud/clock.ts";
import type { CloudResult } from "../cloud/cloud-check.ts";
import type { Finding, FindingId } from "../contract/checklist.ts";
import type { CloudAnswer, CloudRow } from "../contract/cloud.ts";
import { findingIn } from "../contract/findings.ts";
import { tlsVersionInWords } from "../facts/tls-version.ts";
import type { ProbedHost, WindowsProbe } from "../server/server.ts";
import type { CloudChecked } from "./cloud.ts";

/** What Windows' own way gave; on a server that is not this computer's there is none, for the reason given. */
export type WindowsWay = WindowsProbe | { readonly notApplicable: string };

/**
 * A check as its rows. What a row says of Microsoft's answer is what the checklist says of it, so that the two never
 * differ.
 */
export function cloudAnswer({ result, checklist, windows }: CloudChecked): CloudAnswer {
  const finding = (id: FindingId): Finding => {
    const found = findingIn(checklist, id);
    if (found === undefined) throw new Error(`the checklist has no ${id}`);
    return found;
  };
  return {
    at: result.check.at,
    rows: [
      signInRow(result, finding("azure.signIn")),
      roleRow(result, finding("azure.role")),
      mailboxRow(result, finding("azure.ews")),
      clockRow(result),
      windowsRow(windows),
    ],
    routes: result.routes.map((route) => ({ ...route })),
  };
}

type Detail = CloudRow["details"][number];

/** Details with the values that are known. */
function details(...known: readonly (readonly [string, string | null | undefined])[]): Detail[] {
  return known.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function fromFinding(
  id: CloudRow["id"],
  { status, title, actual, advice }: Finding,
  more: Pick<CloudRow, "code" | "details">,
): CloudRow {
  const isSettled = status === "done" || status === "notApplicable";
  return { id, status, title, text: actual, cure: isSettled ? [] : [...advice], ...more };
}

function signInRow({ signIn }: CloudResult, finding: Finding): CloudRow {
  return signIn.ok
    ? fromFinding("signIn", finding, { code: null, details: details(["Token valid until", signIn.expiresAt]) })
    : fromFinding("signIn", finding, {
        code: signIn.code,
        details: details(["Seen", signIn.detail], ["Trace ID", signIn.traceId]),
      });
}

const mendSignIn = ["Mend the sign-in first, then check again."];

function roleRow({ signIn }: CloudResult, finding: Finding): CloudRow {
  if (!signIn.ok) {
    return { ...fromFinding("role", finding, { code: null, details: [] }), cure: mendSignIn };
  }
  const roles = signIn.roles === null ? "the token does not say" : signIn.roles.join(", ") || "none";
  const code = finding.status === "action" ? "role.missing" : null;
  return fromFinding("role", finding, { code, details: details(["Roles in the token", roles]) });
}

function mailboxRow({ signIn, ews, question }: CloudResult, finding: Finding): CloudRow {
  const row = fromFinding("mailbox", finding, { code: null, details: details(["Mailbox", question.mailbox]) });
  if (!signIn.ok) return { ...row, text: "Not asked: there is no token", cure: mendSignIn };
  if (ews === null) {
    return {
      ...row,
      text: "Not asked: the service's e-mail address is not known",
      cure: ["Enter it under Service account, then check again."],
    };
  }
  if (ews.ok) return row;
  return {
    ...row,
    code: ews.code,
    details: details(["Mailbox", question.mailbox], ["Answer", ews.detail], ["Request ID", ews.requestId]),
  };
}

type RowHead = Pick<CloudRow, "id" | "title">;

function rowOf(
  head: RowHead,
  status: CloudRow["status"],
  text: string,
  { code = null, cure = [], details = [] }: Partial<Pick<CloudRow, "code" | "cure" | "details">> = {},
): CloudRow {
  return { ...head, status, text, code, cure, details };
}

function clockRow({ clock, signIn, ews }: CloudResult): CloudRow {
  const head: RowHead = { id: "clock", title: "Clock of this computer" };
  const failure = networkFailure("network.clock");
  const isRefused = [signIn, ews].some((part) => part?.ok === false && part.code === "network.clock");
  if (clock?.isWrong || isRefused) {
    const seen = clock?.isWrong ? offsetInWords(clock) : null;
    const text = failure === null ? "This computer's clock is wrong" : inWords({ ...failure, detail: seen });
    // A clock that is wrong but was let pass is a risk; one that Microsoft refused has to be set.
    return rowOf(head, isRefused ? "action" : "attention", text, {
      code: "network.clock",
      cure: failure === null ? [] : [failure.cure],
      details: details(["Against Microsoft's clock", seen]),
    });
  }
  if (clock === null) {
    const cure = ["It is compared as soon as Microsoft's hosts answer."];
    return rowOf(head, "unknown", "No answer of Microsoft told the time", { cure });
  }
  const against = details(["Against Microsoft's clock", `${clock.seconds} s`]);
  return rowOf(head, "done", "Within five minutes of Microsoft's clock", { details: against });
}

/** What Windows' own way proves, and what not: on which runtime it went. */
const provesWindows =
  "This is SCHANNEL and .NET Framework 4. MIM's service runs on CLR 2.0, which has settings of its own: see TLS and strong cryptography, .NET 2.x, 64-bit.";

/** The row of Windows' own way to Microsoft's hosts. */
export function windowsRow(windows: WindowsWay): CloudRow {
  const head: RowHead = { id: "windows", title: "Windows' own way (SCHANNEL and .NET Framework)" };
  if ("notApplicable" in windows) return rowOf(head, "notApplicable", windows.notApplicable);
  if (!windows.ok) {
    return rowOf(head, "unknown", `Windows PowerShell could not be asked: ${windows.reason}`, {
      cure: ["Let Windows PowerShell run on this server, or try Microsoft's hosts from the service's account by hand."],
    });
  }
  const ranOn = `Windows PowerShell ${windows.powershell}, CLR ${windows.clr}`;
  const hosts = windows.hosts.map((host) => [host.host, hostInWords(host)] as const);
  const shown = details(...hosts, ["Ran on", ranOn]);
  const failed = windows.hosts.find(({ ok }) => !ok);
  if (failed === undefined) {
    const text = `Windows reached Microsoft's hosts and trusts them. ${provesWindows}`;
    return rowOf(head, "done", text, { details: shown });
  }
  const failure = networkFailure(failed.code ?? "network.unreachable");
  const tls =
    failed.code === "network.tls" ? ["See TLS and strong cryptography: TLS 1.2 for the client, and .NET."] : [];
  const detail = [failed.host, failed.reason].filter((part) => part !== null).join(": ");
  const text = failure === null ? `Windows did not reach ${failed.host}` : inWords({ ...failure, detail });
  return rowOf(head, "action", text, {
    code: failed.code,
    cure: [...tls, ...(failure === null ? [] : [failure.cure])],
    details: shown,
  });
}

function hostInWords({ ok, status, tls, issuer, proxy, reason }: ProbedHost): string {
  const parts = [
    ok ? `answered HTTP ${status ?? "without a status"}` : (reason ?? "no answer"),
    tls === null ? null : tlsVersionInWords(tls),
    issuer === null ? null : `certificate of ${issuer}`,
    proxy === null ? "directly" : `through the proxy ${proxy}`,
  ];
  return parts.filter((part) => part !== null).join("; ");
}

import { InputProblem } from "../../recording/input-problem.ts";

/**
 * Why another computer gave no recording, by the first part of PowerShell's error id, which no language of Windows
 * changes. Source: PowerShell's WSManTransportManagerUtils, looked at on 2026-11-27; ids that begin with MimMail are of
 * the product's own scripts.
 */
const codes: Readonly<Record<string, RemoteFault>> = {
  NetworkPathNotFound: "notFound",
  ComputerNotFound: "notFound",
  TargetUnknown: "notFound",
  CannotConnect: "unreachable",
  CannotConnectWinRMService: "unreachable",
  WinRMHttpError: "unreachable",
  URLNotAvailable: "unreachable",
  RemoteConnectionDisallowed: "unreachable",
  ShutDownInProgress: "unreachable",
  AccessDenied: "denied",
  LogonFailure: "denied",
  RemoteSessionDisallowed: "denied",
  ServerNotTrusted: "noTrust",
  WorkgroupCannotUseKerberos: "noTrust",
  ClientKerberosDisabled: "noTrust",
  ExplicitCredentialsRequired: "noTrust",
  InvalidAuthentication: "noTrust",
  AuthenticationFailed: "noTrust",
  CannotUseIPAddress: "noTrust",
  WinRMOperationTimeout: "timeLimit",
  WinRMOperationAborted: "timeLimit",
  IncorrectProtocolVersion: "tooOld",
  WinRMOperationNotSupportedOnServer: "tooOld",
  InvalidResourceUri: "tooOld",
  MimMailLanguageMode: "languageMode",
  MimMailBitness: "otherSession",
  MimMailAnswer: "answer",
};

export type RemoteFault =
  | "notFound"
  | "unreachable"
  | "denied"
  | "noTrust"
  | "timeLimit"
  | "tooOld"
  | "languageMode"
  | "otherSession"
  | "answer"
  | "other";

/** What is wrong, by PowerShell's whole error id: `AccessDenied,PSSessionStateBroken`. */
export function faultOf(errorId: string): RemoteFault {
  const [first = ""] = errorId.split(",", 1);
  return Object.hasOwn(codes, first) ? (codes[first] ?? "other") : "other";
}

const problem = (code: string, what: string, where: string, cure: string): InputProblem =>
  new InputProblem(code, what, where, cure);

/** The problem a person is told, one for each fault. `said`: what Windows said, on one line. */
export const remoteProblems: Readonly<Record<RemoteFault, (where: string, said: string) => InputProblem>> = {
  notFound: (where) =>
    problem(
      "remote-not-found",
      "no computer of this name was found",
      where,
      "Check the name, and that this computer's DNS knows it: Resolve-DnsName tells.",
    ),
  unreachable: (where) =>
    problem(
      "remote-unreachable",
      "the computer does not answer to PowerShell remoting",
      where,
      "Is it on? There, run Enable-PSRemoting (or winrm quickconfig) in an elevated PowerShell, and let TCP 5985 through its firewall from here. Test-WSMan with its name tells when it answers.",
    ),
  denied: (where) =>
    problem(
      "remote-denied",
      "your account may not look at this computer",
      where,
      "Sign in here with an account that is an administrator there (its group Remote Management Users is not enough to read everything), and run it again.",
    ),
  noTrust: (where) =>
    problem(
      "remote-no-trust",
      "Windows cannot prove the two computers to each other: they share no domain, or no domain controller answered",
      where,
      "Run it as a domain account on a computer of the same or a trusted domain, and name the server by its domain name. Otherwise run mim-mail collect there and open the recording here; TrustedHosts would need a password, which this program never asks for.",
    ),
  timeLimit: (where) =>
    problem(
      "remote-time-limit",
      "the computer did not answer in time",
      where,
      "Check again when it is less busy, or run mim-mail collect there.",
    ),
  tooOld: (where, said) =>
    problem(
      "remote-too-old",
      `the computer does not know PowerShell remoting as it is used here: ${said}`,
      where,
      "It needs Windows PowerShell 5.1 with its usual session configuration (Microsoft.PowerShell). Otherwise run mim-mail collect there.",
    ),
  languageMode: (where) =>
    problem(
      "remote-language-mode",
      "PowerShell runs in Constrained Language Mode there, which cannot read the registry",
      where,
      "Run mim-mail collect on that server and open the recording here, or let its application control allow collect.ps1 by its hash or a signature.",
    ),
  otherSession: (where) =>
    problem(
      "remote-session",
      "the computer answers with a 32-bit PowerShell, which reads other registry keys",
      where,
      "Set its usual session configuration (Microsoft.PowerShell) back to 64-bit, or run mim-mail collect there.",
    ),
  answer: (where, said) =>
    problem(
      "remote-answer",
      `what came back is no recording: ${said}`,
      where,
      "Something else answers there in collect.ps1's place. Run mim-mail collect on that server and look at what it writes.",
    ),
  other: (where, said) =>
    problem(
      "remote-failed",
      `PowerShell remoting failed: ${said}`,
      where,
      "Try Invoke-Command with this name in a PowerShell here: what it says there is to be mended first.",
    ),
};

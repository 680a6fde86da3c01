import { capitalized } from "../contract/capitalized.ts";
import { codeIn, type NetworkCode } from "../facts/cloud.ts";

/** Why no answer came from Microsoft's cloud, and what to do. */
export interface NetworkFailure {
  readonly meaning: string;
  readonly cure: string;
  /** Which host, or what was seen; null when nothing more is known. */
  readonly detail: string | null;
}

const failures: Readonly<Record<NetworkCode, Omit<NetworkFailure, "detail">>> = {
  "network.dns": {
    meaning: "the name of Microsoft's host could not be looked up",
    cure: "Let this computer's DNS answer for that name, or set the proxy that looks names up.",
  },
  "network.unreachable": {
    meaning: "Microsoft's host cannot be reached",
    cure: "Allow TCP port 443 to that host in the firewall, or set the proxy to go through.",
  },
  "network.proxyUnreachable": {
    meaning: "the proxy cannot be reached",
    cure: "Check the proxy's name and port where it is set, and that this computer may connect to it.",
  },
  "network.proxySignIn": {
    meaning: "the proxy wants a sign-in (407)",
    cure: "Let the proxy pass Microsoft's hosts without a sign-in for this computer; the service needs the same. A name and password in HTTPS_PROXY are sent as Basic, and serve this check alone.",
  },
  "network.proxyRefused": {
    meaning: "the proxy refused the connection",
    cure: "Allow Microsoft's host and port 443 in the proxy.",
  },
  "network.certificate": {
    meaning: "the certificate is not Microsoft's, or its issuer is not trusted here: something between opens TLS",
    cure: "Exempt Microsoft's hosts from TLS inspection, or trust the inspecting proxy's authority on this computer (on the command line, for this check alone: NODE_EXTRA_CA_CERTS). If its time is what is wrong (CERT_HAS_EXPIRED, ERR_CERT_DATE_INVALID), check this computer's clock first.",
  },
  "network.tls": {
    meaning: "no secure connection could be agreed on",
    cure: "Check that nothing between blocks TLS 1.2 or 1.3, and that the proxy setting names the right port.",
  },
  "network.clock": {
    meaning: "this computer's clock is wrong by more than five minutes",
    cure: "Set the clock and its time zone, or repair the time service: w32tm /resync. Tokens and certificates are valid for a time.",
  },
  "network.timeLimit": {
    meaning: "no answer came in time",
    cure: "Check again. If it stays so, look for a firewall that drops what goes to Microsoft's host on port 443.",
  },
  "network.notMicrosoft": {
    meaning: "something answered that is not Microsoft's service",
    cure: "Look for a proxy or a sign-in page of the network that answers in its place, and let it pass Microsoft's hosts.",
  },
};

/** What an error of the cloud check says of the network; null when Microsoft itself refused. */
export function networkFailure(error: string): NetworkFailure | null {
  const found = codeIn(error);
  if (found === null || !(found.code in failures)) return null;
  return { ...failures[found.code as NetworkCode], detail: found.detail };
}

/** A failure as one sentence: its meaning, with what was seen behind it. */
export function inWords({ meaning, detail }: Pick<NetworkFailure, "meaning" | "detail">): string {
  const sentence = capitalized(meaning);
  return detail === null ? sentence : `${sentence} (${detail})`;
}

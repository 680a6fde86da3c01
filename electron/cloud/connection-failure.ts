import type { NetworkCode } from "../facts/cloud.ts";
import { ConnectionFailure } from "./http.ts";

/**
 * What Node's codes mean here. Sources: https://nodejs.org/api/errors.html#common-system-errors and
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const codes: Readonly<Record<string, NetworkCode>> = {
  ENOTFOUND: "network.dns",
  EAI_AGAIN: "network.dns",
  EAI_FAIL: "network.dns",
  EAI_NODATA: "network.dns",
  EAI_NONAME: "network.dns",
  ECONNREFUSED: "network.unreachable",
  ECONNRESET: "network.unreachable",
  ECONNABORTED: "network.unreachable",
  EHOSTUNREACH: "network.unreachable",
  EHOSTDOWN: "network.unreachable",
  ENETUNREACH: "network.unreachable",
  ENETDOWN: "network.unreachable",
  EADDRNOTAVAIL: "network.unreachable",
  EACCES: "network.unreachable",
  EPERM: "network.unreachable",
  EPIPE: "network.unreachable",
  ETIMEDOUT: "network.unreachable",
  // Behind a proxy that opens TLS, the certificate is the proxy's own: its issuer is not known here.
  UNABLE_TO_GET_ISSUER_CERT: "network.certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "network.certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "network.certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "network.certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "network.certificate",
  CERT_UNTRUSTED: "network.certificate",
  CERT_REJECTED: "network.certificate",
  CERT_REVOKED: "network.certificate",
  CERT_SIGNATURE_FAILURE: "network.certificate",
  CERT_HAS_EXPIRED: "network.certificate",
  INVALID_CA: "network.certificate",
  INVALID_PURPOSE: "network.certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "network.certificate",
  // A certificate of Microsoft is never from the future: the clock is in the past.
  CERT_NOT_YET_VALID: "network.clock",
  EPROTO: "network.tls",
};

/**
 * What Chromium's codes mean here, without their `net::`. Source:
 * https://source.chromium.org/chromium/chromium/src/+/main:net/base/net_error_list.h
 */
const chromiumCodes: Readonly<Record<string, NetworkCode>> = {
  ERR_NAME_NOT_RESOLVED: "network.dns",
  ERR_NAME_RESOLUTION_FAILED: "network.dns",
  ERR_DNS_TIMED_OUT: "network.dns",
  ERR_DNS_SERVER_FAILED: "network.dns",
  ERR_DNS_MALFORMED_RESPONSE: "network.dns",
  ERR_DNS_SECURE_RESOLVER_HOSTNAME_RESOLUTION_FAILED: "network.dns",
  ERR_ICANN_NAME_COLLISION: "network.dns",
  ERR_INTERNET_DISCONNECTED: "network.unreachable",
  ERR_ADDRESS_UNREACHABLE: "network.unreachable",
  ERR_ADDRESS_INVALID: "network.unreachable",
  ERR_CONNECTION_REFUSED: "network.unreachable",
  ERR_CONNECTION_RESET: "network.unreachable",
  ERR_CONNECTION_CLOSED: "network.unreachable",
  ERR_CONNECTION_ABORTED: "network.unreachable",
  ERR_CONNECTION_FAILED: "network.unreachable",
  ERR_CONNECTION_TIMED_OUT: "network.unreachable",
  ERR_TIMED_OUT: "network.timeLimit",
  ERR_EMPTY_RESPONSE: "network.unreachable",
  ERR_NETWORK_ACCESS_DENIED: "network.unreachable",
  ERR_NETWORK_CHANGED: "network.unreachable",
  ERR_PROXY_CONNECTION_FAILED: "network.proxyUnreachable",
  ERR_SOCKS_CONNECTION_FAILED: "network.proxyUnreachable",
  ERR_NO_SUPPORTED_PROXIES: "network.proxyUnreachable",
  ERR_PAC_SCRIPT_FAILED: "network.proxyUnreachable",
  ERR_MANDATORY_PROXY_CONFIGURATION_FAILED: "network.proxyUnreachable",
  ERR_PROXY_AUTH_REQUESTED: "network.proxySignIn",
  ERR_PROXY_AUTH_REQUESTED_WITH_NO_CONNECTION: "network.proxySignIn",
  ERR_PROXY_AUTH_UNSUPPORTED: "network.proxySignIn",
  ERR_TUNNEL_CONNECTION_FAILED: "network.proxyRefused",
  ERR_PROXY_CERTIFICATE_INVALID: "network.certificate",
  ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN: "network.certificate",
  ERR_INVALID_HTTP_RESPONSE: "network.notMicrosoft",
  ERR_INVALID_REDIRECT: "network.notMicrosoft",
  // This program's own, for more than is read.
  ERR_ANSWER_TOO_LARGE: "network.notMicrosoft",
};

function meaningOf(code: string): NetworkCode {
  const known = codes[code] ?? chromiumCodes[code];
  if (known !== undefined) return known;
  if (/^ERR_CERT_/.test(code)) return "network.certificate";
  return /^ERR_SSL_|^ERR_TLS_|^ERR_BAD_SSL_/.test(code) ? "network.tls" : "network.unreachable";
}

/** Why a connection failed, from whatever Node or Chromium threw. Nothing of the error's own text is taken over. */
export function connectionFailureOf(
  error: unknown,
  host: string,
  { isProxy = false }: { readonly isProxy?: boolean } = {},
): ConnectionFailure {
  if (error instanceof ConnectionFailure) return error;
  const code = codeOf(error);
  const known = meaningOf(code);
  const what = isProxy ? `the proxy ${host}` : host;
  const away = known === "network.dns" || known === "network.unreachable";
  return new ConnectionFailure(isProxy && away ? "network.proxyUnreachable" : known, `${what}: ${code}`);
}

/** Whether an error carries a code that a network stack gives. */
export function hasNetworkCode(error: unknown): boolean {
  return codeOf(error) !== "no code";
}

function codeOf(error: unknown): string {
  // Tries of several addresses come as one error that holds the others.
  const one = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const code = (one as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "no code";
}

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

/** Why a connection failed, from whatever Node threw. Nothing of the error's own text is taken over. */
export function connectionFailureOf(
  error: unknown,
  host: string,
  { isProxy = false }: { readonly isProxy?: boolean } = {},
): ConnectionFailure {
  if (error instanceof ConnectionFailure) return error;
  const code = codeOf(error);
  const known = codes[code] ?? (/^ERR_SSL_|^ERR_TLS_/.test(code) ? "network.tls" : "network.unreachable");
  const what = isProxy ? `the proxy ${host}` : host;
  const away = known === "network.dns" || known === "network.unreachable";
  return new ConnectionFailure(isProxy && away ? "network.proxyUnreachable" : known, `${what}: ${code}`);
}

function codeOf(error: unknown): string {
  // Tries of several addresses come as one error that holds the others.
  const one = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const code = (one as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code) ? code : "no code";
}

import type { NetworkCode } from "../facts/cloud.ts";

/** One request to one of Microsoft's hosts. */
export interface HttpRequest {
  readonly method: "POST";
  /** https only. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Ends the request; its reason is what the rejection carries when it is no time limit. */
  readonly signal: AbortSignal;
}

/** What came back, whatever its status. Redirects are answers too: they are never followed. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * The way to Microsoft's hosts: Node's own on the command line, Electron's network stack in the window. Rejects with a
 * ConnectionFailure when no answer came, and with the signal's reason when it was aborted.
 */
export interface HttpPort {
  readonly send: (request: HttpRequest) => Promise<HttpAnswer>;
  /** How a host is reached, in words a person reads: "directly", "through the proxy proxy.contoso.com:8080 (HTTPS_PROXY)". */
  readonly route: (url: string) => Promise<string>;
}

/** The largest answer that is read, in bytes; a token or a folder is a few thousand. */
export const answerSizeLimit = 1024 * 1024;

/** Why no answer came. The detail is one line without anything secret. */
export class ConnectionFailure extends Error {
  override readonly name = "ConnectionFailure";
  readonly code: NetworkCode;
  readonly detail: string;

  constructor(code: NetworkCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

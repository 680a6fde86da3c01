import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { ConnectionOptions, TLSSocket } from "node:tls";
import { connectionFailureOf } from "./connection-failure.ts";
import { answerSizeLimit, ConnectionFailure, type HttpAnswer, type HttpPort, type HttpRequest } from "./http.ts";
import type { HttpProxy } from "./proxy.ts";
import { type Route, routeTo, type SystemProxy } from "./system-proxy.ts";

export interface NodeHttpOptions {
  /** Where the proxy settings stand: HTTPS_PROXY, ALL_PROXY, NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What the operating system says of proxies, asked once, where the environment says nothing; null for nothing. */
  readonly systemProxy?: () => Promise<SystemProxy | null>;
  /** Certificates of authorities that are trusted instead of the usual ones, as PEM: for a stand-in in tests. */
  readonly authorities?: readonly string[];
  /** How names are looked up instead of through the system: for a stand-in in tests. */
  readonly lookup?: ConnectionOptions["lookup"];
}

/**
 * The way to Microsoft's hosts through Node's own network stack, directly or through the proxy of the environment or the system.
 * One connection a request, TLS 1.2 or later; a certificate that does not prove the host ends it, whatever the
 * environment says. Modules of Node are loaded at the first request, so that commands that send nothing start fast.
 */
export function nodeHttp({ environment, systemProxy, authorities, lookup }: NodeHttpOptions): HttpPort {
  let system: Promise<SystemProxy | null> | null = null;
  const routeOf = async (url: string): Promise<Route> => {
    system ??= systemProxy?.() ?? Promise.resolve(null);
    return routeTo(url, environment, await system);
  };
  return {
    route: async (url) => (await routeOf(url)).words,
    send: async (request) => {
      const url = new URL(request.url);
      if (url.protocol !== "https:") throw new Error("requests are sent over https only");
      const { proxy } = await untilAborted(request.signal, () => routeOf(request.url));
      const way = { url, proxy, authorities, lookup, signal: request.signal };
      const socket = await untilAborted(request.signal, () => connected(way));
      try {
        return await untilAborted(request.signal, () => exchange(socket, url, request));
      } finally {
        socket.destroy();
      }
    },
  };
}

interface Way {
  readonly url: URL;
  readonly proxy: HttpProxy | null;
  readonly authorities: readonly string[] | undefined;
  readonly lookup: ConnectionOptions["lookup"] | undefined;
  readonly signal: AbortSignal;
}

/** Rejects with the signal's reason as soon as it is aborted; the work itself is told by the signal as well. */
async function untilAborted<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    const running = work();
    // The one that loses the race must not become an error nobody caught.
    running.catch(() => {});
    return await Promise.race([running, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** A connection to the host that has proved who it is. */
async function connected(way: Way): Promise<TLSSocket> {
  const { url, proxy, lookup, signal } = way;
  const tls = await import("node:tls");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const tunnel = proxy === null ? null : await tunnelThrough(proxy, way);
  const socket = tls.connect({
    ...(tunnel === null ? { host, port: Number(url.port || 443), lookup } : { socket: tunnel }),
    // An address has no name to ask for.
    ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    minVersion: "TLSv1.2",
    // NODE_TLS_REJECT_UNAUTHORIZED must not be able to send a secret to a stranger.
    rejectUnauthorized: true,
    ca: trusted(tls, way.authorities),
  });
  const destroy = (): void => void socket.destroy();
  signal.addEventListener("abort", destroy, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("secureConnect", resolve);
      socket.once("error", reject);
      socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    });
    // From here on the request listens; an error between two listeners must not end the process.
    socket.on("error", () => {});
    return socket;
  } catch (error) {
    socket.on("error", () => {});
    socket.destroy();
    throw connectionFailureOf(error, host);
  }
}

/** What proves a host: Node's own list, NODE_EXTRA_CA_CERTS, and Windows' own store where Node can read it (22.15). */
function trusted(tls: typeof import("node:tls"), given: readonly string[] | undefined): string[] | undefined {
  if (given !== undefined) return [...given];
  if (typeof tls.getCACertificates !== "function") return undefined;
  return [...new Set([...tls.getCACertificates("default"), ...tls.getCACertificates("system")])];
}

/** The connection through a proxy, before TLS with the host behind it. */
async function tunnelThrough(proxy: HttpProxy, { url, authorities, signal }: Way): Promise<Socket> {
  const target = `${url.hostname}:${url.port || 443}`;
  const words = `${proxy.host}:${proxy.port}`;
  const request: ClientRequest = await connectRequest(proxy, target, authorities, signal);
  try {
    return await new Promise<Socket>((resolve, reject) => {
      request.once("connect", (answer: IncomingMessage, socket: Socket, early: Buffer) => {
        const { statusCode = 0 } = answer;
        if (statusCode === 200) {
          if (early.length > 0) socket.unshift(early);
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(proxyRefusal(statusCode, words));
      });
      // Some proxies answer a CONNECT they refuse like any other request.
      request.once("response", (answer) => {
        answer.resume();
        reject(proxyRefusal(answer.statusCode ?? 0, words));
      });
      request.once("error", (error) => reject(connectionFailureOf(error, proxy.host, { isProxy: true })));
      request.end();
    });
  } catch (error) {
    request.on("error", () => {});
    request.destroy();
    throw error;
  }
}

async function connectRequest(
  proxy: HttpProxy,
  target: string,
  authorities: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<ClientRequest> {
  const options = {
    host: proxy.host,
    port: proxy.port,
    method: "CONNECT",
    path: target,
    agent: false,
    signal,
    headers: {
      Host: target,
      ...(proxy.authorization === null ? {} : { "Proxy-Authorization": proxy.authorization.reveal() }),
    },
  } as const;
  if (!proxy.tls) return (await import("node:http")).request(options);
  const ca = trusted(await import("node:tls"), authorities);
  return (await import("node:https")).request({ ...options, rejectUnauthorized: true, ca });
}

function proxyRefusal(status: number, proxy: string): ConnectionFailure {
  return status === 407
    ? new ConnectionFailure("network.proxySignIn", `the proxy ${proxy} answered 407`)
    : new ConnectionFailure("network.proxyRefused", `the proxy ${proxy} answered ${status}`);
}

/** Sends the request on an open connection and reads the answer whole. */
async function exchange(socket: TLSSocket, url: URL, request: HttpRequest): Promise<HttpAnswer> {
  const { request: open } = await import("node:http");
  const body = Buffer.from(request.body, "utf8");
  return new Promise<HttpAnswer>((resolve, reject) => {
    const fail = (error: unknown): void => reject(connectionFailureOf(error, url.hostname));
    const sent = open({
      createConnection: () => socket,
      host: url.hostname,
      port: Number(url.port || 443),
      // An agent would open a connection of its own. The port of https is not named in the Host header.
      defaultPort: 443,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: {
        ...request.headers,
        "Content-Length": String(body.length),
        "Accept-Encoding": "identity",
        Connection: "close",
      },
      signal: request.signal,
    });
    sent.once("error", fail);
    sent.once("response", (answer) => {
      const pieces: Buffer[] = [];
      let size = 0;
      answer.once("error", fail);
      answer.once("aborted", () => fail(Object.assign(new Error("aborted"), { code: "ECONNRESET" })));
      answer.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size > answerSizeLimit) {
          reject(new ConnectionFailure("network.notMicrosoft", `${url.hostname} answered with more than 1 MB`));
          answer.destroy();
          return;
        }
        pieces.push(piece);
      });
      answer.once("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: headersOf(answer),
          body: Buffer.concat(pieces).toString("utf8"),
        }),
      );
    });
    sent.end(body);
  });
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

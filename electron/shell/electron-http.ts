import type { ClientRequest, IncomingMessage, Net, Session } from "electron";

/** One request to one of Microsoft's hosts; the form is the cloud check's own. */
interface Asked {
  readonly method: "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

interface Answered {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The window's way to Microsoft's hosts. Rejects with an error whose `code` is Chromium's, without its `net::`. */
export interface ElectronHttp {
  readonly send: (request: Asked) => Promise<Answered>;
  readonly route: (url: string) => Promise<string>;
}

/** The session of the cloud check: without `persist:` before it, all of it is in memory. */
export const cloudPartition = "mim-mail-cloud";

/** What Electron is asked for. */
export type ElectronNet = Pick<Net, "request">;
export type ElectronSessions = { readonly fromPartition: (name: string, options: { cache: boolean }) => Session };

/** The largest answer that is read, in bytes; a token or a folder is a few thousand. */
const answerSizeLimit = 1024 * 1024;

/** Headers that Chromium sets itself and refuses to be given. */
const ownHeaders = /^(content-length|host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|cookie2?)$/i;

/**
 * Microsoft's hosts through Electron's network stack, with the proxy and the trusted authorities of Windows. Its session
 * keeps nothing: no cookies, no cache, no credentials. A redirect is an answer and is never followed.
 * To be made before the app is ready; Electron is asked for the session at the first request.
 *
 * Source: https://www.electronjs.org/docs/latest/api/client-request
 */
export function createElectronHttp(net: ElectronNet, sessions: ElectronSessions): ElectronHttp {
  let made: Session | null = null;
  const session = (): Session => {
    made ??= sessions.fromPartition(cloudPartition, { cache: false });
    return made;
  };
  return {
    route: async (url) => routeInWords(await session().resolveProxy(url)),
    send: async (asked) => {
      if (new URL(asked.url).protocol !== "https:") throw new Error("requests are sent over https only");
      asked.signal.throwIfAborted();
      const request = net.request({
        method: asked.method,
        url: asked.url,
        session: session(),
        credentials: "omit",
        useSessionCookies: false,
        cache: "no-store",
        redirect: "manual",
        referrerPolicy: "no-referrer",
      });
      for (const [name, value] of Object.entries(asked.headers)) {
        if (!ownHeaders.test(name)) request.setHeader(name, value);
      }
      return answerTo(request, asked);
    },
  };
}

function answerTo(request: ClientRequest, { signal, body }: Asked): Promise<Answered> {
  return new Promise<Answered>((resolve, reject) => {
    const end = (): void => {
      signal.removeEventListener("abort", stop);
      request.abort();
    };
    const stop = (): void => {
      reject(signal.reason);
      end();
    };
    const fail = (error: Error): void => {
      reject(signal.aborted ? signal.reason : error);
      end();
    };
    signal.addEventListener("abort", stop, { once: true });
    // Stays on to the end: an error without a listener would end the program.
    request.on("error", (error) => fail(coded(error)));
    request.on("login", (authInfo, answer) => {
      // Without a name and a password: nobody is asked, and nothing is sent to a proxy.
      answer();
      if (authInfo.isProxy) fail(failure("ERR_PROXY_AUTH_REQUESTED"));
    });
    request.on("redirect", (status, _method, _address, headers) => {
      resolve({ status, headers: flat(headers), body: "" });
      end();
    });
    request.on("abort", () => fail(failure("ERR_CONNECTION_ABORTED")));
    request.on("response", (response: IncomingMessage) => {
      const pieces: Buffer[] = [];
      let size = 0;
      response.on("error", (error: Error) => fail(coded(error)));
      response.on("aborted", () => fail(failure("ERR_CONNECTION_ABORTED")));
      response.on("data", (piece: Buffer) => {
        size += piece.length;
        if (size > answerSizeLimit) fail(failure("ERR_ANSWER_TOO_LARGE"));
        else pieces.push(piece);
      });
      response.on("end", () => {
        signal.removeEventListener("abort", stop);
        resolve({
          status: response.statusCode,
          headers: flat(response.headers),
          body: Buffer.concat(pieces).toString("utf8"),
        });
      });
    });
    request.end(body);
  });
}

/** Chromium's code out of an error's text, such as `net::ERR_NAME_NOT_RESOLVED`; nothing else of it is taken over. */
function coded(error: Error): Error {
  return failure(/\bERR_[A-Z0-9_]{1,60}\b/.exec(error.message)?.[0] ?? "ERR_FAILED");
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code });
}

function flat(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
}

const kinds: Readonly<Record<string, string>> = {
  PROXY: "",
  HTTPS: "",
  SOCKS: "SOCKS ",
  SOCKS4: "SOCKS ",
  SOCKS5: "SOCKS ",
};

/** What resolveProxy answers, `PROXY proxy:8080; DIRECT`, in words. */
export function routeInWords(answer: string): string {
  const ways = answer
    .split(";")
    .map((way) => way.trim())
    .filter((way) => way !== "")
    .map((way) => {
      const [, kind = "", address = ""] = /^([A-Z0-9]+)(?:\s+(\S+))?$/i.exec(way) ?? [];
      if (kind.toUpperCase() === "DIRECT" || address === "") return "directly";
      return `through the ${kinds[kind.toUpperCase()] ?? ""}proxy ${address}`;
    });
  if (ways.length === 0 || ways.every((way) => way === "directly")) return "directly";
  return `${[...new Set(ways)].join(", else ")} (the system's proxy settings)`;
}

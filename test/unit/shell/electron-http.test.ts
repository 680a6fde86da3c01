import { EventEmitter } from "node:events";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { HttpPort } from "../../../electron/cloud/http.ts";
import { windowHttp } from "../../../electron/cloud/window-http.ts";
import {
  cloudPartition,
  createElectronHttp,
  type ElectronNet,
  type ElectronSessions,
  routeInWords,
} from "../../../electron/shell/electron-http.ts";
import { GrowingList } from "../../growing-list.ts";

/** A request as Electron's net gives it: events, and what was done to it. */
class FakeRequest extends EventEmitter {
  readonly headers: Record<string, string> = {};
  body: string | null = null;
  aborted = 0;
  readonly options: Record<string, unknown>;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
  }

  setHeader(name: string, value: string): void {
    if (/^(host|content-length|connection)$/i.test(name)) throw new Error(`${name} is not a legal header`);
    this.headers[name] = value;
  }

  end(body: string): void {
    this.body = body;
  }

  abort(): void {
    this.aborted += 1;
    if (this.aborted === 1) queueMicrotask(() => this.emit("abort"));
  }

  answer(
    statusCode: number,
    headers: Record<string, string | string[]>,
    pieces: readonly string[],
    ends = true,
  ): EventEmitter {
    const response = Object.assign(new EventEmitter(), { statusCode, headers });
    this.emit("response", response);
    for (const piece of pieces) response.emit("data", Buffer.from(piece));
    if (ends) response.emit("end");
    return response;
  }
}

interface Fake {
  readonly http: HttpPort;
  readonly requests: GrowingList<FakeRequest>;
  readonly sessions: unknown[];
}

function fake(proxy = "DIRECT"): Fake {
  const requests = new GrowingList<FakeRequest>();
  const sessions: unknown[] = [];
  const net = {
    request: (options: Record<string, unknown>) => {
      const made = new FakeRequest(options);
      requests.push(made);
      return made;
    },
  } as unknown as ElectronNet;
  const from: ElectronSessions = {
    fromPartition: (...given) => {
      sessions.push(given);
      return { resolveProxy: async () => proxy } as never;
    },
  };
  // As main hands it to the window's shell: the two forms are one.
  const http: HttpPort = createElectronHttp(net, from);
  return { http, requests, sessions };
}

const controller = () => new AbortController();
const asked = (signal: AbortSignal, more: object = {}) => ({
  method: "POST" as const,
  url: "https://login.microsoftonline.com/x/oauth2/v2.0/token",
  headers: { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "7", Host: "elsewhere" },
  body: "a=b&c=d",
  signal,
  ...more,
});

async function sent(http: HttpPort, requests: GrowingList<FakeRequest>, signal = controller().signal) {
  const answered = http.send(asked(signal));
  answered.catch(() => {});
  await requests.until(({ length }) => length === 1);
  return { answered, request: requests[0] as FakeRequest };
}

describe("Electron's way to Microsoft's hosts", () => {
  test("uses a session of its own that keeps nothing, and sends what was asked", async () => {
    const { http, requests, sessions } = fake();
    const { answered, request } = await sent(http, requests);
    expect(sessions).toEqual([[cloudPartition, { cache: false }]]);
    expect(cloudPartition.startsWith("persist:")).toBe(false);
    expect(request.options).toMatchObject({
      method: "POST",
      credentials: "omit",
      useSessionCookies: false,
      cache: "no-store",
      redirect: "manual",
    });
    expect(request.headers).toEqual({ "Content-Type": "application/x-www-form-urlencoded" });
    expect(request.body).toBe("a=b&c=d");
    request.answer(200, { Date: "Mon", "X-Two": ["a", "b"] }, ['{"a":', '"\u00fc"}']);
    expect(await answered).toEqual({ status: 200, headers: { date: "Mon", "x-two": "a, b" }, body: '{"a":"ü"}' });
  });

  test("takes Electron's own net and session", () => {
    expectTypeOf<typeof import("electron").net>().toExtend<ElectronNet>();
    expectTypeOf<typeof import("electron").session>().toExtend<ElectronSessions>();
  });

  test("asks Electron for nothing before the first request", () => {
    expect(fake().sessions).toEqual([]);
  });

  test("takes a redirect for the answer and does not follow it", async () => {
    const { http, requests } = fake();
    const { answered, request } = await sent(http, requests);
    request.emit("redirect", 302, "GET", "https://elsewhere.test/", { Location: ["https://elsewhere.test/"] });
    expect(await answered).toEqual({ status: 302, headers: { location: "https://elsewhere.test/" }, body: "" });
    expect(request.aborted).toBeGreaterThan(0);
    expect(requests).toHaveLength(1);
  });

  test("gives nobody a name and a password", async () => {
    const { http, requests } = fake();
    const { answered, request } = await sent(http, requests);
    const given: unknown[] = [];
    request.emit("login", { isProxy: true, host: "proxy", port: 8080 }, (...credentials: unknown[]) =>
      given.push(credentials),
    );
    await expect(answered).rejects.toMatchObject({ code: "ERR_PROXY_AUTH_REQUESTED" });
    expect(given).toEqual([[]]);
  });

  test("reads no more than 1 MB", async () => {
    const { http, requests } = fake();
    const { answered, request } = await sent(http, requests);
    request.answer(200, {}, ["x".repeat(700_000), "x".repeat(700_000)], false);
    await expect(answered).rejects.toMatchObject({ code: "ERR_ANSWER_TOO_LARGE" });
    expect(request.aborted).toBeGreaterThan(0);
  });

  test("ends when it is told to, with the reason it was told", async () => {
    const { http, requests } = fake();
    const stop = controller();
    const { answered, request } = await sent(http, requests, stop.signal);
    stop.abort(new Error("enough"));
    await expect(answered).rejects.toThrow("enough");
    expect(request.aborted).toBeGreaterThan(0);
  });

  test("is not begun when it was told to end before, or over http", async () => {
    const { http, requests } = fake();
    await expect(http.send(asked(AbortSignal.abort(new Error("before"))))).rejects.toThrow("before");
    await expect(http.send(asked(controller().signal, { url: "http://login.test/" }))).rejects.toThrow("https only");
    expect(requests).toEqual([]);
  });

  test.each([
    ["net::ERR_NAME_NOT_RESOLVED", "network.dns"],
    ["net::ERR_CONNECTION_REFUSED", "network.unreachable"],
    ["net::ERR_CONNECTION_RESET", "network.unreachable"],
    ["net::ERR_INTERNET_DISCONNECTED", "network.unreachable"],
    ["net::ERR_CONNECTION_TIMED_OUT", "network.unreachable"],
    ["net::ERR_TIMED_OUT", "network.timeLimit"],
    ["net::ERR_PROXY_CONNECTION_FAILED", "network.proxyUnreachable"],
    ["net::ERR_PROXY_AUTH_UNSUPPORTED", "network.proxySignIn"],
    ["net::ERR_TUNNEL_CONNECTION_FAILED", "network.proxyRefused"],
    ["net::ERR_CERT_AUTHORITY_INVALID", "network.certificate"],
    ["net::ERR_CERT_COMMON_NAME_INVALID", "network.certificate"],
    ["net::ERR_CERT_DATE_INVALID", "network.certificate"],
    ["net::ERR_SSL_PROTOCOL_ERROR", "network.tls"],
    ["something else, with a secret in it", "network.unreachable"],
  ])("%s is %s in our words, without the error's own", async (message, code) => {
    const { http, requests } = fake();
    const answered = windowHttp(http).send(asked(controller().signal));
    answered.catch(() => {});
    await requests.until(({ length }) => length === 1);
    requests[0]?.emit("error", new Error(message));
    // A second one, after it has ended, must not end the program.
    requests[0]?.emit("error", new Error("again"));
    await expect(answered).rejects.toMatchObject({
      name: "ConnectionFailure",
      code,
      detail: `login.microsoftonline.com: ${/ERR_\w+/.exec(message)?.[0] ?? "ERR_FAILED"}`,
    });
  });

  test("an answer that breaks off is a failure", async () => {
    const { http, requests } = fake();
    const { answered, request } = await sent(http, requests);
    const response = request.answer(200, {}, ["half"], false);
    response.emit("error", new Error("net::ERR_CONNECTION_CLOSED"));
    await expect(answered).rejects.toMatchObject({ code: "ERR_CONNECTION_CLOSED" });
  });

  test("says the route Windows' settings give", async () => {
    expect(await fake("PROXY proxy.contoso.com:8080").http.route("https://x.test/")).toBe(
      "through the proxy proxy.contoso.com:8080 (the system's proxy settings)",
    );
  });
});

test.each([
  ["DIRECT", "directly"],
  ["", "directly"],
  ["PROXY a:80", "through the proxy a:80 (the system's proxy settings)"],
  ["PROXY a:80; DIRECT", "through the proxy a:80, else directly (the system's proxy settings)"],
  ["HTTPS a:443;PROXY b:80", "through the proxy a:443, else through the proxy b:80 (the system's proxy settings)"],
  ["SOCKS5 s:1080", "through the SOCKS proxy s:1080 (the system's proxy settings)"],
])("%j reads: %s", (answer, words) => {
  expect(routeInWords(answer)).toBe(words);
});

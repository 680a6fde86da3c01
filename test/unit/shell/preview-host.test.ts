import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { succeeded } from "../../../electron/contract/outcome.ts";
import { openPreviewHost, type PreviewHost } from "../../../electron/shell/preview-host.ts";

let folder: string;
let host: PreviewHost;
let calls: unknown[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "preview-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>window</title>");
  await writeFile(join(folder, "assets", "window.js"), "export {};");
  calls = [];
  host = await openPreviewHost({
    folder,
    port: 0,
    largestMessage: 1024,
    dispatch: async (method, input) => {
      calls.push([method, input]);
      return succeeded({ method });
    },
  });
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
});

const address = (): URL => new URL(host.address);
const token = (): string => address().searchParams.get("token") ?? "";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A request as it is written, headers and path untouched. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port: address().port, path, method, headers: { Host: address().host, ...headers } },
      (response) => {
        let body = "";
        response.on("data", (part) => {
          body += String(part);
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

/** Opens the bridge; rejects with the refusal. */
function connect(given: string, origin: string | null = `http://${address().host}`, host = address().host) {
  const page = new WebSocket(`ws://127.0.0.1:${address().port}/bridge?token=${given}`, {
    headers: { Host: host },
    ...(origin === null ? {} : { origin }),
  });
  return new Promise<WebSocket>((resolve, reject) => {
    page.on("open", () => resolve(page));
    page.on("error", reject);
  });
}

function next(page: WebSocket): Promise<unknown> {
  return new Promise((resolve) => page.once("message", (data) => resolve(JSON.parse(String(data)))));
}

describe("the page", () => {
  test("is answered to whoever brings the token, with the security policy", async () => {
    const answer = await ask(`/?token=${token()}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("<title>window</title>");
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src ws://${address().host}/bridge`);
    expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    expect(answer.headers["referrer-policy"]).toBe("no-referrer");
  });

  test.each(["/", "/index.html", "/?token=", "/?token=wrong", "/index.html?token=wrong"])(
    "is refused without the right token: %s",
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(403);
      expect(answer.body).not.toContain("<title>");
    },
  );

  test("is refused under another host name, which a foreign page could have pointed here", async () => {
    const answer = await ask(`/?token=${token()}`, { Host: `attacker.example:${address().port}` });
    expect(answer.status).toBe(403);
    expect((await ask(`/?token=${token()}`, { Host: `localhost:${address().port}` })).status).toBe(403);
  });

  test("is refused to a script of another origin", async () => {
    expect((await ask(`/?token=${token()}`, { Origin: "https://attacker.example" })).status).toBe(403);
    expect((await ask(`/?token=${token()}`, { Origin: "null" })).status).toBe(403);
  });

  test("is refused to any method but GET and HEAD", async () => {
    expect((await ask(`/?token=${token()}`, {}, "POST")).status).toBe(405);
    const head = await ask(`/?token=${token()}`, {}, "HEAD");
    expect([head.status, head.body]).toEqual([200, ""]);
  });

  test("has an unguessable token, another one at each start", async () => {
    expect(Buffer.from(token(), "base64url")).toHaveLength(32);
    const other = await openPreviewHost({ folder, port: 0, largestMessage: 1, dispatch: async () => succeeded(null) });
    await other.close();
    expect(new URL(other.address).searchParams.get("token")).not.toBe(token());
  });
});

describe("the files of the page", () => {
  test("are answered without the token, to the right host only", async () => {
    expect((await ask("/assets/window.js")).status).toBe(200);
    expect((await ask("/assets/window.js", { Host: "attacker.example" })).status).toBe(403);
  });

  test.each(["/../secret.json", "/assets/../../secret.json", "/%2e%2e/secret.json", "/..%2fsecret.json"])(
    "end at their folder: %s",
    async (path) => {
      await writeFile(join(folder, "..", "secret.json"), "{}");
      const answer = await ask(path);
      await rm(join(folder, "..", "secret.json"));
      expect(answer.status).toBe(404);
    },
  );

  test("hold no missing icon, which browsers would report as an error", async () => {
    expect((await ask("/favicon.ico")).status).toBe(204);
    expect((await ask("/other.ico")).status).toBe(404);
  });
});

describe("the bridge", () => {
  test("answers a call with its id and tells events", async () => {
    const page = await connect(token());
    page.send(JSON.stringify({ id: 7, method: "look", input: null }));
    expect(await next(page)).toEqual({ id: 7, outcome: { ok: true, value: { method: "look" } } });
    expect(calls).toEqual([["look", null]]);
    const told = next(page);
    host.emit("progress", { fraction: 0.5 });
    expect(await told).toEqual({ event: "progress", value: { fraction: 0.5 } });
  });

  test("is refused without the token", async () => {
    await expect(connect("")).rejects.toThrow("403");
    await expect(connect("x".repeat(token().length))).rejects.toThrow("403");
  });

  test("is refused to the page of another origin and to whoever names none", async () => {
    await expect(connect(token(), "https://attacker.example")).rejects.toThrow("403");
    await expect(connect(token(), `http://localhost:${address().port}`)).rejects.toThrow("403");
    await expect(connect(token(), null)).rejects.toThrow("403");
  });

  test("is refused under another host name", async () => {
    const foreign = `attacker.example:${address().port}`;
    await expect(connect(token(), `http://${foreign}`, foreign)).rejects.toThrow("403");
  });

  test.each(["{", "[]", '{"method":"look"}', '{"id":"1","method":"look"}'])(
    "ends on a message that is no call: %s",
    async (message) => {
      const page = await connect(token());
      const closed = new Promise((resolve) => page.on("close", resolve));
      page.send(message);
      expect(await closed).toBe(1008);
      expect(calls).toEqual([]);
    },
  );

  test.each([
    ["fails", () => Promise.reject(new TypeError("Cannot convert object to primitive value"))],
    ["cannot be written", async () => succeeded(1n)],
  ])("ends on a call whose answer %s, and the host goes on", async (_what, dispatch) => {
    const other = await openPreviewHost({ folder, port: 0, largestMessage: 1000, dispatch });
    onTestFinished(() => other.close());
    const { host: name, origin, searchParams } = new URL(other.address);
    for (const method of [{ toString: null }, { method: {} }]) {
      const page = new WebSocket(`ws://${name}/bridge?token=${searchParams.get("token")}`, { origin });
      await new Promise((resolve) => page.once("open", resolve));
      const closed = new Promise((resolve) => page.on("close", resolve));
      page.send(JSON.stringify({ id: 1, method }));
      expect(await closed).toBe(1011);
    }
  });

  test("ends on a message over the limit", async () => {
    const page = await connect(token());
    const closed = new Promise((resolve) => page.on("close", resolve));
    page.send(JSON.stringify({ id: 1, method: "look", input: "x".repeat(2000) }));
    expect(await closed).toBe(1009);
  });
});

test("an address that is none does not end the host", async () => {
  const socket = createConnection(Number(address().port), "127.0.0.1");
  const answered = new Promise<string>((resolve) => socket.once("data", (data) => resolve(String(data))));
  socket.write(
    `GET //[ HTTP/1.1\r\nHost: ${address().host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  expect(await answered).toContain("403");
  socket.destroy();
  expect((await ask(`/?token=${token()}`)).status).toBe(200);
});

test("a port that is taken is told", async () => {
  const port = Number(address().port);
  await expect(
    openPreviewHost({ folder, port, largestMessage: 1, dispatch: async () => succeeded(null) }),
  ).rejects.toThrow("EADDRINUSE");
});

test("the host listens on the loopback address only", async () => {
  const { networkInterfaces } = await import("node:os");
  const outer = Object.values(networkInterfaces())
    .flat()
    .find((entry) => entry !== undefined && !entry.internal && entry.family === "IPv4")?.address;
  // A machine without a network has only the loopback address: 127.0.0.2 is another address of it.
  const other = outer ?? "127.0.0.2";
  const reached = await new Promise((resolve) => {
    const socket = createConnection(Number(address().port), other);
    socket.on("connect", () => resolve(true));
    socket.on("error", () => resolve(false));
  });
  expect(reached).toBe(false);
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askCloud } from "../../../electron/cloud/cloud-check.ts";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import { Secret } from "../../../electron/cloud/secret.ts";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import { ask, withoutAddress } from "./asked.ts";
import { ewsFailures, signInFailures } from "./failures.ts";
import {
  application,
  authority,
  type Behaviour,
  bare,
  ewsMessage,
  mailbox,
  pem,
  requestId,
  type StandIn,
  type StandInProxy,
  startProxy,
  startStandIn,
  tenant,
} from "./stand-in.ts";

const secret = "Xq~8Q.right-secret_Value-of-40-characters";
let standIn: StandIn;
let proxy: StandInProxy;

beforeAll(async () => {
  standIn = await startStandIn();
  proxy = await startProxy(standIn);
  return async () => {
    await proxy.close();
    await standIn.close();
  };
});

const usual: Behaviour = {
  secret,
  roles: ["full_access_as_app"],
  scope: "https://outlook.office365.com/.default",
  entra: null,
  ews: null,
  dateOffset: 0,
};

beforeEach(() => {
  Object.assign(standIn.behaviour, usual);
  standIn.requests.length = 0;
  proxy.behaviour.does = "tunnel";
  proxy.asked.length = 0;
});

describe("a check of an application that may open the mailbox", () => {
  test("sends two requests, gives a token's end and roles, and turns every row it decides to done", async () => {
    const { result, finding, kept } = await ask(standIn, secret);
    expect(standIn.requests).toEqual([`POST /${tenant}/oauth2/v2.0/token`, "POST /EWS/Exchange.asmx"]);
    expect(result).toMatchObject({
      signIn: { ok: true, roles: ["full_access_as_app"], hasFullAccess: true },
      ews: { ok: true },
      clock: { isWrong: false },
      check: { signIn: { ok: true }, roles: ["full_access_as_app"], ews: { ok: true }, applicationId: application },
    });
    const left = result.signIn.ok ? Date.parse(result.signIn.expiresAt ?? "") - Date.now() : 0;
    expect(left).toBeGreaterThan(3_400_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    const decided: FindingId[] = ["azure.signIn", "azure.role", "azure.ews", "exchange.allowList", "exchange.mailbox"];
    expect(decided.map((id) => finding(id).status)).toEqual(decided.map(() => "done"));
    expect(JSON.parse(kept)).toEqual({ format: "mim-mail-cloud-check", version: 1, check: result.check });
  });

  test("asks for the token of its own cloud", async () => {
    for (const [mailServer, dod, scope] of [
      ["office365", false, "https://outlook.office365.com/.default"],
      ["office365China", false, "https://partner.outlook.cn/.default"],
      ["office365Government", false, "https://outlook.office365.us/.default"],
      ["office365Government", true, "https://outlook-dod.office365.us/.default"],
    ] as const) {
      standIn.behaviour.scope = scope;
      const { result } = await ask(standIn, secret, { target: { mailServer }, dod });
      expect(result.check, scope).toMatchObject({ signIn: { ok: true }, ews: { ok: true } });
    }
  });

  test("without a mailbox to ask, signs in and leaves the mailbox's rows waiting", async () => {
    const { result, finding } = await ask(standIn, secret, { target: { serviceEmail: "" }, recording: withoutAddress });
    expect(standIn.requests).toHaveLength(1);
    expect(result.ews).toBeNull();
    expect([finding("azure.signIn").status, finding("azure.ews").status]).toEqual(["done", "pending"]);
  });

  test("asks the server's own address where the target has none", async () => {
    const { result } = await ask(standIn, secret, { target: { serviceEmail: "" } });
    expect(result.check.mailbox).toBe("mimservice@contoso.com");
    expect(standIn.requests).toHaveLength(2);
  });

  test("sends a mailbox's address as it is, whatever XML would make of it", async () => {
    const { result } = await ask(standIn, secret, { target: { serviceEmail: "o'hara&sons@contoso.com" } });
    expect(result.ews).toMatchObject({ ok: false, code: "ews.noMailbox" });
  });

  test("goes through the proxy of the environment, signs in to it, and says so without the password", async () => {
    const environment = { HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}` };
    const { result } = await ask(standIn, secret, { environment });
    expect(result.ews).toEqual({ ok: true });
    expect(proxy.asked.map(({ host }) => host)).toEqual([`localhost:${standIn.port}`, `localhost:${standIn.port}`]);
    const basic = Buffer.from("user:p@ss").toString("base64");
    expect(proxy.asked.every(({ authorization }) => authorization === `Basic ${basic}`)).toBe(true);
    const route = `through the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY)`;
    expect(result.routes.map((one) => one.route)).toEqual([route, route]);
    expect(JSON.stringify(result)).not.toMatch(/p@ss|p%40ss/);
  });

  test("leaves the proxy aside for a host NO_PROXY names", async () => {
    const environment = { https_proxy: `127.0.0.1:${proxy.port}`, NO_PROXY: "example.org, localhost" };
    const { result } = await ask(standIn, secret, { environment });
    expect(result.routes[0]?.route).toBe("directly");
    expect(proxy.asked).toEqual([]);
  });
});

describe("RBAC for Applications", () => {
  test("is recognised when the mailbox answers although the token holds no role", async () => {
    Object.assign(standIn.behaviour, { roles: [], ews: ewsMessage("NoError") });
    const { result, finding } = await ask(standIn, secret);
    expect(result.signIn).toMatchObject({ ok: true, roles: [], hasFullAccess: false });
    expect(finding("azure.role")).toMatchObject({ status: "attention", actual: expect.stringMatching(/no role/) });
    expect(finding("azure.ews").status).toBe("done");
  });
});

describe.each([
  ["sign-in", signInFailures],
  ["probe", ewsFailures],
])("a %s that fails", (_name, rows) => {
  test.each(rows)("by $what is told with its code, status, text and cure", async (given) => {
    Object.assign(standIn.behaviour, given.behaviour, { entra: given.entra ?? null, ews: given.ews ?? null });
    const environment = given.proxied === undefined ? {} : { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    if (given.proxied !== undefined) proxy.behaviour.does = given.proxied;
    const { result, finding } = await ask(standIn, secret, { environment, ...given.options });
    const failure = result.ews !== null && !result.ews.ok ? result.ews : result.signIn;
    expect(failure).toMatchObject({ ok: false, code: given.code });
    const { status, actual, advice } = finding(given.row);
    expect(status).toBe(given.status ?? "action");
    expect(actual).toMatch(given.actual);
    expect(advice.join("\n")).toMatch(given.cure);
    for (const [id, expected] of Object.entries(given.also ?? {})) {
      expect(finding(id as FindingId).status, id).toBe(expected);
    }
  });
});

describe("what is wrong with the secret", () => {
  test("is told by the real codes of a stand-in that refuses it", async () => {
    const { result, finding } = await ask(standIn, "Xq~8Q.wrong-secret");
    expect(result.signIn).toMatchObject({
      ok: false,
      code: "AADSTS7000215",
      traceId: expect.stringMatching(/^255d1aef-/),
    });
    expect(standIn.requests).toHaveLength(1);
    expect(finding("azure.signIn").status).toBe("action");
  });
});

describe("the network before Microsoft", () => {
  const question = { cloud: "global", tenantId: tenant, applicationId: application, mailbox, hasEnded: false } as const;
  const portsTo = (host: string, http = nodeHttp({ environment: {}, authorities: [authority] })) => ({
    http,
    now: () => new Date(),
    timeLimit: 5_000,
    hosts: {
      ...standIn.hosts,
      global: { ...standIn.hosts.global, authority: `https://${host}`, ews: `https://${host}/EWS/Exchange.asmx` },
    },
  });

  test("a name that is not known is network.dns", async () => {
    const lookup = (_name: string, _options: unknown, done: (error: Error) => void): void =>
      done(Object.assign(new Error("not found"), { code: "ENOTFOUND" }));
    const http = nodeHttp({ environment: {}, authorities: [authority], lookup: lookup as never });
    const { signIn } = await askCloud(question, new Secret(secret), portsTo("login.microsoftonline.com", http));
    expect(signIn).toMatchObject({ ok: false, code: "network.dns", detail: "login.microsoftonline.com: ENOTFOUND" });
  });

  test("a port nobody listens on is network.unreachable", async () => {
    const { signIn } = await askCloud(question, new Secret(secret), portsTo("127.0.0.1:1"));
    expect(signIn).toMatchObject({ ok: false, code: "network.unreachable", detail: "127.0.0.1: ECONNREFUSED" });
  });

  test("a proxy nobody listens on is network.proxyUnreachable", async () => {
    const http = nodeHttp({ environment: { HTTPS_PROXY: "http://127.0.0.1:1" }, authorities: [authority] });
    const { signIn } = await askCloud(question, new Secret(secret), portsTo("localhost", http));
    expect(signIn).toMatchObject({ ok: false, code: "network.proxyUnreachable" });
  });

  test("a host that speaks no TLS is network.tls", async () => {
    const { signIn } = await askCloud(question, new Secret(secret), portsTo(`localhost:${proxy.port}`));
    expect(signIn).toMatchObject({ ok: false, code: "network.tls" });
  });

  test.each([
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["other-host", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ] as const)(
    "a certificate that does not prove the host (%s) gets nothing sent, even when Node is told not to mind",
    async (certificate, code) => {
      const other = await startStandIn(certificate);
      const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
      process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
      try {
        const { signIn } = await askCloud(question, new Secret(secret), portsTo(`localhost:${other.port}`));
        expect(signIn).toMatchObject({ ok: false, code: "network.certificate", detail: `localhost: ${code}` });
        expect(other.requests).toEqual([]);
      } finally {
        if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
        else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before;
        await other.close();
      }
    },
  );

  test.each([
    ["not-yet", "network.clock", "CERT_NOT_YET_VALID"],
    ["expired", "network.certificate", "CERT_HAS_EXPIRED"],
  ] as const)(
    "a certificate outside of its time (%s) is %s, and gets nothing sent",
    async (certificate, code, seen) => {
      const other = await startStandIn(certificate);
      try {
        // Trusted, so that nothing but its time is wrong.
        const http = nodeHttp({ environment: {}, authorities: [pem(`${certificate}.pem`)] });
        const { signIn } = await askCloud(question, new Secret(secret), portsTo(`localhost:${other.port}`, http));
        expect(signIn).toMatchObject({ ok: false, code, detail: `localhost: ${seen}` });
        expect(other.requests).toEqual([]);
      } finally {
        await other.close();
      }
    },
  );

  test("an authority that is not trusted is network.certificate", async () => {
    const http = nodeHttp({ environment: {} });
    const { signIn } = await askCloud(question, new Secret(secret), portsTo(`localhost:${standIn.port}`, http));
    expect(signIn).toMatchObject({ ok: false, code: "network.certificate" });
    expect(standIn.requests).toEqual([]);
  });

  test("a region in the environment does not send the secret elsewhere", async () => {
    process.env["MSAL_FORCE_REGION"] = "westeurope";
    try {
      const { result } = await ask(standIn, secret);
      expect(result.signIn.ok).toBe(true);
    } finally {
      delete process.env["MSAL_FORCE_REGION"];
    }
  });
});

describe("a clock that is wrong", () => {
  test.each([
    [-3_600_000, 3600],
    [600_000, -600],
  ])("by %s ms is told although the sign-in succeeds", async (dateOffset, seconds) => {
    standIn.behaviour.dateOffset = dateOffset;
    const { result, finding } = await ask(standIn, secret);
    expect(result.clock?.isWrong).toBe(true);
    expect(Math.abs((result.clock?.seconds ?? 0) - seconds)).toBeLessThan(5);
    expect(finding("azure.signIn").status).toBe("done");
  });

  test("by four minutes is tolerated", async () => {
    standIn.behaviour.dateOffset = 240_000;
    expect((await ask(standIn, secret)).result.clock?.isWrong).toBe(false);
  });
});

describe("stopping", () => {
  test.each([
    ["the sign-in", { entra: () => {} }, 1],
    ["the probe", { ews: () => {} }, 2],
  ])("%s ends it at once with the caller's reason", async (_what, behaviour, requests) => {
    Object.assign(standIn.behaviour, behaviour);
    const controller = new AbortController();
    const reason = new Error("stopped by the test");
    const asked = expect(ask(standIn, secret, { ports: { signal: controller.signal } })).rejects.toBe(reason);
    await standIn.requests.until(({ length }) => length === requests);
    controller.abort(reason);
    await asked;
  });

  test("before it begins sends nothing", async () => {
    const signal = AbortSignal.abort(new Error("no"));
    await expect(ask(standIn, secret, { ports: { signal } })).rejects.toThrow("no");
    expect(standIn.requests).toEqual([]);
  });
});

test("Exchange Online's id of the request is told, for Microsoft's support", async () => {
  standIn.behaviour.ews = bare(403);
  expect((await ask(standIn, secret)).result.ews).toMatchObject({ requestId });
});

afterAll(() => expect(process.env["NODE_TLS_REJECT_UNAUTHORIZED"]).toBeUndefined());

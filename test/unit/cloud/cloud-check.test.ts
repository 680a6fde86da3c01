import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askCloud } from "../../../electron/cloud/cloud-check.ts";
import { nodeHttp } from "../../../electron/cloud/node-http.ts";
import { Secret } from "../../../electron/cloud/secret.ts";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import type { Status } from "../../../electron/contract/status.ts";
import { type AskOptions, ask } from "./asked.ts";
import {
  type Answer,
  application,
  authority,
  type Behaviour,
  bare,
  entraError,
  ewsFault,
  ewsMessage,
  mailbox,
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
    const { result, finding } = await ask(standIn, secret, { target: { serviceEmail: "" } });
    expect(standIn.requests).toHaveLength(1);
    expect(result.ews).toBeNull();
    expect([finding("azure.signIn").status, finding("azure.ews").status]).toEqual(["done", "pending"]);
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

interface Row {
  readonly what: string;
  readonly entra?: Answer;
  readonly ews?: Answer;
  readonly behaviour?: Partial<Behaviour>;
  readonly options?: AskOptions;
  readonly proxied?: number | "silence";
  readonly code: string;
  readonly row: FindingId;
  readonly status?: Status;
  readonly actual: RegExp;
  readonly cure: RegExp;
  /** Rows of other steps that follow. */
  readonly also?: Readonly<Partial<Record<FindingId, Status>>>;
}

const aadsts = (number: number, what: string, actual: RegExp, cure: RegExp, error?: string): Row => ({
  what: `AADSTS${number}`,
  entra: entraError(number, what, error),
  code: `AADSTS${number}`,
  row: "azure.signIn",
  actual,
  cure,
  also: { "azure.role": "pending", "azure.ews": "pending" },
});

const signInFailures: readonly Row[] = [
  aadsts(
    7000215,
    "Invalid client secret provided.",
    /AADSTS7000215: the client secret is wrong/,
    /Value, not its Secret ID/,
  ),
  aadsts(7000222, "The provided client secret keys for app are expired.", /expired/, /new client secret/),
  aadsts(700016, "Application was not found in the directory.", /no application with that ID/, /swapped/),
  aadsts(700011, "Application isn't found in the tenant.", /not in this tenant/, /Tenant ID/),
  aadsts(90002, "Tenant not found.", /tenant was not found/, /another cloud/, "invalid_request"),
  aadsts(
    900023,
    "Specified tenant identifier is neither a DNS name nor a domain.",
    /malformed/,
    /tenant/,
    "invalid_request",
  ),
  aadsts(7000112, "Application is disabled.", /disabled/, /Enable it/, "unauthorized_client"),
  aadsts(70001, "The application is disabled.", /disabled or not there/, /enabled/, "unauthorized_client"),
  aadsts(
    500011,
    "The resource principal was not found in the tenant.",
    /no Exchange Online/,
    /Exchange Online/,
    "invalid_resource",
  ),
  aadsts(65001, "The administrator has not consented.", /consent is missing/, /admin consent/, "invalid_grant"),
  aadsts(650056, "Misconfigured application.", /consent is missing/, /full_access_as_app/, "invalid_client"),
  aadsts(
    53003,
    "Access has been blocked by Conditional Access policies.",
    /Conditional Access/,
    /sign-in log/,
    "interaction_required",
  ),
  aadsts(99999123, "Something nobody has described.", /AADSTS99999123: the sign-in failed/, /list of error codes/),
  {
    what: "AADSTS700024 with a clock ten minutes ahead",
    entra: entraError(700024, "Client assertion is not within its valid time range."),
    behaviour: { dateOffset: -600_000 },
    code: "network.clock",
    row: "azure.signIn",
    actual: /clock is wrong by more than five minutes \(.*AADSTS700024, this computer is 10 minutes ahead\)/,
    cure: /w32tm/,
  },
  {
    what: "AADSTS500133",
    entra: entraError(500133, "Assertion is not within its valid time range.", "invalid_grant"),
    code: "network.clock",
    row: "azure.signIn",
    actual: /clock is wrong/,
    cure: /time zone/,
  },
  {
    what: "a web page in the place of an answer",
    entra: bare(200, { "Content-Type": "text/html" }, "<html>Sign in to the guest network</html>"),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /not Microsoft's service \(localhost:\d+: HTTP 200\)/,
    cure: /sign-in page/,
  },
  {
    what: "a redirect, which is not followed",
    entra: bare(302, { Location: "https://elsewhere.test/" }),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /HTTP 302/,
    cure: /proxy/,
  },
  {
    what: "more than a token can be",
    entra: bare(200, {}, "x".repeat(2_000_000)),
    code: "network.notMicrosoft",
    row: "azure.signIn",
    actual: /more than 1 MB/,
    cure: /proxy/,
  },
  {
    what: "a connection that is cut off",
    entra: (response) => void response.socket?.destroy(),
    code: "network.unreachable",
    row: "azure.signIn",
    actual: /cannot be reached \(localhost: ECONNRESET\)/,
    cure: /443/,
  },
  {
    what: "no answer",
    entra: () => {},
    options: { ports: { timeLimit: 300 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer came in time \(localhost:\d+ did not answer in 0.3 seconds\)/,
    cure: /firewall/,
  },
  {
    what: "an answer that never ends",
    entra: (response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(" "), 50);
      response.on("close", () => clearInterval(timer));
    },
    options: { ports: { timeLimit: 400 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer came in time/,
    cure: /firewall/,
  },
  {
    what: "a proxy that wants a sign-in",
    proxied: 407,
    code: "network.proxySignIn",
    row: "azure.signIn",
    actual: /proxy wants a sign-in \(407\) \(the proxy 127\.0\.0\.1:\d+ answered 407\)/,
    cure: /without a sign-in/,
  },
  {
    what: "a proxy that refuses",
    proxied: 403,
    code: "network.proxyRefused",
    row: "azure.signIn",
    actual: /proxy refused the connection .*403/,
    cure: /Allow Microsoft's host/,
  },
  {
    what: "a proxy that says nothing",
    proxied: "silence",
    options: { ports: { timeLimit: 300 } },
    code: "network.timeLimit",
    row: "azure.signIn",
    actual: /No answer/,
    cure: /firewall/,
  },
];

const refused = (
  what: string,
  ews: Answer,
  code: string,
  actual: RegExp,
  cure: RegExp,
  more: Partial<Row> = {},
): Row => ({
  what,
  ews,
  code,
  row: "azure.ews",
  actual,
  cure,
  ...more,
  also: { "azure.signIn": "done", ...more.also },
});

const impersonation = "The account does not have permission to impersonate the requested user.";
const diagnostics = (reason: string) => ({
  "x-ms-diagnostics": `2000008;reason="${reason}";error_category="invalid_grant"`,
});

const ewsFailures: readonly Row[] = [
  refused("401", bare(401), "ews.unauthorized", /401/, /admin consent/),
  refused(
    "401 for a token without permissions",
    bare(401, diagnostics("The token contains no permissions, or permissions can not be understood.")),
    "ews.noPermission",
    /no permission for EWS/,
    /full_access_as_app/,
  ),
  refused(
    "403 for a token without the role",
    bare(403, diagnostics("The token contains not enough scope to make this call.")),
    "ews.noPermission",
    /no permission for EWS/,
    /admin consent/,
    { behaviour: { roles: [] }, also: { "azure.role": "action" } },
  ),
  refused("403 without a word", bare(403), "ews.forbidden", /403/, /allow list, and the mailbox's EwsEnabled/, {
    also: { "exchange.allowList": "pending", "exchange.mailbox": "pending" },
  }),
  refused(
    "EWS switched off for the organisation, when it says so",
    ewsFault("ErrorAccessDenied", "EWS is disabled for this organization.", 403),
    "ews.disabledOrganization",
    /switched off for the organisation/,
    /EwsEnabled/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "EWS switched off for the mailbox, when it says so",
    ewsFault("ErrorAccessDenied", "Exchange Web Services is not enabled for this mailbox.", 403),
    "ews.disabledMailbox",
    /switched off for this mailbox/,
    /Set-CASMailbox/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "EWS switched off, without saying for whom",
    bare(403, { "x-ms-diagnostics": '4000000;reason="EwsEnabled is False"' }),
    "ews.disabled",
    /by policy/,
    /See Exchange Online/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "an application that is not on the allow list, when it says so",
    ewsFault("ErrorAccessDenied", "The application is not in EwsAllowedAppIDs.", 403),
    "ews.notOnAllowList",
    /not on the organisation's allow list/,
    /See Exchange Online/,
    { also: { "exchange.allowList": "action" } },
  ),
  refused(
    "a management scope without the mailbox: impersonation denied",
    ewsFault("ErrorImpersonateUserDenied", impersonation),
    "ews.outsideScope",
    /may not open this mailbox/,
    /management scope/,
    { behaviour: { roles: [] }, also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "a management scope without the mailbox: access denied",
    ewsMessage("ErrorAccessDenied", "Access is denied. Check credentials and try again."),
    "ews.outsideScope",
    /may not open this mailbox/,
    /management scope/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "no mailbox",
    ewsMessage("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it."),
    "ews.noMailbox",
    /No mailbox answers/,
    /Service Email Account/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "no licence",
    ewsMessage("ErrorInvalidLicense", "User doesn't have a valid license."),
    "ews.noLicence",
    /no licence/,
    /kiosk/,
    { also: { "exchange.mailbox": "action" } },
  ),
  refused(
    "throttling in SOAP",
    ewsFault("ErrorServerBusy", "The server cannot service this request right now."),
    "ews.throttled",
    /busy/,
    /Wait/,
  ),
  refused("throttling by 429", bare(429, { "Retry-After": "60" }), "ews.throttled", /busy/, /Wait/),
  refused("throttling by 503", bare(503), "ews.throttled", /busy/, /Wait/),
  refused("a bare 403 on the day EWS ends", bare(403), "ews.ended", /EWS has ended/, /ways that are left/, {
    options: { today: "2027-04-01" },
    also: { "exchange.ewsEnd": "action", "exchange.allowList": "action" },
  }),
  refused("nothing there any more after the end", bare(410), "ews.ended", /EWS has ended/, /ways that are left/, {
    options: { today: "2028-01-01" },
  }),
  refused(
    "a fault of Exchange's own",
    ewsFault("ErrorInternalServerError", "An internal server error occurred."),
    "ews.unexpected",
    /ErrorInternalServerError: An internal server error occurred\. \(HTTP 500\)/,
    /evidence/,
  ),
  refused("a 500 without SOAP", bare(500), "ews.unexpected", /HTTP 500/, /evidence/),
  refused(
    "a web page in the place of an answer",
    bare(200, {}, "<html>Blocked by your administrator</html>"),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused(
    "XML that declares entities, which is not read",
    bare(
      200,
      {},
      '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><s:Envelope xmlns:s="x"><s:Body>&x;</s:Body></s:Envelope>',
    ),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused(
    "SOAP that is cut off",
    bare(200, {}, '<s:Envelope xmlns:s="x"><s:Body><m:GetFolderResponse'),
    "network.notMicrosoft",
    /not Microsoft's service/,
    /proxy/,
  ),
  refused("no answer", () => {}, "network.timeLimit", /No answer came in time/, /firewall/, {
    options: { ports: { timeLimit: 500 } },
  }),
];

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
    ["the sign-in", { entra: () => {} }],
    ["the probe", { ews: () => {} }],
  ])("%s ends it at once with the caller's reason", async (_what, behaviour) => {
    Object.assign(standIn.behaviour, behaviour);
    const controller = new AbortController();
    const reason = new Error("stopped by the test");
    setTimeout(() => controller.abort(reason), 200);
    const started = Date.now();
    await expect(ask(standIn, secret, { ports: { signal: controller.signal } })).rejects.toBe(reason);
    expect(Date.now() - started).toBeLessThan(2_000);
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

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ConnectionFailure, type HttpPort } from "../../../electron/cloud/http.ts";
import { requestTimeLimit } from "../../../electron/cloud/time-limit.ts";
import type { FindingId } from "../../../electron/contract/checklist.ts";
import { cloudStateSchema } from "../../../electron/contract/cloud.ts";
import { methods } from "../../../electron/contract/methods.ts";
import { target } from "./asked.ts";
import {
  type CloudCheckCase,
  type CloudCheckCaseOptions,
  cloudCheckCase,
  findingIn,
  rowIn,
} from "./cloud-check-case.ts";
import { ewsFailures, signInFailures } from "./failures.ts";
import {
  application,
  type Behaviour,
  ewsMessage,
  mailbox,
  type StandIn,
  type StandInProxy,
  startProxy,
  startStandIn,
  tenant,
} from "./stand-in.ts";

const secret = "Xq~8Q.right-secret_Value-of-40-characters";
let standIn: StandIn;
let proxy: StandInProxy;
let dependencies: CloudCheckCase | null = null;

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
});
afterEach(async () => {
  await dependencies?.close();
  dependencies = null;
});

async function opened(options: Partial<CloudCheckCaseOptions> = {}): Promise<CloudCheckCase> {
  dependencies = await cloudCheckCase({ standIn, ...options });
  return dependencies;
}

describe("a check from the window", () => {
  test("answers in rows, keeps how it ended, and turns the checklist's rows", async () => {
    const { got, home, crossed } = await opened();
    const before = await got("getState");
    expect(before.cloud).toMatchObject({ refusal: null, last: null, lastDiffers: [], answer: null, asksDod: false });
    expect(before.cloud.question).toEqual({
      cloud: "Office 365",
      applicationId: application,
      tenantId: tenant,
      mailbox,
    });
    const result = await got("checkCloud", { secret, dod: false });
    expect(methods.checkCloud.output.safeParse(result).error).toBeUndefined();
    expect(result.answer.rows.map(({ id, status, code }) => [id, status, code])).toEqual([
      ["signIn", "done", null],
      ["role", "done", null],
      ["mailbox", "done", null],
      ["clock", "done", null],
      ["windows", "notApplicable", null],
    ]);
    expect(result.answer.rows.flatMap(({ cure }) => cure)).toEqual([]);
    expect(result.answer.routes.map(({ route }) => route)).toEqual(["directly", "directly"]);
    const decided: FindingId[] = ["azure.signIn", "azure.role", "azure.ews", "exchange.allowList", "exchange.mailbox"];
    expect(decided.map((id) => findingIn(result, id).status)).toEqual(decided.map(() => "done"));
    expect(result.state.cloud).toMatchObject({
      lastDiffers: [],
      answer: result.answer,
      last: { applicationId: application },
    });
    expect(JSON.parse(await readFile(join(home, "cloud-check.json"), "utf8"))).toMatchObject({
      check: { ews: { ok: true } },
    });
    const told = crossed.filter((one) => JSON.stringify(one).includes('"task":"cloud"'));
    expect(told).toEqual([
      { event: "progress", value: { task: "cloud", text: "Signing in to Microsoft Entra ID", fraction: 0.1 } },
      {
        event: "progress",
        value: { task: "cloud", text: "Asking the mailbox through Exchange Web Services", fraction: 0.5 },
      },
    ]);
    // And the next look holds it as well.
    const { state } = { state: await got("look") };
    expect(findingIn({ state }, "azure.ews").status).toBe("done");
    expect(state.cloud.answer).toEqual(result.answer);
  });

  test("answers for what was asked: another ID, address or server drops the answer", async () => {
    const { got } = await opened();
    await got("checkCloud", { secret, dod: false });
    const other = "11111111-2222-4333-8444-555555555555";
    const changes = [
      ["application", { applicationId: other }],
      ["tenant", { tenantId: other }],
      ["mailbox", { serviceEmail: "other@contoso.com" }],
    ] as const;
    for (const [part, changed] of changes) {
      const { cloud } = await got("setTarget", { ...target, ...changed });
      expect(cloud, JSON.stringify(changed)).toMatchObject({ answer: null, lastDiffers: [part] });
      expect(cloud.last).not.toBeNull();
    }
    expect((await got("setTarget", { ...target, backupConfirmed: true })).cloud).toMatchObject({ lastDiffers: [] });
    const sample = await got("openSample", { id: "configured" });
    expect(sample.cloud).toMatchObject({ answer: null, refusal: { message: expect.stringMatching(/^A recording/) } });
  });

  test("is refused for a recording, and nothing is sent", async () => {
    const { got, call } = await opened();
    await got("openSample", { id: "configured" });
    expect(await call("checkCloud", { secret, dod: false })).toMatchObject({ ok: false, error: { code: "recorded" } });
    expect(standIn.requests).toEqual([]);
  });

  test.each<[string, object, RegExp]>([
    ["SMTP", { mailServer: "smtp", authentication: "integrated" }, /does not use Office 365/],
    ["a malformed tenant ID", { tenantId: "contoso" }, /'contoso' is not a valid tenant ID/],
    ["no application ID", { applicationId: "" }, /Application ID is neither/],
    ["an address that is none", { serviceEmail: "mim" }, /e-mail address/],
  ])("says why it cannot be made: %s", async (_what, changed, message) => {
    const { got, call } = await opened({ target: changed });
    const { cloud } = await got("getState");
    expect(cloud.question).toBeNull();
    expect(cloud.refusal?.message).toMatch(message);
    expect(cloud.refusal?.cure).toMatch(/\.$/);
    expect(await call("checkCloud", { secret, dod: false })).toMatchObject({ ok: false });
    expect(standIn.requests).toEqual([]);
  });

  test("tells a Secret ID from the secret before anything is sent", async () => {
    const { call, home } = await opened();
    const answered = await call("checkCloud", { secret: " 1A2B3C4D-5e6f-4a1b-8c2d-3e4f5a6b7c8d ", dod: false });
    expect(answered).toMatchObject({ ok: false, error: { code: "secret-id", cure: expect.stringMatching(/Value/) } });
    expect(JSON.stringify(answered)).not.toMatch(/1a2b3c4d/i);
    expect(standIn.requests).toEqual([]);
    expect(await readdir(home)).not.toContain("cloud-check.json");
  });

  test("asks of DoD when that is said, and shows it", async () => {
    standIn.behaviour.scope = "https://outlook-dod.office365.us/.default";
    const { got, call } = await opened({ target: { mailServer: "office365Government" } });
    expect((await got("getState")).cloud).toMatchObject({
      asksDod: true,
      question: { cloud: "Office 365 Government GCC High or DoD" },
    });
    const { answer, state } = await got("checkCloud", { secret, dod: true });
    expect(answer.rows[0]?.status).toBe("done");
    expect(state.cloud).toMatchObject({ question: { cloud: "Office 365 Government DoD" }, answer });
    expect(state.cloud.commands[0]?.text).toBe("Connect-ExchangeOnline -ExchangeEnvironmentName O365USGovDoD");
    await got("setTarget", target);
    expect(await call("checkCloud", { secret, dod: true })).toMatchObject({ error: { code: "not-government" } });
  });

  test("asks the server's own mailbox when no address is entered", async () => {
    const { got } = await opened({ target: { serviceEmail: "" } });
    const result = await got("checkCloud", { secret, dod: false });
    expect(rowIn(result, "mailbox").details).toContainEqual({ label: "Mailbox", value: "mimservice@contoso.com" });
  });

  test("knows RBAC for Applications by a mailbox that answers without a role", async () => {
    Object.assign(standIn.behaviour, { roles: [], ews: ewsMessage("NoError") });
    const { got } = await opened();
    expect(rowIn(await got("checkCloud", { secret, dod: false }), "role")).toMatchObject({
      status: "attention",
      code: null,
      details: [{ label: "Roles in the token", value: "none" }],
    });
  });

  test("says that the clock is wrong although Microsoft let it pass", async () => {
    standIn.behaviour.dateOffset = 720_000;
    const { got } = await opened();
    const result = await got("checkCloud", { secret, dod: false });
    expect(rowIn(result, "mailbox").status).toBe("done");
    expect(rowIn(result, "clock")).toMatchObject({ status: "attention", code: "network.clock" });
    expect(rowIn(result, "clock").text).toMatch(/12 minutes behind/);
    expect(rowIn(result, "clock").cure.join()).toMatch(/w32tm/);
  });

  test("shows the proxy it went through", async () => {
    const { got } = await opened({ environment: { HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}` } });
    const { answer } = await got("checkCloud", { secret, dod: false });
    expect(answer.routes[0]?.route).toBe(`through the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY)`);
  });
});

describe.each([
  ["sign-in", signInFailures, "signIn"],
  ["probe", ewsFailures, "mailbox"],
] as const)("a %s that fails, in the window", (_name, failures, id) => {
  test.each(failures)("by $what is told with its status, text, code and cure", async (given) => {
    Object.assign(standIn.behaviour, given.behaviour, { entra: given.entra ?? null, ews: given.ews ?? null });
    if (given.proxied !== undefined) proxy.behaviour.does = given.proxied;
    const { got } = await opened({
      environment: given.proxied === undefined ? {} : { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` },
      ...(given.options?.ports?.timeLimit === undefined ? {} : { ways: { timeLimit: given.options.ports.timeLimit } }),
      ...(given.options?.today === undefined ? {} : { today: given.options.today }),
    });
    const result = await got("checkCloud", { secret, dod: false });
    const row = rowIn(result, id);
    expect(row).toMatchObject({ status: given.status ?? "action", code: given.code });
    expect(row.text).toMatch(given.actual);
    expect(row.cure.join("\n")).toMatch(given.cure);
    expect(row.title).not.toBe("");
    // The checklist says the same of it.
    const finding = findingIn(result, given.row);
    expect(finding).toMatchObject({ status: row.status, actual: row.text, advice: row.cure });
    for (const [also, status] of Object.entries(given.also ?? {})) {
      expect(findingIn(result, also as FindingId).status, also).toBe(status);
    }
    if (id === "signIn") {
      expect(rowIn(result, "mailbox")).toMatchObject({ status: "pending", text: "Not asked: there is no token" });
      expect(rowIn(result, "role")).toMatchObject({
        status: "pending",
        cure: [expect.stringMatching(/sign-in first/)],
      });
    }
  });
});

describe("the network before Microsoft, in the window", () => {
  /** A network stack that fails with a code, as Electron's and Node's do. */
  const failing = (code: string): HttpPort => ({
    route: async () => "directly",
    send: async () => {
      throw Object.assign(new Error(code), { code });
    },
  });
  test.each([
    ["ENOTFOUND", "network.dns"],
    ["ERR_NAME_NOT_RESOLVED", "network.dns"],
    ["ECONNREFUSED", "network.unreachable"],
    ["ECONNRESET", "network.unreachable"],
    ["ERR_CONNECTION_RESET", "network.unreachable"],
    ["ERR_INTERNET_DISCONNECTED", "network.unreachable"],
    ["ERR_PROXY_CONNECTION_FAILED", "network.proxyUnreachable"],
    ["ERR_PROXY_AUTH_REQUESTED", "network.proxySignIn"],
    ["ERR_TUNNEL_CONNECTION_FAILED", "network.proxyRefused"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "network.certificate"],
    ["CERT_HAS_EXPIRED", "network.certificate"],
    ["ERR_CERT_AUTHORITY_INVALID", "network.certificate"],
    ["ERR_CERT_DATE_INVALID", "network.certificate"],
    ["CERT_NOT_YET_VALID", "network.clock"],
    ["EPROTO", "network.tls"],
    ["ERR_SSL_VERSION_OR_CIPHER_MISMATCH", "network.tls"],
    ["ERR_TIMED_OUT", "network.timeLimit"],
    ["ERR_ANSWER_TOO_LARGE", "network.notMicrosoft"],
  ])("%s is %s, with a cure", async (code, expected) => {
    const { got } = await opened({ http: failing(code) });
    const result = await got("checkCloud", { secret, dod: false });
    const row = rowIn(result, "signIn");
    expect(row).toMatchObject({ status: "action", code: expected });
    expect(row.text).toContain(`(localhost: ${code})`);
    expect(row.cure[0]?.length).toBeGreaterThan(20);
    const clock = rowIn(result, "clock");
    expect(clock.status).toBe(expected === "network.clock" ? "action" : "unknown");
  });

  test("a port that breaks is told as a fault of this program, without what it was given", async () => {
    const { call, home } = await opened({
      http: {
        route: async () => "directly",
        send: async (request) => {
          throw new TypeError(`broken by ${request.body}`);
        },
      },
    });
    const answered = await call("checkCloud", { secret, dod: false });
    expect(answered).toMatchObject({ ok: false, error: { code: "unexpected" } });
    expect(JSON.stringify(answered)).not.toContain("right-secret");
    expect(await readdir(home)).not.toContain("cloud-check.json");
  });

  test("a proxy that cannot be used is told before anything is sent", async () => {
    const { call } = await opened({ environment: { HTTPS_PROXY: "socks5://user:p4ss@proxy" } });
    const answered = await call("checkCloud", { secret, dod: false });
    expect(answered).toMatchObject({ ok: false, error: { code: "proxy-not-usable" } });
    expect(JSON.stringify(answered)).not.toContain("p4ss");
  });
});

describe("time and stopping", () => {
  test("20 seconds is what a request may take", () => {
    expect(requestTimeLimit).toBe(20_000);
  });

  test("without a limit of a test, a stand-in that never answers ends in 20 seconds with a sentence", async () => {
    standIn.behaviour.entra = () => {};
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { got } = await opened({ ways: { timeLimit: undefined as never } });
    const checking = got("checkCloud", { secret, dod: false });
    await standIn.requests.until(({ length }) => length === 1);
    let isOver = false;
    checking.then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(19_999);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(rowIn(await checking, "signIn").text).toMatch(
      /^No answer came in time \(.* did not answer in 20 seconds\)$/,
    );
  });

  test("one check runs at a time, and is stopped at once: nothing is kept, and the next one works", async () => {
    standIn.behaviour.entra = () => {};
    const { call, got, home } = await opened();
    const running = call("checkCloud", { secret, dod: false });
    await standIn.requests.until(({ length }) => length === 1);
    expect(await call("checkCloud", { secret, dod: false })).toMatchObject({ ok: false, error: { code: "busy" } });
    await got("cancelCloudCheck");
    expect(await running).toMatchObject({
      ok: false,
      error: { code: "cloud-check-cancelled", message: expect.stringMatching(/nothing was kept/) },
    });
    expect(await readdir(home)).not.toContain("cloud-check.json");
    expect((await got("getState")).cloud).toMatchObject({ last: null, answer: null });
    standIn.behaviour.entra = null;
    expect(rowIn(await got("checkCloud", { secret, dod: false }), "mailbox").status).toBe("done");
  });

  test("stopping when nothing runs does nothing", async () => {
    const { got } = await opened();
    expect(await got("cancelCloudCheck")).toBeNull();
  });

  test("a server turned to meanwhile is not given the other's check", async () => {
    const { call, got } = await opened({
      http: {
        route: async () => "directly",
        send: async () => {
          await got("openSample", { id: "old-build" });
          throw new ConnectionFailure("network.dns", "x");
        },
      },
    });
    expect(await call("checkCloud", { secret, dod: false })).toMatchObject({ ok: true });
    const { server, cloud } = await got("getState");
    expect(server.kind).toBe("recorded");
    expect(cloud.last?.applicationId ?? null).not.toBe(application);
    expect(cloud.answer).toBeNull();
  });
});

test("the state of every kind of target keeps to its schema", async () => {
  const { got } = await opened();
  for (const mailServer of ["office365", "office365China", "office365Government", "exchange", "smtp", "none"]) {
    const { cloud } = await got("setTarget", { ...target, mailServer });
    expect(cloudStateSchema.safeParse(cloud).error, mailServer).toBeUndefined();
    expect(cloud.commands.length > 0, mailServer).toBe(mailServer.startsWith("office365"));
    expect(cloud.setUp.length > 0, mailServer).toBe(mailServer.startsWith("office365"));
  }
});

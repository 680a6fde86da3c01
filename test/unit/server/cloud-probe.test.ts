import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { windowsRow } from "../../../electron/assistant/cloud-answer.ts";
import { cloudRowSchema } from "../../../electron/contract/cloud.ts";
import { createCloudProbe, probeIn } from "../../../electron/server/live/cloud-probe.ts";
import { type Ended, type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";

const hosts = { authority: "login.microsoftonline.com", exchange: "outlook.office365.com" };
const runtime = {
  step: "runtime",
  languageMode: "FullLanguage",
  powershell: "5.1.20348.2849",
  clr: "4.0.30319.42000",
};
const host = (more: object = {}) => ({
  step: "host",
  host: hosts.authority,
  ok: true,
  status: 302,
  proxy: null,
  tls: "Tls12",
  issuer: "CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US",
  fault: null,
  reason: null,
  ...more,
});
const failed = (fault: string, more: object = {}) =>
  host({
    ok: false,
    status: null,
    tls: null,
    issuer: null,
    fault,
    reason: "The remote name could not be resolved",
    ...more,
  });
const done = { step: "done" };
const lines = (...steps: readonly object[]): string => `${steps.map((step) => JSON.stringify(step)).join("\r\n")}\r\n`;
const good = lines(runtime, host(), host({ host: hosts.exchange, status: 401 }), done);

const running = (text: string, code = 0): RunTool & { readonly asked: string[][] } => {
  const asked: string[][] = [];
  const run: RunTool = async (program, argv): Promise<Ended> => {
    asked.push([program, ...argv]);
    return { code, stdout: Buffer.from(text, "latin1"), stderr: Buffer.alloc(0) };
  };
  return Object.assign(run, { asked });
};

describe("the probe through Windows PowerShell", () => {
  test("is one call of the product's script, with two host names and nothing else", async () => {
    const run = running(good);
    const probe = await createCloudProbe({ scripts: "C:\\app\\assets\\powershell", run })(hosts);
    expect(probe).toMatchObject({ ok: true, clr: "4.0.30319.42000" });
    expect(run.asked).toHaveLength(1);
    const [program, ...argv] = run.asked[0] as string[];
    expect(program).toMatch(/\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/);
    expect(argv.slice(-4)).toEqual(["-Authority", hosts.authority, "-Exchange", hosts.exchange]);
    expect(argv.join(" ")).toContain("cloud-probe.ps1");
  });

  test("that reached both hosts is done, and says what it does not prove", async () => {
    const row = windowsRow(probeIn(good));
    expect(cloudRowSchema.safeParse(row).error).toBeUndefined();
    expect(row).toMatchObject({ id: "windows", status: "done", code: null, cure: [] });
    expect(row.text).toMatch(/\.NET Framework 4.*CLR 2\.0.*TLS and strong cryptography/);
    expect(row.details).toEqual([
      {
        label: hosts.authority,
        value: expect.stringMatching(/^answered HTTP 302; TLS 1\.2; certificate of CN=DigiCert.*; directly$/),
      },
      { label: hosts.exchange, value: expect.stringMatching(/^answered HTTP 401; TLS 1\.2/) },
      { label: "Ran on", value: "Windows PowerShell 5.1.20348.2849, CLR 4.0.30319.42000" },
    ]);
  });

  test.each<[string, object, string, RegExp]>([
    ["a name that is not found", failed("NameResolutionFailure"), "network.dns", /DNS/],
    ["no connection", failed("ConnectFailure"), "network.unreachable", /443/],
    [
      "no connection to the proxy",
      failed("ConnectFailure", { proxy: "proxy:8080" }),
      "network.proxyUnreachable",
      /proxy/,
    ],
    ["a proxy that is not found", failed("ProxyNameResolutionFailure"), "network.proxyUnreachable", /proxy/],
    [
      "a proxy that wants a sign-in",
      failed("ProtocolError", { status: 407, proxy: "p:1" }),
      "network.proxySignIn",
      /sign-in/,
    ],
    ["a proxy that refuses", failed("RequestProhibitedByProxy"), "network.proxyRefused", /Allow/],
    ["a certificate nobody trusts", failed("TrustFailure"), "network.certificate", /TLS inspection/],
    ["no secure channel", failed("SecureChannelFailure"), "network.tls", /TLS 1\.2 for the client, and \.NET/],
    ["a handshake the other side broke off", failed("SendFailure"), "network.tls", /TLS and strong cryptography/],
    ["no answer in time", failed("Timeout"), "network.timeLimit", /firewall/],
    ["something else", failed("Other"), "network.unreachable", /443/],
  ])("%s is told with its code and cure", (_what, step, code, cure) => {
    const row = windowsRow(probeIn(lines(runtime, host(), step, done)));
    expect(row).toMatchObject({ status: "action", code });
    expect(row.cure.join("\n")).toMatch(cure);
    expect(row.text).toContain(hosts.authority);
  });

  test.each<[string, string, RegExp]>([
    ["nothing", "", /without an answer/],
    ["half an answer", lines(runtime, host()), /without an answer/],
    ["no JSON", "Access is denied.\r\n", /not in the expected form/],
    ["another form", lines({ ...runtime, more: 1 }, done), /not in the expected form/],
    [
      "Constrained Language Mode",
      lines({ ...runtime, languageMode: "ConstrainedLanguage" }, done),
      /ConstrainedLanguage/,
    ],
    ["no host", lines(runtime, done), /without an answer/],
  ])("%s is not known, with the reason", (_what, text, reason) => {
    const row = windowsRow(probeIn(text));
    expect(row).toMatchObject({ status: "unknown", code: null });
    expect(row.text).toMatch(reason);
    expect(row.cure.length).toBeGreaterThan(0);
  });

  test("a script that fails, is blocked or does not end is not known", async () => {
    const fails = await createCloudProbe({ scripts: "x", run: running("", 1) })(hosts);
    expect(fails).toMatchObject({ ok: false, reason: expect.stringMatching(/ended with 1/) });
    const blocked: RunTool = async () => {
      throw new ToolFailure("blocked", "powershell.exe cannot be started: EPERM");
    };
    expect(await createCloudProbe({ scripts: "x", run: blocked })(hosts)).toMatchObject({ ok: false });
  });

  test("is stopped with the check", async () => {
    const stop = new AbortController();
    const run: RunTool = (_program, _argv, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => reject(new ToolFailure("cancelled", "x")));
      });
    const probing = createCloudProbe({ scripts: "x", run })(hosts, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(probing).rejects.toThrow("stopped");
  });

  test("on another server is not applicable", () => {
    expect(windowsRow({ notApplicable: "why" })).toMatchObject({ status: "notApplicable", text: "why" });
  });
});

test("the script changes nothing and sends no sign-in", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../assets/powershell/cloud-probe.ps1"), "utf8");
  const code = text.replace(/<#[\s\S]*?#>/g, "").replace(/^\s*#.*$/gm, "");
  expect(code).not.toMatch(
    /\b(Set(?!-StrictMode)|Remove|Start|Stop|Restart|Clear|Rename|Move|Copy|Out|Export|Add|Invoke)-[A-Z]/,
  );
  expect(code.match(/\bNew-\w+/g)?.every((name) => name === "New-Object")).toBe(true);
  expect(code).not.toMatch(/Credential|Authorization|UseDefault|ServerCertificateValidationCallback/i);
  expect(code).not.toMatch(/SecurityProtocol\s*=/);
  expect(code).toContain("$request.AllowAutoRedirect = $false");
});

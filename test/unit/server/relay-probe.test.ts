import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RelayQuestion } from "../../../electron/cloud/relay-question.ts";
import { createRelayProbe, relayProbeIn } from "../../../electron/server/live/relay-probe.ts";
import { type Ended, type RunTool, ToolFailure } from "../../../electron/server/windows-tool.ts";

const question: RelayQuestion = {
  host: "relay.contoso.com",
  port: 25,
  useSsl: true,
  name: "MIM01",
  sender: "mim@contoso.com",
  inside: "mim@contoso.com",
  outside: "postmaster@example.com",
  sendTo: "ada@contoso.com",
};
const runtime = {
  step: "runtime",
  languageMode: "FullLanguage",
  powershell: "5.1.20348.2849",
  clr: "4.0.30319.42000",
};
const relay = (more: object = {}) => ({ step: "relay", at: "ready", fault: null, reason: null, tls: "Tls12", ...more });
const done = { step: "done" };
const lines = (...steps: readonly object[]): string => `${steps.map((step) => JSON.stringify(step)).join("\r\n")}\r\n`;

const running = (text: string, code = 0): RunTool & { readonly asked: string[][] } => {
  const asked: string[][] = [];
  const run: RunTool = async (program, argv): Promise<Ended> => {
    asked.push([program, ...argv]);
    return { code, stdout: Buffer.from(text, "latin1"), stderr: Buffer.alloc(0) };
  };
  return Object.assign(run, { asked });
};

describe("Windows' own way to the relay", () => {
  test("is one call of the product's script, which is told of no sender and no recipient", async () => {
    const run = running(lines(runtime, relay(), done));
    const windows = await createRelayProbe({ scripts: "C:\\app\\assets\\powershell", run })(question);
    expect(windows).toEqual({ state: "ready", detail: null, tls: "Tls12", clr: "4.0.30319.42000" });
    expect(run.asked).toHaveLength(1);
    const [program, ...argv] = run.asked[0] as string[];
    expect(program).toMatch(/\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/);
    expect(argv.slice(-7)).toEqual(["-Relay", "relay.contoso.com", "-Port", "25", "-Name", "MIM01", "-StartTls"]);
    expect(argv.join(" ")).not.toMatch(/@/);
  });

  test("stays in clear where SSL is not wanted", async () => {
    const run = running(lines(runtime, relay({ tls: null }), done));
    await createRelayProbe({ scripts: "x", run })({ ...question, useSsl: false });
    expect(run.asked[0]).not.toContain("-StartTls");
  });

  test.each<[string, object, string]>([
    ["name", { at: "name", fault: "Other", reason: "No such host is known" }, "notFound"],
    ["closed port", { at: "connection", fault: "ConnectionRefused" }, "refused"],
    ["dropped packets", { at: "connection", fault: "Other", reason: "no connection in time" }, "noConnection"],
    ["silence", { at: "greeting", fault: "TimedOut" }, "slowGreeting"],
    ["another protocol", { at: "greeting", fault: "NotSmtp" }, "notSmtp"],
    ["refused greeting", { at: "greeting", fault: "Refused", reason: "554 no" }, "brokenOff"],
    ["refused EHLO", { at: "hello", fault: "Other", reason: "the relay closed the connection" }, "brokenOff"],
    ["no STARTTLS", { at: "tls", fault: "Missing" }, "tlsMissing"],
    ["failed handshake", { at: "tls", fault: "Other", reason: "A call to SSPI failed" }, "tlsFailed"],
    ["STARTTLS that is refused", { at: "tls", fault: "Refused", reason: "454 4.7.0 TLS not available" }, "tlsFailed"],
    ["certificate nobody trusts", { at: "tls", fault: "Certificate" }, "certificate"],
  ])("%s is told by its state", (_what, more, state) => {
    expect(relayProbeIn(lines(runtime, relay({ tls: null, ...more }), done)).state).toBe(state);
  });

  test.each<[string, string, RegExp]>([
    ["nothing", "", /without an answer/],
    ["half an answer", lines(runtime, relay()), /without an answer/],
    ["no JSON", "Access is denied.\r\n", /not in the expected form/],
    ["another form", lines(runtime, relay({ more: 1 }), done), /not in the expected form/],
    ["a far too long reason", lines(runtime, relay({ reason: "x".repeat(500) }), done), /not in the expected form/],
    ["Constrained Language Mode", lines({ ...runtime, languageMode: "ConstrainedLanguage" }, done), /Constrained/],
  ])("%s counts as not tried, with the reason", (_what, text, reason) => {
    expect(relayProbeIn(text)).toMatchObject({ state: "untried", detail: expect.stringMatching(reason) });
  });

  test("a script that fails, is blocked or does not end counts as not tried", async () => {
    expect(await createRelayProbe({ scripts: "x", run: running("", 1) })(question)).toMatchObject({
      state: "untried",
      detail: expect.stringMatching(/ended with 1/),
    });
    const blocked: RunTool = async () => {
      throw new ToolFailure("blocked", "powershell.exe cannot be started: EPERM");
    };
    expect((await createRelayProbe({ scripts: "x", run: blocked })(question)).state).toBe("untried");
  });

  test("keeps no secret of what the relay said", () => {
    const said = relay({ at: "greeting", fault: "Refused", reason: "554 password=Hunter2secret refused" });
    expect(JSON.stringify(relayProbeIn(lines(runtime, said, done)))).not.toContain("Hunter2secret");
  });

  test("is stopped with the check", async () => {
    const stop = new AbortController();
    const run: RunTool = (_program, _argv, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener("abort", () => reject(new ToolFailure("cancelled", "x")));
      });
    const probing = createRelayProbe({ scripts: "x", run })(question, stop.signal);
    stop.abort(new Error("stopped"));
    await expect(probing).rejects.toThrow("stopped");
  });
});

test("the script changes nothing, names no sender, and weakens no check of a certificate", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../assets/powershell/relay-probe.ps1"), "utf8");
  const code = text.replace(/<#[\s\S]*?#>/g, "").replace(/^\s*#.*$/gm, "");
  expect(code).not.toMatch(
    /\b(Set(?!-StrictMode)|Remove|Start|Stop|Restart|Clear|Rename|Move|Copy|Out-(?!Null)|Export|Add|Invoke)-[A-Z]/,
  );
  expect(code.match(/\bNew-\w+/g)?.every((name) => name === "New-Object")).toBe(true);
  expect(code).not.toMatch(/Credential|MAIL FROM|RCPT|DATA\b|ServerCertificateValidationCallback/i);
  expect(code).not.toMatch(/SecurityProtocol\s*=/);
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { dispatch } from "../../../electron/assistant/dispatch.ts";
import { type AskRelay, checkRelay } from "../../../electron/assistant/relay.ts";
import type { MethodName, MethodOutput } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { defaultTarget, type Target } from "../../../electron/contract/target.ts";
import type { ProbeRelay, Server } from "../../../electron/server/server.ts";

const smtp: Target = {
  ...defaultTarget,
  mailServer: "smtp",
  authentication: "integrated",
  mailHost: "relay.contoso.com",
  serviceEmail: "mim@contoso.com",
};

let told: unknown[];
beforeEach(() => {
  told = [];
});

/** A trusted side on the practice server, with an SMTP relay wanted. */
async function wanted(target: Target, askRelay?: AskRelay) {
  const home = mkdtempSync(join(tmpdir(), "mim-mail-relay-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const handlers = createAssistant({
    home,
    assets: join(import.meta.dirname, "../../../assets"),
    version: "1.2.3",
    platform: "linux",
    emit: (name, value) => void told.push({ name, value }),
    ...(askRelay === undefined ? {} : { askRelay }),
  });
  const call = async <Name extends MethodName>(
    name: Name,
    input: unknown = null,
  ): Promise<Outcome<MethodOutput<Name>>> => (await dispatch(handlers, name, input)) as never;
  const got = async <Name extends MethodName>(name: Name, input?: unknown): Promise<MethodOutput<Name>> => {
    const outcome = await call(name, input);
    if (!outcome.ok) throw new Error(`${name}: ${outcome.error.message}`);
    return outcome.value;
  };
  await got("setTarget", target);
  return { call, got };
}

describe("asking the relay from the window", () => {
  test("settles both findings, keeps the answer for the next look, and sends nothing", async () => {
    const { got } = await wanted(smtp);
    const before = await got("getState");
    expect(before.relay).toMatchObject({ refusal: null, answer: null, simulated: true, testRecipient: null });
    expect(before.relay.question?.outside).toBe("postmaster@example.com");
    const asked = await got("checkRelay", { port: 25, testMail: false });
    expect(asked.relay.answer?.rows.map(({ status }) => status)).toEqual(Array(7).fill("done"));
    const findings = asked.checklist.steps.flatMap((step) => step.findings);
    for (const id of ["smtp.relay", "smtp.sender"]) {
      expect(findings.find((one) => one.id === id)?.status).toBe("done");
    }
    expect((await got("look")).relay.answer).toEqual(asked.relay.answer);
  });

  test("sends a test mail to the recipient that is entered, and to nobody without one", async () => {
    const { call, got } = await wanted(smtp);
    expect(await call("checkRelay", { port: 25, testMail: true })).toMatchObject({
      ok: false,
      error: { code: "no-test-recipient" },
    });
    await got("setTarget", { ...smtp, mailTestRecipient: "ada@contoso.com" });
    const { relay } = await got("checkRelay", { port: 587, testMail: true });
    expect(relay.answer?.port).toBe(587);
    expect(relay.answer?.rows.at(-1)).toMatchObject({ id: "testMail", status: "done" });
  });

  test("says why it cannot be asked: no name, or a server that is not at hand", async () => {
    const { mailHost: _, ...nameless } = smtp;
    const { call, got } = await wanted(nameless);
    expect((await got("getState")).relay.refusal?.message).toBe("The relay's name is not in the target.");
    const sample = (await got("getState")).available.samples[0]?.id;
    await got("openSample", { id: sample });
    expect((await got("getState")).relay).toMatchObject({ question: null, simulated: false });
    expect(await call("checkRelay", { port: 25, testMail: false })).toMatchObject({
      ok: false,
      error: { code: "recorded" },
    });
  });

  test("tells how far it is, refuses a second one, and keeps nothing of one that was stopped", async () => {
    let reached = (): void => {};
    const asking = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { call, got } = await wanted(smtp, (_question, { signal, progress }) => {
      progress?.("Talking to relay.contoso.com, port 25", 0.3);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
        reached();
      });
    });
    const first = call("checkRelay", { port: 25, testMail: false });
    await asking;
    expect(told).toContainEqual({
      name: "progress",
      value: { task: "relay", text: "Talking to relay.contoso.com, port 25", fraction: 0.3 },
    });
    expect(await call("checkRelay", { port: 25, testMail: false })).toMatchObject({
      ok: false,
      error: { code: "busy" },
    });
    await got("cancelRelayCheck");
    expect(await first).toMatchObject({ ok: false, error: { code: "relay-check-cancelled" } });
    expect((await got("look")).relay.answer).toBeNull();
  });
});

describe("Windows' own way to the relay", () => {
  const question = {
    host: "relay.contoso.com",
    port: 25,
    useSsl: true,
    name: "MIM01",
    sender: "mim@contoso.com",
    inside: "mim@contoso.com",
    outside: "postmaster@example.com",
    sendTo: null,
  };
  const answered = {
    ...question,
    at: "2026-11-27T10:00:00.000Z",
    state: "ready",
    addresses: [],
    startTls: true,
    mechanisms: [],
  };
  const now = () => new Date("2026-11-27T10:00:00Z");
  /** A server of another computer: nothing of it is kept here. */
  const serverWith = (probeRelay: ProbeRelay): Server => ({
    kind: "remote",
    label: "MIM02",
    elevated: null,
    probeRelay,
    look: async () => {
      throw new Error("is not looked at");
    },
  });

  test("is asked after the program's own, and is kept with it", async () => {
    const order: string[] = [];
    const server = serverWith(async () => {
      order.push("windows");
      return { state: "ready", tls: "Tls12" };
    });
    const ask: AskRelay = async () => {
      order.push("program");
      return answered;
    };
    const progress = (text: string): void => void order.push(text);
    const check = await checkRelay(server, question, { home: "nowhere", ask, now, progress });
    expect(check).toEqual({ ...answered, windows: { state: "ready", tls: "Tls12" } });
    expect(order).toEqual(["program", "Asking relay.contoso.com by way of .NET Framework", "windows"]);
  });

  test("is not begun when the check was stopped before it, and stops with it", async () => {
    const stop = new AbortController();
    let asked = 0;
    const server = serverWith(async (_question, signal) => {
      asked += 1;
      signal?.throwIfAborted();
      return { state: "ready" };
    });
    const ask: AskRelay = async () => {
      stop.abort(new Error("stopped"));
      return answered;
    };
    const check = checkRelay(server, question, { home: "nowhere", ask, now, signal: stop.signal });
    await expect(check).rejects.toThrow("stopped");
    expect(asked).toBe(0);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAssistant } from "../../../electron/assistant/assistant.ts";
import { createCloudAccess } from "../../../electron/assistant/cloud-access.ts";
import { cloudUseCases } from "../../../electron/assistant/cloud-check.ts";
import { farmTargetOf } from "../../../electron/assistant/farm-target.ts";
import { createWanted } from "../../../electron/assistant/parts.ts";
import { bareShell } from "../../../electron/assistant/window-shell.ts";
import type { Handlers } from "../../../electron/contract/methods.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import type { State } from "../../../electron/contract/state.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";

const top = fileURLToPath(new URL("../../..", import.meta.url));
const secret = "AnythingAtAll-1234567890-abcdefghijk";
const ids = { applicationId: "6e0c9a1f-2f4b-4c43-9d53-5b7f0a8e21c4", tenantId: "0b2d7e63-91c5-4f0e-8a37-c4d1f6a95e18" };
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "microsoft-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

/** An assistant with the practice server on show and everything wanted that a check needs. */
async function practising(): Promise<Handlers> {
  const handlers = createAssistant({
    home,
    assets: join(top, "assets"),
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: () => {},
    shell: { ...bareShell, http: { route: async () => "nowhere", send: () => Promise.reject(new Error("sent")) } },
  });
  const { target } = given(await handlers.getState(null));
  await handlers.setTarget({ ...target, ...ids, serviceEmail: "mim@contoso.com" });
  return handlers;
}

const finding = (state: State, id: string) =>
  state.checklist.steps.flatMap((step) => step.findings).find((one) => one.id === id);

describe("the simulated Microsoft", () => {
  test("answers the practice server, whatever the secret, and nothing is sent or kept for other servers", async () => {
    const handlers = await practising();
    const { answer, state } = given(await handlers.checkCloud({ secret, dod: false }));
    expect(state.cloud.simulated).toBe(true);
    expect(answer.rows.map(({ id, status }) => [id, status])).toEqual([
      ["signIn", "done"],
      ["role", "done"],
      ["mailbox", "done"],
      ["clock", "done"],
      ["windows", "notApplicable"],
    ]);
    expect(answer.routes.every(({ route }) => route.includes("simulated"))).toBe(true);
    expect(finding(state, "exchange.mailbox")?.status).toBe("done");
    expect(await readdir(home)).not.toContain("cloud-check.json");
  });

  test.each([
    ["noApplication", "signIn", "AADSTS700016"],
    ["secretExpired", "signIn", "AADSTS7000222"],
    ["noConsent", "role", "role.missing"],
    ["notAllowed", "mailbox", "ews.blockedByPolicy"],
    ["accessPolicy", "mailbox", "ews.outsideScope"],
    ["noMailbox", "mailbox", "ews.noMailbox"],
  ])("refuses for %s as Microsoft does, until it is put right", async (fault, row, code) => {
    const handlers = await practising();
    const missing = given(await handlers.setPracticeFault({ fault, set: true }));
    expect(missing.practice?.microsoft.filter((part) => part.missing).map((part) => part.fault)).toEqual([fault]);
    const refused = given(await handlers.checkCloud({ secret, dod: false })).answer;
    expect(refused.rows.find(({ id }) => id === row)).toMatchObject({ status: "action", code });
    await handlers.setPracticeFault({ fault, set: false });
    const { answer } = given(await handlers.checkCloud({ secret, dod: false }));
    expect(answer.rows.filter(({ status }) => status === "action")).toEqual([]);
  });

  test("is never asked for a live server", async () => {
    const practice = createPracticeServer({ home });
    const recording = await practice.look();
    const sent: string[] = [];
    // All that the live server has of the practice server is what was seen.
    const server = {
      kind: "live" as const,
      label: "This server",
      elevated: true,
      local: true,
      look: async () => recording,
    };
    const target = farmTargetOf({ ...defaultTarget, ...ids });
    const session = { shown: async () => ({ server, recording, ownTarget: target }), note: () => {} };
    const now = () => new Date("2026-11-23T12:00:00Z");
    const parts = {
      ...createWanted({ session, now } as unknown as Parameters<typeof createWanted>[0]),
      session,
      now,
      emit: () => {},
      home,
      shell: {
        ...bareShell,
        http: {
          route: async () => "directly",
          send: async ({ url }: { readonly url: string }) => {
            sent.push(new URL(url).host);
            return { status: 400, headers: {}, body: JSON.stringify({ error: "invalid_request" }) };
          },
        },
      },
      cloud: createCloudAccess(),
      stateOf: async () => ({}) as State,
    } as unknown as Parameters<typeof cloudUseCases>[0];
    const { answer } = await cloudUseCases(parts).checkCloud({ secret, dod: false });
    expect(sent).toEqual(["login.microsoftonline.com"]);
    expect(answer.routes.map(({ route }) => route)).toEqual(["directly"]);
    expect((await practice.shows()).microsoft.every(({ missing }) => !missing)).toBe(true);
  });

  test("is made in the practice server alone", () => {
    const files = readdirSync(join(top, "electron"), { recursive: true, encoding: "utf8" }).filter(
      (name) =>
        name.endsWith(".ts") && readFileSync(join(top, "electron", name), "utf8").includes("practice-microsoft"),
    );
    expect(files.map((name) => name.replaceAll("\\", "/"))).toEqual(["server/practice/practice-server.ts"]);
  });
});

test("a fault that is not listed is refused, and what broke the server is mended there", async () => {
  const handlers = await practising();
  expect(await handlers.setPracticeFault({ fault: "nonsense", set: true })).toMatchObject({
    ok: false,
    error: { code: "no-fault" },
  });
  const { practice } = given(await handlers.setPracticeFault({ fault: "repliesUnread", set: true }));
  expect(practice?.faults.find(({ id }) => id === "repliesUnread")).toMatchObject({ set: true, lasting: true });
  expect(new Set(practice?.faults.map(({ teaches }) => teaches)).size).toBe(practice?.faults.length);
});

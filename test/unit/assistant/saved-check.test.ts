import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { checkRelay } from "../../../electron/assistant/relay.ts";
import { withSavedAnswers } from "../../../electron/assistant/saved-check.ts";
import { relayQuestion } from "../../../electron/cloud/relay-question.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { createPracticeServer } from "../../../electron/server/practice/practice-server.ts";
import type { Server } from "../../../electron/server/server.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "saved-check-"));
  return () => rm(home, { recursive: true, force: true });
});

const now = () => new Date("2026-11-23T12:00:00Z");

/** Asks the practice server's relay as a server that can do no more than this one. */
async function asked(server: Omit<Server, "look">) {
  const practice = createPracticeServer({ home: join(home, "other"), now });
  const recording = { ...(await practice.look()), relay: null };
  const target = { ...defaultTarget, mailHost: "relay.contoso.com", serviceEmail: "mim@contoso.com" };
  const asking: Server = { ...server, look: async () => recording };
  await checkRelay(asking, relayQuestion({ target, recording, port: 25 }), {
    home,
    now,
    ask: (question) => practice.askRelay(question),
  });
  return { asking, recording };
}

const here = { kind: "live", label: "This server", elevated: false, local: true } as const;

test("what a relay answered this server is laid beside its next look, one with more rights too", async () => {
  const { asking, recording } = await asked(here);
  expect(await withSavedAnswers(recording, home, asking)).toMatchObject({ relay: { host: "relay.contoso.com" } });
});

test("what a relay answered a made-up server is kept by that server, and the other way round", async () => {
  const practice = createPracticeServer({ home, now });
  const target = { ...defaultTarget, mailHost: "relay.contoso.com", serviceEmail: "mim@contoso.com" };
  const recording = await practice.look();
  await checkRelay(practice, relayQuestion({ target, recording, port: 25 }), { home, now });
  expect((await practice.look()).relay).toMatchObject({ host: "relay.contoso.com" });
  expect((await withSavedAnswers(recording, home, { ...here, look: async () => recording })).relay).toBeNull();
  // One of this computer is not shown on the practice server.
  await asked(here);
  await practice.reset();
  const started = await practice.look();
  expect((await withSavedAnswers(started, home, practice)).relay).toBeNull();
});

test("what a made-up server's relay answered lies further back once time has passed there", async () => {
  const practice = createPracticeServer({ home, now });
  const target = { ...defaultTarget, mailHost: "relay.contoso.com", serviceEmail: "mim@contoso.com" };
  const question = relayQuestion({ target, recording: await practice.look(), port: 25 });
  await checkRelay(practice, question, { home, now });
  await practice.rehearsal.act("letTimePass");
  expect((await practice.look()).relay?.at).toBe("2026-11-23T11:45:00.000Z");
});

test("a damaged file of what a relay answered counts as none", async () => {
  const { asking, recording } = await asked(here);
  const kept = join(home, "relay-check.json");
  expect(JSON.parse(await readFile(kept, "utf8"))).toMatchObject({ format: "mim-mail-relay-check", version: 1 });
  await writeFile(kept, "{");
  expect((await withSavedAnswers(recording, home, asking)).relay).toBeNull();
});

test("what a relay answers here says nothing of another computer, and is not kept", async () => {
  await asked({ kind: "remote", label: "\\\\MIM02", elevated: null, refreshable: true });
  expect(await readdir(home)).not.toContain("relay-check.json");
});

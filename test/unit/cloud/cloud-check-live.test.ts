import { readdir } from "node:fs/promises";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ProbeCloud } from "../../../electron/server/server.ts";
import { type CloudCheckCase, cloudCheckCase, rowIn } from "./cloud-check-case.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

/** Windows' own way, as a test has it. */
const probe = vi.hoisted(() => ({ now: (async () => ({ ok: false, reason: "not set" })) as ProbeCloud }));

/** A live server that sees what the practice server shows. */
vi.mock("../../../electron/server/live/live-server.ts", async (original) => {
  const { createPracticeServer } = await import("../../../electron/server/practice/practice-server.ts");
  return {
    ...(await original<object>()),
    createLiveServer: () => {
      const { look } = createPracticeServer({ home: "/nowhere" });
      const probeCloud: ProbeCloud = (...given) => probe.now(...given);
      return { kind: "live", label: "This server", elevated: false, local: true, refreshable: true, probeCloud, look };
    },
  };
});

const secret = "Xq~8Q.right-secret_Value-of-40-characters";
let standIn: StandIn;
let dependencies: CloudCheckCase | null = null;
beforeAll(async () => {
  standIn = await startStandIn();
  return () => standIn.close();
});
beforeEach(() => {
  Object.assign(standIn.behaviour, { secret, entra: null, ews: null });
});
afterEach(async () => {
  await dependencies?.close();
  dependencies = null;
});

const host = { ok: true, status: 302, proxy: null, tls: "Tls13", issuer: "CN=x", code: null, reason: null };

test("a live server is tried Windows' own way as well, with host names alone", async () => {
  const asked: unknown[] = [];
  probe.now = async (hosts) => {
    asked.push(hosts);
    return { ok: true, powershell: "5.1", clr: "4.0", hosts: [{ host: hosts.authority, ...host }] };
  };
  dependencies = await cloudCheckCase({ standIn, platform: "win32" });
  const result = await dependencies.got("checkCloud", { secret, dod: false });
  expect(result.state.server.kind).toBe("live");
  expect(asked).toEqual([{ authority: "localhost", exchange: "localhost" }]);
  expect(rowIn(result, "windows")).toMatchObject({ status: "done", text: expect.stringMatching(/CLR 2\.0/) });
  expect(rowIn(result, "windows").details[0]?.value).toContain("TLS 1.3");
  // The practice server is another one: its answer is not this one's.
  expect((await dependencies.got("chooseServer", { kind: "practice" })).cloud.answer).toBeNull();
  expect((await dependencies.got("chooseServer", { kind: "live" })).cloud.answer).toEqual(result.answer);
});

test("what Windows cannot try leaves the mailbox's answer as it is", async () => {
  probe.now = async () => ({ ok: false, reason: "powershell.exe cannot be started: EPERM" });
  dependencies = await cloudCheckCase({ standIn, platform: "win32" });
  const result = await dependencies.got("checkCloud", { secret, dod: false });
  expect(rowIn(result, "mailbox").status).toBe("done");
  expect(rowIn(result, "windows")).toMatchObject({ status: "unknown", text: expect.stringMatching(/EPERM/) });
});

test("stopped while Windows' own way is tried, it keeps nothing of the mailbox's answer either", async () => {
  probe.now = (_hosts, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
    });
  dependencies = await cloudCheckCase({ standIn, platform: "win32" });
  const before = standIn.requests.length;
  const running = dependencies.call("checkCloud", { secret, dod: false });
  await standIn.requests.until(({ length }) => length === before + 2);
  // The answer is read and would have been kept by now.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await dependencies.got("cancelCloudCheck");
  expect(await running).toMatchObject({ ok: false, error: { code: "cloud-check-cancelled" } });
  expect(await readdir(dependencies.home)).not.toContain("cloud-check.json");
  expect((await dependencies.got("look")).cloud.last).toBeNull();
});

test("stopping ends Windows' own way too", async () => {
  standIn.behaviour.entra = () => {};
  let ended = false;
  probe.now = (_hosts, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        ended = true;
        reject(signal.reason);
      });
    });
  dependencies = await cloudCheckCase({ standIn, platform: "win32" });
  const before = standIn.requests.length;
  const running = dependencies.call("checkCloud", { secret, dod: false });
  await standIn.requests.until(({ length }) => length === before + 1);
  await dependencies.got("cancelCloudCheck");
  expect(await running).toMatchObject({ ok: false, error: { code: "cloud-check-cancelled" } });
  expect(ended).toBe(true);
});

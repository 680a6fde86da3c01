import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { farmTargetOf } from "../../../electron/assistant/farm-target.ts";
import { createSession } from "../../../electron/assistant/session.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { type Recording, recordingSchema } from "../../../electron/recording/recording.ts";
import type { Server } from "../../../electron/server/server.ts";

function recordingOf(computer: string): Recording {
  return recordingSchema.parse({
    format: "mim-mail-recording",
    version: 1,
    recordedAt: "2026-11-23T10:00:00Z",
    computer,
  });
}

/** A server whose looks end when the test says so. */
function slowServer(label: string) {
  const looks: { finish: () => void; signal: AbortSignal | undefined }[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const server: Server = {
    kind: "remote",
    label,
    elevated: null,
    refreshable: true,
    look: ({ signal } = {}) => {
      running += 1;
      mostAtOnce = Math.max(mostAtOnce, running);
      return new Promise<Recording>((resolve, reject) => {
        looks.push({ finish: () => resolve(recordingOf(`${label} ${looks.length}`)), signal });
        signal?.addEventListener("abort", () => reject(signal.reason));
      }).finally(() => {
        running -= 1;
      });
    },
  };
  return { server, looks, most: () => mostAtOnce };
}

const nothing = (): void => undefined;

describe("a session", () => {
  test("makes the default server once, however many ask first", async () => {
    const { server, looks } = slowServer("first");
    let made = 0;
    const session = createSession(async () => {
      made += 1;
      return { server, ownTarget: null };
    }, nothing);
    const both = Promise.all([session.shown(), session.look()]);
    await turn();
    expect(looks).toHaveLength(1);
    looks[0]?.finish();
    const [one, other] = await both;
    expect(one).toBe(other);
    expect(made).toBe(1);
  });

  test("tries the default server again after it could not be made", async () => {
    const { server, looks } = slowServer("first");
    let attempts = 0;
    const session = createSession(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("not there");
      return { server, ownTarget: null };
    }, nothing);
    await expect(session.shown()).rejects.toThrow("not there");
    const shown = session.shown();
    await turn();
    looks[0]?.finish();
    expect((await shown).server).toBe(server);
  });

  test("keeps what is on show until another server's look has succeeded", async () => {
    const first = slowServer("first");
    const second = slowServer("second");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    const start = session.shown();
    await turn();
    first.looks[0]?.finish();
    await start;
    const turning = session.turnTo(second.server, null);
    await turn();
    expect((await session.shown()).server).toBe(first.server);
    second.looks[0]?.finish();
    await turning;
    expect((await session.shown()).server).toBe(second.server);
  });

  test("ends the look at one server before it looks at another", async () => {
    const first = slowServer("first");
    const second = slowServer("second");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    const start = session.shown();
    await turn();
    const turning = session.turnTo(second.server, null);
    await expect(start).rejects.toThrow("cancelled");
    expect(first.looks[0]?.signal?.aborted).toBe(true);
    await turn();
    second.looks[0]?.finish();
    expect((await turning).recording.computer).toBe("second 1");
  });

  test("lets the last of several choices win", async () => {
    const servers = ["a", "b", "c"].map(slowServer);
    const session = createSession(async () => ({ server: servers[0]?.server as Server, ownTarget: null }), nothing);
    const turned = servers.map(({ server }) => session.turnTo(server, null).catch((error: Error) => error.message));
    await turn();
    servers[2]?.looks[0]?.finish();
    expect(await Promise.all(turned)).toEqual([
      "the look was cancelled",
      "the look was cancelled",
      expect.objectContaining({ server: servers[2]?.server }),
    ]);
    // The second was ended before its look began.
    expect(servers[1]?.looks).toHaveLength(0);
  });

  test("looks anew after a cancelled look", async () => {
    const first = slowServer("first");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    const start = session.shown();
    await turn();
    session.cancel();
    const again = session.look();
    await expect(start).rejects.toThrow("cancelled");
    await turn();
    first.looks[1]?.finish();
    expect((await again).recording.computer).toBe("first 2");
    expect(first.most()).toBe(1);
  });

  test("looks another way on demand, which joins no look under way and ends it", async () => {
    const first = slowServer("first");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    const start = session.shown();
    await turn();
    first.looks[0]?.finish();
    await start;
    const plain = session.look();
    await turn();
    const asked: Server[] = [];
    const other = session.look(async (server) => {
      asked.push(server);
      return recordingOf("seen another way");
    });
    await expect(plain).rejects.toThrow("cancelled");
    expect((await other).recording.computer).toBe("seen another way");
    expect(asked).toEqual([first.server]);
    expect((await session.shown()).recording.computer).toBe("seen another way");
  });

  test("keeps what was read another way and is closed to its own look, until the service starts anew", async () => {
    const key = "HKU\\S-1-5-21-1-2-3-1104\\SOFTWARE";
    const closed = { state: "unreadable", reason: "access denied" } as const;
    const open = { state: "present", values: {} } as const;
    let startedAt = "2026-11-23T09:00:00Z";
    const seen = (found: typeof closed | typeof open): Recording => ({
      ...recordingOf("MIM01"),
      registry: { [key]: found },
      services: { FIMService: { state: "present", status: "running", startedAt } },
    });
    const server: Server = {
      kind: "live",
      label: "This server",
      elevated: false,
      refreshable: true,
      look: async () => seen(closed),
    };
    const session = createSession(async () => ({ server, ownTarget: null }), nothing);
    expect((await session.shown()).recording.registry[key]).toEqual(closed);
    await session.look(async () => seen(open));
    expect((await session.look()).recording.registry[key]).toEqual(open);
    startedAt = "2026-11-23T10:30:00Z";
    expect((await session.look()).recording.registry[key]).toEqual(closed);
  });

  test("keeps a sample's target that was changed while a look went on", async () => {
    const sample = slowServer("sample");
    const session = createSession(async () => ({ server: sample.server, ownTarget: null }), nothing);
    const opening = session.turnTo(sample.server, farmTargetOf(defaultTarget));
    await turn();
    sample.looks[0]?.finish();
    await opening;
    const again = session.look();
    await turn();
    const changed = farmTargetOf({ ...defaultTarget, mailServer: "smtp" });
    expect(session.changeOwnTarget(changed)).toBe(true);
    sample.looks[1]?.finish();
    expect((await again).ownTarget).toEqual(changed);
  });

  test("has no own target to change for the person's servers", async () => {
    const first = slowServer("first");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    expect(session.changeOwnTarget(farmTargetOf(defaultTarget))).toBe(false);
  });

  test("keeps the first look of each server, until it is forgotten", async () => {
    const [one, other] = [slowServer("one"), slowServer("other")];
    const session = createSession(async () => ({ server: one.server, ownTarget: null }), nothing);
    const finished = async (looking: Promise<unknown>, server: typeof one) => {
      await turn();
      server.looks.at(-1)?.finish();
      await looking;
    };
    expect(session.firstLook(one.server)).toBeNull();
    await finished(session.shown(), one);
    await finished(session.look(), one);
    await finished(session.turnTo(other.server, null), other);
    await finished(session.turnTo(one.server, null), one);
    expect(session.firstLook(one.server)?.computer).toBe("one 1");
    expect(session.firstLook(other.server)?.computer).toBe("other 1");
    session.forgetFirstLook(one.server);
    await finished(session.look(), one);
    expect(session.firstLook(one.server)?.computer).toBe("one 4");
    expect(session.firstLook(other.server)?.computer).toBe("other 1");
  });

  test("takes no look for the first that was cancelled", async () => {
    const first = slowServer("first");
    const session = createSession(async () => ({ server: first.server, ownTarget: null }), nothing);
    const start = session.shown();
    await turn();
    session.cancel();
    await expect(start).rejects.toThrow("cancelled");
    expect(session.firstLook(first.server)).toBeNull();
  });

  test("keeps what a server is compared with for that server alone", () => {
    const [one, other] = [slowServer("one").server, slowServer("other").server];
    const session = createSession(async () => ({ server: one, ownTarget: null }), nothing);
    session.openBefore(one, { name: "a.json", recording: recordingOf("a") });
    expect(session.openedBefore(one)?.name).toBe("a.json");
    expect(session.openedBefore(other)).toBeNull();
    session.openBefore(one, null);
    expect(session.openedBefore(one)).toBeNull();
  });
});

import { describe, expect, test } from "vitest";
import type { RegistryReader } from "../../../electron/changes/registry.ts";
import { fixedKeys, furtherAddresses, uninstallRoots } from "../../../electron/facts/addresses.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import { look } from "../../../electron/server/look.ts";
import type { Machine } from "../../../electron/server/machine.ts";
import { newPracticeState } from "../../../electron/server/practice/new-practice-state.ts";
import { machineOf } from "../../../electron/server/practice/practice-machine.ts";
import { readerOf } from "../../../electron/server/practice/practice-registry.ts";
import type { PracticeState } from "../../../electron/server/practice/practice-state.ts";

const now = () => new Date("2026-11-23T10:00:00Z");
const [root = ""] = uninstallRoots;

function portsOf(state: PracticeState) {
  return { registry: readerOf(state), machine: machineOf(state, []), now };
}

describe("a look", () => {
  test("reads all fixed keys and follows what they lead to until nothing is left to read", async () => {
    const recording = await look(portsOf(newPracticeState(now())));
    for (const key of fixedKeys) expect(recording.registry[key], key).toBeDefined();
    const left = furtherAddresses(recording);
    expect([...left.keys, ...left.files, ...left.texts, ...left.accounts]).toEqual([]);
    expect(recording.accounts["CONTOSO\\svcMIMService"]).toEqual({
      state: "present",
      sid: "S-1-5-21-1004336348-1177238915-682003330-1108",
    });
    expect(Object.keys(recording.files).some((path) => path.startsWith("C:\\Windows\\Installer\\"))).toBe(true);
    expect(Object.keys(recording.registry).some((key) => key.startsWith("HKU\\"))).toBe(true);
  });

  test("keeps no trace of programs that are not Identity Manager's", async () => {
    const state = newPracticeState(now());
    expect(JSON.stringify(state)).toContain("Contoso Backup Agent");
    const recording = await look(portsOf(state));
    expect(JSON.stringify(recording)).not.toContain("Contoso Backup Agent");
    expect(JSON.stringify(recording)).not.toContain("7B1F0E52-93D4-4C5B-8C1B-2F4D9E0A6B77");
    for (const parent of uninstallRoots) expect(recording.registry[parent]).toEqual({ state: "present", values: {} });
  });

  test("makes a recording that its own strict reader takes", async () => {
    const recording = await look(portsOf(newPracticeState(now())));
    expect(readRecordingText(JSON.stringify(recording), "look")).toEqual(recording);
  });

  test("lets no secret, token or password out", async () => {
    const state = newPracticeState(now());
    const token = "eyJ0eXAiOiJKV1QiLCJhbGciOi.secret-token-body.signature";
    const service = "HKLM\\SOFTWARE\\Microsoft\\Forefront Identity Manager\\2010\\Service";
    const hive = Object.keys(state.registry).find((key) => /^HKU\\.*\\Service$/.test(key)) ?? "";
    const [configPath = ""] = Object.keys(state.texts);
    const recording = await look(
      portsOf({
        ...state,
        registry: {
          ...state.registry,
          [service]: {
            ...state.registry[service],
            EncryptedExchangeOnlineClientSecret: { type: "REG_SZ", data: "AQAAANCMnd8BFdERjHoAwE/Cl+sBAAAAhidden" },
          },
          [hive]: { SomethingUnheardOf: { type: "REG_SZ", data: token } },
        },
        texts: {
          [configPath]: {
            state: "present",
            text: '<configuration><add key="smtpPassword" value="hunter2"/></configuration>',
          },
        },
        events: [
          {
            log: "Application",
            provider: "Microsoft.ResourceManagement",
            id: 12,
            at: "2026-11-23T09:00:00Z",
            text: `Bearer ${token}`,
          },
        ],
      }),
    );
    const text = JSON.stringify(recording);
    for (const secret of ["hidden", "secret-token-body", "hunter2"]) expect(text).not.toContain(secret);
    expect(recording.registry[hive]).toEqual({
      state: "present",
      values: { SomethingUnheardOf: { type: "REG_SZ", redacted: true, looksEncrypted: false } },
    });
  });

  test("reads the registry in a few batches, whatever the number of keys", async () => {
    const ports = portsOf(newPracticeState(now()));
    let calls = 0;
    const counting: RegistryReader = {
      readKeys: (keys) => {
        calls += 1;
        return ports.registry.readKeys(keys);
      },
      listSubKeys: (keys) => {
        calls += 1;
        return ports.registry.listSubKeys(keys);
      },
    };
    await look({ ...ports, registry: counting });
    expect(calls).toBeLessThanOrEqual(6);
  });

  test("says that a view was not listed when one of its entries is closed", async () => {
    const ports = portsOf(newPracticeState(now()));
    const closed: RegistryReader = {
      ...ports.registry,
      readKeys: async (keys) => {
        const found = new Map(await ports.registry.readKeys(keys));
        for (const key of keys) {
          if (key.includes("7B1F0E52")) found.set(key, { state: "unreadable", reason: "access denied" });
        }
        return found;
      },
    };
    const recording = await look({ ...ports, registry: closed });
    expect(recording.registry[root]).toEqual({ state: "unreadable", reason: "one of its entries could not be read" });
  });

  test("records an unreadable view and an absent one as what they are", async () => {
    const ports = portsOf(newPracticeState(now()));
    const answers: Record<string, { state: "absent" } | { state: "unreadable"; reason: string }> = {
      [root]: { state: "unreadable", reason: "access denied" },
      [uninstallRoots[1] ?? ""]: { state: "absent" },
    };
    const registry: RegistryReader = {
      ...ports.registry,
      listSubKeys: async (keys) => new Map(keys.map((key) => [key, answers[key] ?? { state: "absent" }])),
    };
    const recording = await look({ ...ports, registry });
    expect(recording.registry).toMatchObject(answers);
  });

  test("tells its progress from 0 to 1, never backwards", async () => {
    const fractions: number[] = [];
    await look(portsOf(newPracticeState(now())), { progress: (_text, fraction) => fractions.push(fraction) });
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect([...fractions].sort((one, other) => one - other)).toEqual(fractions);
  });

  test("stops with the signal's reason when it is cancelled on the way", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const ports = portsOf(newPracticeState(now()));
    let wasAskedForEvents = false;
    const machine: Machine = {
      ...ports.machine,
      service: async (name) => {
        controller.abort(reason);
        return ports.machine.service(name);
      },
      events: async () => {
        wasAskedForEvents = true;
        return ports.machine.events();
      },
    };
    await expect(look({ ...ports, machine }, { signal: controller.signal })).rejects.toBe(reason);
    expect(wasAskedForEvents).toBe(false);
  });

  test("does nothing at all when it was cancelled before it began", async () => {
    const reason = new Error("too late");
    const never = () => Promise.reject(new Error("was asked"));
    const registry: RegistryReader = { readKeys: never, listSubKeys: never };
    const machine = { ...portsOf(newPracticeState(now())).machine, identity: never };
    await expect(look({ registry, machine, now }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

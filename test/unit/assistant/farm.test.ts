import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type AssistantOptions, createAssistant } from "../../../electron/assistant/assistant.ts";
import { withNodeStep } from "../../../electron/assistant/farm-target.ts";
import type { Outcome } from "../../../electron/contract/outcome.ts";
import { stateSchema } from "../../../electron/contract/state.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { InputProblem } from "../../../electron/recording/input-problem.ts";
import { readRecordingText } from "../../../electron/recording/read-recording.ts";
import type { Server } from "../../../electron/server/server.ts";

const assets = fileURLToPath(new URL("../../../assets", import.meta.url));
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "farm-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

function given<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

/** Other computers that answer with a recording of their own, but for those named in another way. */
async function remote(computer: string): Promise<Server> {
  if (computer.includes(";")) throw new InputProblem("no-computer-name", "no name", computer, "Write a name.");
  const text = await readFile(join(assets, "practice", "stuck-on-dotnet-2.json"), "utf8");
  return {
    kind: "remote",
    label: `\\\\${computer}`,
    elevated: null,
    look: async ({ signal } = {}) => {
      if (computer === "OFF")
        throw new InputProblem("remote-unreachable", "no answer", `\\\\${computer}`, "Switch it on.");
      if (computer === "SLOW") await new Promise((_, reject) => signal?.addEventListener("abort", reject));
      return { ...readRecordingText(text, computer), computer };
    },
  };
}

function assistant(options: Partial<AssistantOptions> = {}) {
  return createAssistant({
    home,
    assets,
    version: "0.0.0-test",
    platform: "linux",
    now: () => new Date("2026-11-23T12:00:00Z"),
    emit: () => {},
    remote,
    ...options,
  });
}

describe("servers added in the window", () => {
  test("stand beside the one on show; one that fails is told with what to do", async () => {
    const state = given(await assistant().addServers({ names: ["MIM02", "\\\\OFF", "mim02"] }));
    expect(stateSchema.parse(state)).toEqual(state);
    expect(state.available.remote).toBe(true);
    expect(state.farm?.servers.map(({ name }) => name)).toEqual(["Practice server", "\\\\MIM02"]);
    expect(state.farm?.failed).toEqual([{ name: "\\\\OFF", message: "no answer", cure: "Switch it on." }]);
  });

  test("are given out as a table for a spreadsheet; with nothing beside the server there is none", async () => {
    const handlers = assistant();
    expect(await handlers.saveFarm(null)).toMatchObject({ ok: false, error: { code: "no-servers" } });
    const { farm } = given(await handlers.addServers({ names: ["MIM02"] }));
    const file = given(await handlers.saveFarm(null));
    expect(file).toMatchObject({
      name: "mim-mail-servers-MIM01-MIM02-2026-11-23.csv",
      mediaType: "text/csv",
      encoding: "utf8Bom",
    });
    const [heads, ...rows] = file.text.trimEnd().split("\r\n");
    expect(heads).toBe('"What","Differs","MIM01 (Practice server)","MIM02 (\\\\MIM02)","What to do"');
    expect(rows).toHaveLength(1 + (farm?.settings.length ?? 0) + (farm?.rows.length ?? 0));
  });

  test("are looked at again when they are added again, and go when the farm is closed", async () => {
    const handlers = assistant();
    await handlers.addServers({ names: ["MIM02", "OFF"] });
    const { farm } = given(await handlers.addServers({ names: ["MIM02", "MIM03"] }));
    expect(farm?.servers.map(({ name }) => name)).toEqual(["Practice server", "\\\\MIM02", "\\\\MIM03"]);
    expect(farm?.failed.map(({ name }) => name)).toEqual(["\\\\OFF"]);
    expect(given(await handlers.closeFarm(null)).farm).toBeNull();
  });

  test("are none where one of the names is none", async () => {
    const handlers = assistant();
    expect(await handlers.addServers({ names: ["MIM02", "MIM;03"] })).toMatchObject({
      ok: false,
      error: { code: "no-computer-name" },
    });
    expect(given(await handlers.getState(null)).farm).toBeNull();
  });

  test("that have answered stay when the rest is cancelled", async () => {
    const handlers = assistant({
      emit: (name) => {
        if (name === "progress") queueMicrotask(() => void handlers.cancelAddServers(null));
      },
    });
    const { farm } = given(await handlers.addServers({ names: ["SLOW", "MIM02"] }));
    expect(farm?.servers.map(({ name }) => name)).toEqual(["Practice server", "\\\\MIM02"]);
    expect(farm?.failed).toMatchObject([{ name: "\\\\SLOW", message: "the look was cancelled" }]);
  });

  test("cannot be added where this is no Windows", async () => {
    const handlers = createAssistant({ home, assets, version: "0", platform: "linux", emit: () => {} });
    expect(await handlers.addServers({ names: ["MIM02"] })).toMatchObject({
      ok: false,
      error: { code: "not-windows" },
    });
    expect(given(await handlers.getState(null)).available.remote).toBe(false);
  });

  test("are ticked off by computer, and only those on show", async () => {
    const handlers = assistant();
    await handlers.addServers({ names: ["MIM02"] });
    const ticked = given(await handlers.tickNode({ computer: "MIM02", step: "drained", ticked: true }));
    const node = ticked.farm?.order.find(({ computer }) => computer === "MIM02");
    expect(node?.steps[0]).toMatchObject({ id: "drained", done: true, day: "2026-11-23" });
    const off = given(await handlers.tickNode({ computer: "MIM02", step: "drained", ticked: false }));
    expect(off.farm?.order.find(({ computer }) => computer === "MIM02")?.steps[0]?.done ?? false).toBe(false);
    expect(await handlers.tickNode({ computer: "MIM09", step: "drained", ticked: true })).toMatchObject({
      ok: false,
      error: { code: "no-such-server" },
    });
  });
});

describe("a tick", () => {
  test("moves confirmations that name no server under the name of the only one, and of no other", () => {
    const farm = { target: { ...defaultTarget, backupConfirmed: true }, servers: {} };
    const step = { step: "drained" as const, day: "2026-11-23" };
    expect(withNodeStep(farm, "MIM01", { ...step, alone: true })).toEqual({
      target: defaultTarget,
      servers: { MIM01: { backupConfirmed: true, changeModeSteps: { drained: "2026-11-23" } } },
    });
    expect(withNodeStep(farm, "MIM02", { ...step, alone: false })).toEqual({
      target: farm.target,
      servers: { MIM02: { changeModeSteps: { drained: "2026-11-23" } } },
    });
  });

  test("under a name that JavaScript knows is a tick like any other", () => {
    const farm = withNodeStep({ target: defaultTarget, servers: {} }, "__proto__", {
      step: "drained",
      day: "2026-11-23",
      alone: false,
    });
    expect(Object.keys(farm.servers)).toEqual(["__proto__"]);
  });
});

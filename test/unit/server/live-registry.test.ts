import { describe, expect, test } from "vitest";
import type { Registry } from "../../../electron/changes/registry.ts";
import { createLiveRegistry, createRoute, routeText } from "../../../electron/server/live/live-registry.ts";
import { ToolFailure } from "../../../electron/server/windows-tool.ts";

/** A registry that says who answered, and fails from a certain call on. */
function way(name: string, failure: { readonly at: number; readonly error: Error } | null = null) {
  const calls: string[] = [];
  const call = <Result>(what: string, result: Result): Promise<Result> => {
    calls.push(what);
    if (failure !== null && calls.length >= failure.at) return Promise.reject(failure.error);
    return Promise.resolve(result);
  };
  const registry: Registry = {
    readKeys: (keys) =>
      call(
        "readKeys",
        new Map(
          keys.map((key) => [key, { state: "present", values: { by: { type: "REG_SZ", data: name } } }] as const),
        ),
      ),
    listSubKeys: (keys) =>
      call("listSubKeys", new Map(keys.map((key) => [key, { state: "present", names: [] }] as const))),
    createKeys: () => call("createKeys", undefined),
    writeValues: () => call("writeValues", undefined),
    deleteEmptyKeys: () => call("deleteEmptyKeys", undefined),
  };
  return { registry, calls };
}

function live(regedit: ReturnType<typeof way> | Error) {
  const notices: string[] = [];
  const route = createRoute((text) => notices.push(text));
  const reg = way("reg.exe");
  const registry = createLiveRegistry({
    regedit: async () => {
      if (regedit instanceof Error) throw regedit;
      return regedit.registry;
    },
    reg: reg.registry,
    route,
  });
  return { registry, notices, route, reg };
}

const values = [{ key: "HKLM\\X", name: "a", to: { type: "REG_DWORD", data: 1 } }] as const;
const blocked = new ToolFailure("blocked", "Windows Script Host or VBScript is switched off or not installed");
const by = async (registry: Registry): Promise<unknown> => {
  const key = (await registry.readKeys(["HKLM\\X"])).get("HKLM\\X");
  return key?.state === "present" && key.values["by"];
};

describe("the way to the registry", () => {
  test("is regedit while it works", async () => {
    const regedit = way("regedit");
    const { registry, notices, route, reg } = live(regedit);
    expect(await by(registry)).toMatchObject({ data: "regedit" });
    await registry.writeValues(values);
    expect(regedit.calls).toEqual(["readKeys", "writeValues"]);
    expect([notices, route.reason(), reg.calls]).toEqual([[], null, []]);
  });

  test.each([
    ["cannot be loaded", new ToolFailure("missing", "Windows Script Host (cscript.exe) is missing")],
    ["fails at its first use", way("regedit", { at: 1, error: blocked })],
    ["gives no answer in time", way("regedit", { at: 1, error: new ToolFailure("timeLimit", "no answer") })],
    ["answers nonsense", way("regedit", { at: 1, error: new ToolFailure("nonsense", "it answers nonsense") })],
  ])("is reg.exe from the start when regedit %s; said once, in words", async (_what, regedit) => {
    const { registry, notices, route } = live(regedit);
    expect(await by(registry)).toMatchObject({ data: "reg.exe" });
    expect(await by(registry)).toMatchObject({ data: "reg.exe" });
    expect(notices).toEqual([routeText(route.reason())]);
    expect(notices[0]).toMatch(
      /^The registry is read with PowerShell or with reg\.exe, because regedit cannot be used: \S.*\.$/,
    );
  });

  test("changes over in the middle, and the call that failed is made again", async () => {
    const regedit = way("regedit", { at: 2, error: blocked });
    const { registry, notices, reg } = live(regedit);
    expect(await by(registry)).toMatchObject({ data: "regedit" });
    expect(await by(registry)).toMatchObject({ data: "reg.exe" });
    await registry.createKeys(["HKLM\\X"]);
    await registry.writeValues(values);
    await registry.deleteEmptyKeys(["HKLM\\X"]);
    expect(regedit.calls).toEqual(["readKeys", "readKeys"]);
    expect(reg.calls).toEqual(["readKeys", "createKeys", "writeValues", "deleteEmptyKeys"]);
    expect(notices).toHaveLength(1);
  });

  test.each([
    ["what the registry itself refuses", new Error("regedit cannot set a: access denied")],
    ["a look that was cancelled", new ToolFailure("cancelled", "cancelled")],
  ])("does not change over for %s", async (_what, error) => {
    const { registry, notices, reg } = live(way("regedit", { at: 1, error }));
    await expect(registry.writeValues(values)).rejects.toBe(error);
    expect([notices, reg.calls]).toEqual([[], []]);
  });
});

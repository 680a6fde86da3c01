import { describe, expect, onTestFinished, test } from "vitest";
import { createLiveRegistry, createRoute } from "../../electron/server/live/live-registry.ts";
import { createRegRegistry } from "../../electron/server/live/reg-registry.ts";
import { loadRegedit } from "../../electron/server/live/regedit-package.ts";
import { createRegeditRegistry } from "../../electron/server/live/regedit-registry.ts";
import { type ScriptHostFault, scriptHost } from "./script-host.ts";
import { hasWindows, regTool } from "./windows.ts";

const key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

describe.skipIf(!hasWindows)("Windows Script Host", () => {
  const regedit = (fault: ScriptHostFault | undefined, timeLimit = 60_000) => {
    const host = scriptHost(fault);
    onTestFinished(() => host.remove());
    return loadRegedit({ cscript: host.cscript, timeLimit });
  };

  test.each([
    ["vbscript", { kind: "blocked", message: expect.stringContaining("VBScript") }],
    ["hangs", { kind: "timeLimit", message: "Windows Script Host (cscript.exe) gave no answer for 1 seconds" }],
  ] as const)("that %s is a failure of its own, told apart from the registry's", async (fault, failure) => {
    const asked = (await regedit(fault, fault === "hangs" ? 1000 : 60_000)).list([key]);
    await expect(asked).rejects.toMatchObject({ name: "ToolFailure", ...failure });
  });

  test("is started by the path it was given, and by no other", async () => {
    await expect(
      loadRegedit({ cscript: "/no/such/cscript.exe" }).then(({ list }) => list([key])),
    ).rejects.toMatchObject({
      kind: "missing",
    });
  });

  test.each([
    ["works", undefined, null],
    ["has no VBScript", "vbscript", /VBScript is switched off or not installed/],
    ["answers nonsense", "nonsense", /but not what is there/],
    ["does not answer", "hangs", /gave no answer/],
  ] as const)("that %s leads to the same keys, by the one way or the other", async (_what, fault, reason) => {
    const notices: string[] = [];
    const route = createRoute((text) => notices.push(text));
    const reg = createRegRegistry(regTool);
    const registry = createLiveRegistry({
      regedit: async () => createRegeditRegistry(await regedit(fault, fault === "hangs" ? 1500 : 60_000), reg),
      reg,
      route,
    });
    expect((await registry.readKeys([key, `${key}\\None`])).get(`${key}\\None`)?.state).toBe("absent");
    expect((await registry.readKeys([key])).get(key)?.state).toBe("present");
    expect(notices).toEqual(reason === null ? [] : [expect.stringMatching(reason)]);
  });
});

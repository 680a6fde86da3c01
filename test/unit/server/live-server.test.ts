import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { judge } from "../../../electron/checklist/judge.ts";
import { defaultTarget } from "../../../electron/contract/target.ts";
import { liveMachine } from "../../../electron/server/live/live-machine.ts";
import { createLiveServer } from "../../../electron/server/live/live-server.ts";
import type { RegeditItem, RegeditList } from "../../../electron/server/live/regedit-registry.ts";

const now = () => new Date("2026-11-23T10:00:00Z");
const windowsKey = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";

/** A registry with Windows' name in it and every key's parent; `HKU\S-1-5-19` opens only when elevated. */
function windows(elevated: boolean): RegeditList {
  const item = (values: RegeditItem["values"] = {}, keys: readonly string[] = []): RegeditItem => ({
    exists: true,
    keys,
    values,
  });
  const closed: RegeditItem = { exists: false, keys: [], values: {} };
  return async (keys) =>
    Object.fromEntries(
      keys.map((key): [string, RegeditItem] => {
        if (key === windowsKey)
          return [key, item({ ProductName: { type: "REG_SZ", value: "Windows Server 2022 Standard" } })];
        if (key === "HKU\\S-1-5-19") return [key, elevated ? item() : closed];
        if (key === "HKU") return [key, item({}, ["S-1-5-19"])];
        return [key, key.split("\\").length <= 3 ? item() : closed];
      }),
    );
}

describe("the live server", () => {
  test("is looked at on Windows only", async () => {
    await expect(createLiveServer({ platform: "linux" }).look()).rejects.toMatchObject({
      name: "InputProblem",
      message: "the live server can be looked at on Windows only",
    });
  });

  test.each([true, false])("knows after a look whether it runs elevated: %s", async (elevated) => {
    const server = createLiveServer({ platform: "win32", list: windows(elevated), now });
    expect(server.elevated).toBeNull();
    await server.look();
    expect(server.elevated).toBe(elevated);
  });

  test("records what it reads and calls the rest unreadable, with the reason", async () => {
    const server = createLiveServer({ platform: "win32", list: windows(true), now });
    const recording = await server.look();
    expect(recording.computer).toBe(hostname());
    expect(recording.windows?.caption).toBe("Windows Server 2022 Standard");
    expect(Date.parse(recording.windows?.startedAt ?? "")).toBeLessThan(now().getTime());
    const reason = "this version of the product does not read it yet";
    expect(recording.services).toEqual({ FIMService: { state: "unreadable", reason } });
    expect(recording.events).toEqual({ state: "unreadable", reason });
    const { steps } = judge({
      recording,
      target: defaultTarget,
      today: "2026-11-23",
      server: { name: "live", kind: "live", elevated: server.elevated },
    });
    const status = new Map(steps.flatMap((step) => step.findings.map((finding) => [finding.id, finding.status])));
    expect(status.get("server.elevation")).toBe("done");
    expect(status.get("server.service")).toBe("unknown");
    expect(status.get("verify.events")).toBe("unknown");
  });

  test("says so when Windows Script Host is missing", async () => {
    const list: RegeditList = () => Promise.reject(new Error("cscript not found"));
    await expect(createLiveServer({ platform: "win32", list }).look()).rejects.toMatchObject({
      code: "no-script-host",
    });
  });
});

describe("the live server's files", () => {
  test("are there or not, and a program's version is not claimed to be read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mim-live-"));
    try {
      await writeFile(join(folder, "package.msi"), "x");
      await writeFile(join(folder, "Service.exe"), "x");
      await mkdir(join(folder, "source"));
      expect(await liveMachine.file(join(folder, "package.msi"))).toEqual({ state: "present", version: null });
      expect(await liveMachine.file(join(folder, "source"))).toEqual({ state: "present", version: null });
      expect(await liveMachine.file(join(folder, "none.msi"))).toEqual({ state: "absent" });
      expect(await liveMachine.file(join(folder, "package.msi", "below"))).toEqual({ state: "absent" });
      expect(await liveMachine.file(join(folder, "Service.exe"))).toMatchObject({ state: "unreadable" });
      expect(await liveMachine.file(join(folder, "None.exe"))).toEqual({ state: "absent" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("give their text, absent or the reason they do not", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mim-live-"));
    try {
      await writeFile(join(folder, "x.config"), "<configuration/>");
      await writeFile(join(folder, "large.config"), Buffer.alloc(5 * 1024 * 1024));
      expect(await liveMachine.text(join(folder, "x.config"))).toEqual({ state: "present", text: "<configuration/>" });
      expect(await liveMachine.text(join(folder, "none.config"))).toEqual({ state: "absent" });
      expect(await liveMachine.text(join(folder, "large.config"))).toMatchObject({ state: "unreadable" });
      expect(await liveMachine.text(folder)).toMatchObject({ state: "unreadable" });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

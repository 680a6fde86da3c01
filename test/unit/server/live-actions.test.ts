import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RegistryReader } from "../../../electron/changes/registry.ts";
import { serviceKey } from "../../../electron/facts/service.ts";
import type { RegistryKey } from "../../../electron/recording/recording.ts";
import { createLiveActions } from "../../../electron/server/live/live-actions.ts";
import type { RunScript } from "../../../electron/server/powershell.ts";
import { scratchBelow } from "../../../electron/server/windows-tool.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "actions-"));
});
afterEach(() => rm(folder, { recursive: true }));

const now = () => new Date("2026-11-23T10:00:00.000Z");
const service = (imagePath: string): RegistryKey => ({
  state: "present",
  values: { ImagePath: { type: "REG_EXPAND_SZ", data: imagePath } },
});
const registryWith = (key: RegistryKey): RegistryReader => ({
  readKeys: async () => new Map([[serviceKey, key]]),
  listSubKeys: async () => new Map(),
});
/** A script that prints these lines. */
const script =
  (code: number, lines: readonly string[]): RunScript =>
  async (_name, _argv, options) => {
    for (const line of lines) options?.line?.(line);
    return { code, stdout: Buffer.from(lines.join("\r\n")), stderr: Buffer.alloc(0) };
  };
const actions = (runScript: RunScript, key: RegistryKey = { state: "absent" }) =>
  createLiveActions({
    runScript,
    withScratch: scratchBelow(async () => folder),
    registry: registryWith(key),
    copies: join(folder, "config"),
    now,
    opened: (path) => join(folder, path.split("\\").at(-1) ?? ""),
  });

describe("restarting the service", () => {
  test("tells each step and resolves when it runs", async () => {
    const told: string[] = [];
    const lines = [
      '{"step":"stopping","service":"Dependent"}',
      '{"step":"stopping","service":"FIMService"}',
      '{"step":"starting","service":"FIMService"}',
      "something else",
      '{"step":"done","service":"FIMService"}',
    ];
    await actions(script(0, lines)).restartService((text) => told.push(text));
    expect(told).toEqual(["Stopping Dependent", "Stopping FIMService", "Starting FIMService"]);
  });

  test.each([
    [
      "put back",
      '{"step":"failed","service":"FIMService","reason":"it does not stop","notRunning":""}',
      "FIMService could not be restarted: it does not stop; what ran before runs again",
    ],
    [
      "not put back",
      '{"step":"failed","service":"FIMService","reason":"it does not start","notRunning":"FIMService: no"}',
      "FIMService could not be restarted: it does not start; not running: FIMService: no",
    ],
  ])("says why it failed, %s", async (_what, line, message) => {
    await expect(actions(script(1, [line])).restartService()).rejects.toThrow(message);
  });

  test.each([
    ["ends well without a word", script(0, [])],
    ["ends well in the middle", script(0, ['{"step":"stopping","service":"FIMService"}'])],
    ["fails without a word", script(1, ["Access is denied."])],
  ])("does not take it for done when the script %s", async (_what, runScript) => {
    await expect(actions(runScript).restartService()).rejects.toThrow(/^FIMService could not be restarted: PowerShell/);
  });
});

describe("copying the configuration", () => {
  const key = service('"C:\\Program Files\\MIM\\Service.exe" -x');

  test("lays a copy beside the journals, byte for byte", async () => {
    await writeFile(join(folder, "Service.exe.config"), "<configuration>☃</configuration>");
    const copy = await actions(script(0, []), key).copyConfig();
    expect(copy).toBe(join(folder, "config", "2026-11-23T10-00-00-000Z-Service.exe.config"));
    expect(await readFile(copy, "utf8")).toBe("<configuration>☃</configuration>");
  });

  test("never writes over an earlier copy", async () => {
    await writeFile(join(folder, "Service.exe.config"), "new");
    await mkdir(join(folder, "config"));
    const copy = join(folder, "config", "2026-11-23T10-00-00-000Z-Service.exe.config");
    await writeFile(copy, "old");
    await expect(actions(script(0, []), key).copyConfig()).rejects.toThrow("EEXIST");
    expect(await readFile(copy, "utf8")).toBe("old");
  });

  test.each([
    ["the service is not there", { state: "absent" } as const, /was not found in the registry$/],
    ["its key is closed", { state: "unreadable", reason: "access denied" } as const, /access denied/],
    ["it has no program", service(""), /has no program/],
    ["there is no such file", key, /cannot be copied: ENOENT/],
  ])("says so when %s", async (_what, found, message) => {
    await expect(actions(script(0, []), found).copyConfig()).rejects.toThrow(message);
    expect((await readdir(folder)).filter((name) => name !== "config")).toEqual([]);
  });
});

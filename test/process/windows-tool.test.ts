import childProcess from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { loadRegedit } from "../../electron/server/live/regedit-package.ts";
import { runTool } from "../../electron/server/windows-tool.ts";

/** How each process was asked to be started, from now to the end of the test. */
function watchStarts(): readonly { readonly windowsHide?: boolean }[] {
  const starts: { readonly windowsHide?: boolean }[] = [];
  const { execFile, spawn } = childProcess;
  const noting =
    (start: (...given: never[]) => unknown) =>
    (...given: never[]): unknown => {
      starts.push(given.find((one) => typeof one === "object" && !Array.isArray(one)) ?? {});
      return start(...given);
    };
  Object.assign(childProcess, { execFile: noting(execFile as never), spawn: noting(spawn as never) });
  syncBuiltinESMExports();
  onTestFinished(() => {
    Object.assign(childProcess, { execFile, spawn });
    syncBuiltinESMExports();
  });
  return starts;
}

describe("a program of Windows", () => {
  test("shows no console, whatever it is started for; the installer alone shows its window", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mim-hidden-"));
    onTestFinished(() => rm(folder, { recursive: true, maxRetries: 10 }));
    const starts = watchStarts();
    const node = process.execPath;
    await runTool(node, ["-e", ""]);
    await runTool(node, ["-e", ""], { input: "x" });
    await runTool(node, ["-e", ""], { outlivesInto: join(folder, "output") });
    const regedit = await loadRegedit({ cscript: node });
    for (const call of [
      () => regedit.list(["HKLM"]),
      () => regedit.createKeys(["HKLM\\A"]),
      () => regedit.putValues([{ key: "HKLM\\A", name: "b", data: "1", type: "REG_DWORD" }]),
      () => regedit.deleteValues(["HKLM\\A\\b"]),
      () => regedit.deleteKeys(["HKLM\\A"]),
    ]) {
      // Node knows nothing of regedit's scripts: that it fails is as it must be.
      await call().catch(() => {});
    }
    expect(starts).toHaveLength(8);
    for (const { windowsHide } of starts) expect(windowsHide).toBe(true);
    await runTool(node, ["-e", ""], { asTyped: true, timeLimit: 0 });
    expect(starts.at(-1)?.windowsHide).toBe(false);
  });

  test("that does not end when it is told to is given up soon after its time limit", async () => {
    const deaf = "process.on('SIGTERM', () => {}); setTimeout(() => {}, 60_000)";
    const begun = performance.now();
    await expect(runTool(process.execPath, ["-e", deaf], { timeLimit: 1000 })).rejects.toMatchObject({
      kind: "timeLimit",
    });
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  test("that waits for a person is never given up, however long the answer takes", async () => {
    const folder = await mkdtemp(join(tmpdir(), "mim-waits-"));
    onTestFinished(() => rm(folder, { recursive: true, maxRetries: 10 }));
    const answer = join(folder, "answer");
    const waits =
      "const { existsSync } = require('fs'); setInterval(() => existsSync(process.argv[1]) && process.exit(7), 20)";
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const run = runTool(process.execPath, ["-e", waits, answer], { timeLimit: 0 });
    // Begun once what starts it is loaded; then an hour passes.
    await vi.waitFor(() => import("node:child_process"));
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(3_600_000);
    await writeFile(answer, "yes");
    expect(await run).toMatchObject({ code: 7 });
  });

  test("that ends before it has read its input tells how it ended, and ends nobody else", async () => {
    const input = "x".repeat(10_000_000);
    expect(await runTool(process.execPath, ["-e", "process.exit(3)"], { input })).toMatchObject({ code: 3 });
    const whole = "process.stdin.on('data', (d) => { n += d.length }).on('end', () => console.log(n)); let n = 0";
    expect((await runTool(process.execPath, ["-e", whole], { input })).stdout.toString()).toBe("10000000\n");
  });
});

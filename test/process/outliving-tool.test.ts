import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTool } from "../../electron/server/windows-tool.ts";
import { top } from "./program.ts";

let folder: string;
/** Starts a program as the installer, or as the restart, is started, and waits for it. */
let starter: string;
/** What is started: says that it runs, waits for a file, goes on writing, and says that it has ended. */
let started: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mim-outliving-"));
  starter = join(folder, "starter.mjs");
  started = join(folder, "started.mjs");
  await writeFile(
    started,
    `import { existsSync, writeFileSync } from "node:fs";
const [, , begun, go, ended] = process.argv;
console.log("first");
writeFileSync(begun, "");
while (!existsSync(go)) await new Promise((resolve) => setTimeout(resolve, 10));
for (let line = 0; line < 1000; line += 1) console.log("line", line);
console.error("last");
writeFileSync(ended, "");
`,
  );
  const entry = "\0starter";
  const bundle = await rolldown({
    input: entry,
    platform: "node",
    cwd: top,
    plugins: [
      {
        name: "starter",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) =>
          id === entry
            ? `import { runTool } from ${JSON.stringify(join(top, "electron/server/windows-tool.ts"))};
const [, , asTyped, output, ...argv] = process.argv;
await runTool(process.execPath, argv, { timeLimit: 0, ...(asTyped === "window" ? { asTyped: true } : { outlivesInto: output }) });`
            : null,
      },
    ],
  });
  await bundle.write({ file: starter, format: "esm", codeSplitting: false });
  await bundle.close();
});
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

async function until(path: string): Promise<string> {
  for (;;) {
    const text = await readFile(path, "utf8").catch(() => null);
    if (text !== null) return text;
    await pause(10);
  }
}

describe("a program that outlives this one", () => {
  test.each(["window", "script"])("goes on when the one that started it is ended with all its own: %s", async (how) => {
    const file = (name: string): string => join(folder, `${how}-${name}`);
    const argv = [starter, how, file("output"), started, file("begun"), file("go"), file("ended")];
    // A group of its own, as Windows' job and a console have one: all of it is ended at once.
    const child = spawn(process.execPath, argv, { detached: true, stdio: "ignore" });
    await until(file("begun"));
    const gone = new Promise((resolve) => child.once("exit", resolve));
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-(child.pid ?? 0), "SIGKILL");
    await gone;
    await writeFile(file("go"), "");
    await until(file("ended"));
    if (how === "script")
      expect(await readFile(file("output"), "utf8")).toMatch(/^first\nline 0\n[\s\S]*line 999\nlast\n$/);
  });

  test("tells its lines as they come, its process and its end", async () => {
    const file = (name: string): string => join(folder, `told-${name}`);
    const lines: string[] = [];
    let id = 0;
    const running = runTool(process.execPath, [started, file("begun"), file("go"), file("ended")], {
      outlivesInto: file("output"),
      line: (line) => {
        lines.push(line);
        if (lines.length === 1) void writeFile(file("go"), "");
      },
      started: (one) => {
        id = one;
      },
    });
    const ended = await running;
    expect(ended.code).toBe(0);
    expect(id).toBeGreaterThan(0);
    expect(lines).toHaveLength(1002);
    expect(ended.stdout.toString().split("\n")).toHaveLength(1003);
  });

  test("is no longer waited for after its time, and goes on", async () => {
    const file = (name: string): string => join(folder, `late-${name}`);
    const running = runTool(process.execPath, [started, file("begun"), file("go"), file("ended")], {
      outlivesInto: file("output"),
      timeLimit: 1,
    });
    await expect(running).rejects.toMatchObject({ kind: "timeLimit" });
    await writeFile(file("go"), "");
    await until(file("ended"));
  });

  test("that is missing is told as such", async () => {
    const output = join(folder, "missing-output");
    await expect(runTool(join(folder, "none.exe"), [], { outlivesInto: output })).rejects.toMatchObject({
      kind: "missing",
    });
    await expect(runTool(join(folder, "none.exe"), [], { asTyped: true, timeLimit: 0 })).rejects.toMatchObject({
      kind: "missing",
    });
  });
});

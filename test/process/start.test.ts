import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeOn, testOn } from "../systems.ts";
import { run, top } from "./program.ts";

const start = join(top, "build", "start.mjs");
const addressLine = /^.*browser.*practice server.* (http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43})$/m;
let folder: string;
let env: Record<string, string | undefined>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "start-"));
  env = {
    MIM_MAIL_HOME: join(folder, "home"),
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
    // Where a screen is, as on every Windows, a runtime that is there would open a real window.
    ELECTRON_OVERRIDE_DIST_PATH: join(folder, "no runtime"),
  };
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));

/** A stand-in for Electron's runtime that runs a line of shell. */
async function runtime(line: string): Promise<void> {
  const program = join(folder, "runtime", "electron");
  await mkdir(join(folder, "runtime"));
  await writeFile(program, `#!/bin/sh\n${line}\n`);
  await chmod(program, 0o755);
  env = { ...env, ELECTRON_OVERRIDE_DIST_PATH: join(folder, "runtime") };
}

describe("npm start without Electron's runtime", () => {
  test("prints the practice server's checklist and one line with the address", async () => {
    const ended = await run(process.execPath, [start, "--once"], { env });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("TLS and strong cryptography");
    expect(ended.stdout.match(/http:\/\//g)).toHaveLength(1);
    expect(ended.stdout).toMatch(addressLine);
  });

  // Windows ends a program without asking it first.
  testOn("posix")("serves the window until it is ended", async () => {
    let page: Promise<Response> | null = null;
    let files: Promise<Response> | null = null;
    const ended = await run(process.execPath, [start], {
      env: { ...env, CI: "true" },
      onOutput: (stdout, end) => {
        const address = addressLine.exec(stdout)?.[1];
        if (address === undefined || page !== null) return;
        page = fetch(address);
        files = fetch(new URL("/no-such-file.js", address));
        void Promise.allSettled([page, files]).then(end);
      },
    });
    const answer = (await page) as Response | null;
    expect(answer?.status).toBe(200);
    expect(answer?.headers.get("Content-Security-Policy")).toContain("script-src 'self'");
    expect(await answer?.text()).toContain("<script");
    expect(((await files) as Response | null)?.status).toBe(404);
    expect(ended.code).toBe(0);
  });
});

// A stand-in program is a shell script; on Windows the real runtime is used by hand.
describeOn("posix")("npm start with Electron's runtime", () => {
  test("opens the program in it and serves no browser", async () => {
    await runtime('echo "opened $1 as node:$ELECTRON_RUN_AS_NODE"');
    const ended = await run(process.execPath, [start, "--once"], { env: { ...env, ELECTRON_RUN_AS_NODE: "1" } });
    expect(ended.stdout).toBe(`opened ${top} as node:\n`);
    expect(ended.code).toBe(0);
  });

  test("falls back to the browser when no window comes of it", async () => {
    await runtime("exit 127");
    const ended = await run(process.execPath, [start, "--once"], { env });
    expect(ended.stdout).toMatch(addressLine);
    expect(ended.code).toBe(0);
  });
});

test("the preview host refuses a port that is none", async () => {
  const ended = await run(process.execPath, [join(top, "out", "preview.js"), "--port", "70000"], { env });
  expect([ended.code, ended.stdout]).toEqual([2, ""]);
  expect(ended.stderr).toContain("--port");
});

import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

const rooms = ["test/unit", "test/property"];

/**
 * The files that put another module in the place of one need modules of their own, and the one that measures patterns a
 * memory of its own: what others left there is cleared away in its time. All others share theirs.
 */
const apart = rooms
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)))
  .filter((path) => path.endsWith(".test.ts"))
  .filter((path) => path.endsWith("patterns.test.ts") || readFileSync(path, "utf8").includes("vi.mock("))
  .map((path) => path.replaceAll("\\", "/"));

/** What is for another system: some tests only make sense on Windows itself, some only in Wine. */
const otherSystem = process.platform === "win32" ? "**/*.wine.test.ts" : "**/*.real.test.ts";
/** A device that is always full, a limit for the size of files, and Postfix. */
const otherThanLinux = process.platform === "linux" ? [] : ["**/*.linux.test.ts"];

/**
 * Six projects: the rooms in plain Node (twice), whole programs as processes, the window in a browser, Windows' own
 * programs, PowerShell's scripts.
 */
export default defineConfig({
  test: {
    // Tests wait for processes and files as well: one worker more than Vitest takes by itself on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: rooms.map((folder) => `${folder}/**/*.test.{ts,tsx,mjs}`),
          exclude: apart,
          isolate: false,
          testTimeout: 60_000,
          // A few bundle a program first.
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: apart,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "process",
          include: ["test/process/**/*.test.ts"],
          exclude: otherThanLinux,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "window",
          include: ["test/window/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "windows",
          include: ["test/windows/**/*.test.ts"],
          exclude: ["test/windows/powershell/**", "test/windows/desktop/**", otherSystem],
          globalSetup: ["test/windows/prefix.ts"],
          testTimeout: 600_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "powershell",
          include: ["test/windows/powershell/**/*.test.ts", "test/windows/desktop/**/*.test.ts"],
          exclude: [otherSystem],
          globalSetup: ["test/windows/powershell/prefix.ts"],
          testTimeout: 600_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

/** Four projects: the rooms in plain Node, whole programs as processes, the window in a browser, Windows' own programs. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/{unit,property}/**/*.test.{ts,tsx,mjs}"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "process",
          include: ["test/process/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "window",
          include: ["test/window/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "windows",
          include: ["test/windows/**/*.test.ts"],
          // Some only make sense on Windows itself, some only where a stand-in takes the place of Windows' own.
          exclude: [process.platform === "win32" ? "**/*.wine.test.ts" : "**/*.real.test.ts"],
          globalSetup: ["test/windows/prefix.ts"],
          testTimeout: 600_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

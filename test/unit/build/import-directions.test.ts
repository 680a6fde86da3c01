import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));

/** The file that imports, and what it imports, as it would be written there. */
type Direction = readonly [file: string, imported: string];

const rooms = ["contract", "recording", "facts", "checklist", "changes", "installer", "cloud", "report"] as const;
const knows: Readonly<Record<(typeof rooms)[number], readonly string[]>> = {
  contract: [],
  recording: ["contract"],
  facts: ["contract", "recording"],
  checklist: ["contract", "recording", "facts"],
  changes: ["contract", "recording", "facts"],
  installer: ["contract", "recording", "facts"],
  cloud: ["contract", "recording", "facts"],
  report: ["contract", "recording", "checklist"],
};
const roots = ["main", "preload", "cli", "preview", "worker"];
const below = ["server", "server/live", "assistant", "shell", "command-line"];

const allowed: Direction[] = [
  ...rooms.map((room): Direction => [`electron/${room}/a.ts`, "./b.ts"]),
  ...rooms.flatMap((room) => knows[room].map((known): Direction => [`electron/${room}/a.ts`, `../${known}/b.ts`])),
  ["electron/contract/a.ts", "zod"],
  ["electron/recording/a.ts", "zod"],
  ...rooms.flatMap((room): Direction[] => [
    ["electron/server/server.ts", `../${room}/b.ts`],
    ["electron/server/live/a.ts", `../../${room}/b.ts`],
    ["electron/server/practice/a.ts", `../../${room}/b.ts`],
    ["electron/assistant/a.ts", `../${room}/b.ts`],
    ["electron/command-line/a.ts", `../${room}/b.ts`],
    ["electron/cli.ts", `./${room}/b.ts`],
  ]),
  ["electron/server/server.ts", "./look.ts"],
  ["electron/server/live/a.ts", "./b.ts"],
  ["electron/server/live/a.ts", "../server.ts"],
  ["electron/server/live/a.ts", "regedit"],
  ["electron/assistant/a.ts", "../server/server.ts"],
  ["electron/assistant/a.ts", "../server/practice/a.ts"],
  ["electron/command-line/a.ts", "../assistant/a.ts"],
  ["electron/shell/a.ts", "../contract/b.ts"],
  ["electron/shell/a.ts", "electron"],
  ["electron/main.ts", "electron"],
  ["electron/main.ts", "./assistant/a.ts"],
  ["electron/preload.ts", "electron"],
  ["electron/preview.ts", "./shell/a.ts"],
  ["renderer/main.tsx", "../electron/contract/a.ts"],
  ["renderer/app/a.ts", "../../electron/contract/a.ts"],
  ["renderer/app/a.ts", "../ui/b.tsx"],
  ["renderer/app/a.ts", "react"],
];

const forbidden: Direction[] = [
  ...rooms.flatMap((room) =>
    [...rooms, ...below]
      .filter((other) => other !== room && !knows[room].includes(other))
      .map((other): Direction => [`electron/${room}/a.ts`, `../${other}/b.ts`]),
  ),
  ...[...rooms, "server", "assistant"].flatMap((room) =>
    roots.map((root): Direction => [`electron/${room}/a.ts`, `../${root}.ts`]),
  ),
  ...[...rooms, "server", "assistant", "command-line"].map((room): Direction => [`electron/${room}/a.ts`, "electron"]),
  ...rooms.map((room): Direction => [`electron/${room}/a.ts`, "../../renderer/app/b.ts"]),
  ["electron/contract/a.ts", "node:path"],
  ["electron/contract/a.ts", "commander"],
  // Not by a detour either.
  ["electron/facts/a.ts", "../recording/../checklist/b.ts"],
  ["electron/facts/a.ts", "./../checklist/b.ts"],
  ["electron/server/live/a.ts", "../practice/b.ts"],
  ["electron/server/practice/a.ts", "../live/b.ts"],
  ["electron/server/remote/a.ts", "../live/b.ts"],
  ["electron/server/recorded/a.ts", "../practice/b.ts"],
  ["electron/server/live/a.ts", "../../server/practice/b.ts"],
  ["electron/server/live/a.ts", "../../assistant/b.ts"],
  ["electron/server/live/a.ts", "electron"],
  ["electron/server/server.ts", "./live/a.ts"],
  ["electron/server/server.ts", "../assistant/b.ts"],
  ["electron/assistant/a.ts", "../shell/b.ts"],
  ["electron/assistant/a.ts", "../command-line/b.ts"],
  ["electron/command-line/a.ts", "../shell/b.ts"],
  ["electron/shell/a.ts", "../assistant/b.ts"],
  ["electron/shell/a.ts", "../recording/b.ts"],
  ["electron/cli.ts", "electron"],
  ["electron/preview.ts", "electron"],
  ...[...rooms.slice(1), ...below].flatMap((room): Direction[] => [
    ["renderer/app/a.ts", `../../electron/${room}/b.ts`],
    ["renderer/main.tsx", `../electron/${room}/b.ts`],
  ]),
  ["renderer/app/a.ts", "../../electron/contract/../checklist/b.ts"],
  ["renderer/app/a.ts", "../../electron/main.ts"],
  ["renderer/app/a.ts", "node:fs"],
  ["renderer/app/a.ts", "electron"],
];

/** The forms an import can have; each stands on one line. */
const forms: readonly ((imported: string) => string)[] = [
  (imported) => `import { b } from "${imported}";`,
  (imported) => `import type { B } from "${imported}";`,
  (imported) => `export { b } from "${imported}";`,
  (imported) => `const b = import("${imported}");`,
];

interface Report {
  readonly summary: { readonly diagnosticsNotPrinted: number };
  readonly diagnostics: readonly { readonly location: { path: string; start: { line: number } } }[];
}

let folder: string;
let refusedForms: (direction: Direction) => number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "directions-"));
  await cp(join(top, "biome.json"), join(folder, "biome.json"));

  // Every direction takes as many lines of its file as there are forms.
  const lines = new Map<string, string[]>();
  const firstLines = new Map<Direction, number>();
  for (const direction of [...allowed, ...forbidden]) {
    const [file, imported] = direction;
    const written = lines.get(file) ?? [];
    firstLines.set(direction, written.length + 1);
    lines.set(file, [...written, ...forms.map((form) => form(imported))]);
  }
  for (const [file, written] of lines) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), written.join("\n"));
  }

  const biome = join(top, "node_modules", "@biomejs", "biome", "bin", "biome");
  const options = ["--vcs-enabled=false", "--only=style/noRestrictedImports", "--max-diagnostics=none"];
  const run = spawnSync(process.execPath, [biome, "lint", ...options, "--reporter=json", "."], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const report = JSON.parse(run.stdout) as Report;
  expect(report.summary.diagnosticsNotPrinted).toBe(0);
  const refused = new Set(report.diagnostics.map(({ location }) => `${location.path}:${location.start.line}`));
  refusedForms = (direction) => {
    const first = firstLines.get(direction) ?? 0;
    return forms.filter((_form, index) => refused.has(`${direction[0]}:${first + index}`)).length;
  };
});
afterAll(() => rm(folder, { recursive: true }));

describe("the lint lets", () => {
  test.each(allowed)("%s import %s", (...direction) => {
    const listed = allowed.find(([file, imported]) => file === direction[0] && imported === direction[1]);
    expect(listed && refusedForms(listed)).toBe(0);
  });
});

describe("the lint refuses, in every form,", () => {
  test.each(forbidden)("%s to import %s", (...direction) => {
    const listed = forbidden.find(([file, imported]) => file === direction[0] && imported === direction[1]);
    expect(listed && refusedForms(listed)).toBe(forms.length);
  });
});

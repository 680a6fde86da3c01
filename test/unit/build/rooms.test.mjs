import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { circleIn, comparedServers, forbiddenImports, sourcesIn } from "../../../build/rooms.mjs";

const rooms = ["contract", "recording", "facts", "checklist", "changes", "installer", "cloud", "report"];
const knows = {
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

/** Each is the file that imports, and what it imports, as it would be written there. */
const allowed = [
  ...rooms.map((room) => [`electron/${room}/a.ts`, "./b.ts"]),
  ...rooms.flatMap((room) => knows[room].map((known) => [`electron/${room}/a.ts`, `../${known}/b.ts`])),
  ["electron/contract/a.ts", "zod"],
  ["electron/recording/a.ts", "zod"],
  ...rooms.flatMap((room) => [
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
  ["electron/main.ts", "electron"],
  ["electron/main.ts", "./assistant/a.ts"],
  ["electron/preload.ts", "electron"],
  ["electron/preview.ts", "./shell/a.ts"],
  ["renderer/main.tsx", "../electron/contract/a.ts"],
  ["renderer/app/a.ts", "../../electron/contract/a.ts"],
  ["renderer/app/a.ts", "../ui/b.tsx"],
  ["renderer/app/a.ts", "react"],
  ["renderer/app/a.ts", "../changes/b.ts"],
  ["renderer/app/a.ts", "../steps/tls/b.ts"],
  ["renderer/steps/tls/a.ts", "../../changes/b.ts"],
  ["renderer/changes/a.ts", "../store/b.ts"],
  ["renderer/store/a.ts", "../ui/b.tsx"],
];

const forbidden = [
  ...rooms.flatMap((room) =>
    [...rooms, ...below]
      .filter((other) => other !== room && !knows[room].includes(other))
      .map((other) => [`electron/${room}/a.ts`, `../${other}/b.ts`]),
  ),
  ...[...rooms, "server", "assistant"].flatMap((room) =>
    roots.map((root) => [`electron/${room}/a.ts`, `../${root}.ts`]),
  ),
  ...[...rooms, "server", "assistant", "command-line"].map((room) => [`electron/${room}/a.ts`, "electron"]),
  ...rooms.map((room) => [`electron/${room}/a.ts`, "../../renderer/app/b.ts"]),
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
  ...[...rooms.slice(1), ...below].flatMap((room) => [
    ["renderer/app/a.ts", `../../electron/${room}/b.ts`],
    ["renderer/main.tsx", `../electron/${room}/b.ts`],
  ]),
  ["renderer/app/a.ts", "../../electron/contract/../checklist/b.ts"],
  ["renderer/app/a.ts", "../../electron/main.ts"],
  ["renderer/app/a.ts", "node:fs"],
  ["renderer/app/a.ts", "electron"],
  ["renderer/unheard-of/a.ts", "../ui/b.ts"],
  ["renderer/ui/a.ts", "../store/b.ts"],
  ["renderer/store/a.ts", "../changes/b.ts"],
  ["renderer/changes/a.ts", "../cloud/b.ts"],
  ["renderer/change-mode/wizard/a.ts", "../../changes/b.ts"],
  ["renderer/changes/a.ts", "../steps/tls/b.ts"],
  ["renderer/steps/tls/a.ts", "../../app/b.ts"],
  ["renderer/overview/a.ts", "../steps/tls/b.ts"],
];

/** The forms an import can have. */
const forms = [
  (/** @type {string} */ imported) => `import { b } from "${imported}";`,
  (/** @type {string} */ imported) => `import type { B } from "${imported}";`,
  (/** @type {string} */ imported) => `export { b } from "${imported}";`,
  (/** @type {string} */ imported) => `const b = import("${imported}");`,
];

describe("the rooms let", () => {
  test.each(allowed)("%s import %s", (file, imported) => {
    for (const form of forms) expect(forbiddenImports(file, form(imported))).toEqual([]);
  });

  test("the shell use Electron's types, and nothing else of it", () => {
    expect(forbiddenImports("electron/shell/a.ts", 'import type { B } from "electron";')).toEqual([]);
    expect(forbiddenImports("electron/shell/a.ts", 'import { b } from "electron";')).toHaveLength(1);
  });
});

describe("the rooms refuse, in every form,", () => {
  test.each(forbidden)("%s to import %s", (file, imported) => {
    for (const form of forms) expect(forbiddenImports(file, form(imported))).toEqual([`${file}:1 ${imported}`]);
  });
});

test("a circle is found, and an import of types alone is none", () => {
  const b = ["electron/contract/b.ts", 'import "./a.ts";'];
  const circle = circleIn(new Map([["electron/contract/a.ts", 'export { b } from "./b.ts";'], b]));
  expect(circle).toEqual(["electron/contract/a.ts", "electron/contract/b.ts", "electron/contract/a.ts"]);
  expect(circleIn(new Map([["electron/contract/a.ts", 'import type { B } from "./b.ts";'], b]))).toBeNull();
});

test("the product keeps to it", () => {
  const sources = sourcesIn(fileURLToPath(new URL("../../../", import.meta.url)));
  expect([...sources].flatMap(([file, source]) => forbiddenImports(file, source))).toEqual([]);
  expect(circleIn(sources)).toBeNull();
});

describe("which server it is", () => {
  const asked = [
    'if (server.kind === "recorded") stop();',
    'const isLive = kind !== "live";',
    'const made = "practice" === looked?.server?.kind;',
    'switch (server.kind) { case "remote": stop(); }',
  ];

  test.each(asked)("is asked by %s, which is found", (source) => {
    expect(comparedServers("electron/assistant/a.ts", source)).toEqual(["electron/assistant/a.ts:1"]);
    expect(comparedServers("renderer/app/a.tsx", source)).toHaveLength(1);
    expect(comparedServers("electron/server/live/a.ts", source)).toEqual([]);
  });

  test.each([
    'if (remedy.kind === "apply") go();',
    'if (name === "live") go();',
    'const names = { live: "This server" };',
  ])("is not asked by %s", (source) => {
    expect(comparedServers("electron/assistant/a.ts", source)).toEqual([]);
  });

  test("is asked nowhere in the product but where servers are made", () => {
    const sources = sourcesIn(fileURLToPath(new URL("../../../", import.meta.url)).replaceAll("\\", "/"));
    expect([...sources].flatMap(([file, source]) => comparedServers(file, source))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";
import { parseAst } from "rolldown/parseAst";

const ground = ["electron/contract", "electron/recording"];
const above = [...ground, "electron/facts"];
const beforeServers = [
  ...above,
  "electron/checklist",
  "electron/changes",
  "electron/installer",
  "electron/cloud",
  "electron/report",
];
const everyServer = [...beforeServers, "electron/server", "electron/server/*"];
const features = ["change-mode", "changes", "cloud", "findings", "practice", "relay", "report", "about"].map(
  (name) => `renderer/${name}`,
);
const belowFeatures = ["electron/contract", "renderer/ui", "renderer/store"];
const screens = [...belowFeatures, ...features];

/**
 * Who may know whom: a room imports its own files and those of the rooms it names, which all stand before it. A folder
 * belongs to the innermost room that it lies in, and one that lies in none is refused until it stands here; `*` stands for a folder that knows none of its neighbours. Everything
 * a room may not do beyond that stands in `mayImport`.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const rooms = {
  "electron/contract": [],
  "electron/recording": ["electron/contract"],
  "electron/facts": ground,
  "electron/checklist": above,
  "electron/changes": above,
  "electron/installer": above,
  "electron/cloud": above,
  "electron/report": [...ground, "electron/checklist"],
  "electron/server": beforeServers,
  "electron/server/*": [...beforeServers, "electron/server"],
  "electron/assistant": everyServer,
  "electron/command-line": [...everyServer, "electron/assistant"],
  "electron/shell": ["electron/contract"],
  electron: [...everyServer, "electron/assistant", "electron/command-line", "electron/shell"],
  "renderer/ui": ["electron/contract"],
  "renderer/store": ["electron/contract", "renderer/ui"],
  ...Object.fromEntries(features.map((feature) => [feature, belowFeatures])),
  "renderer/activity": screens,
  "renderer/steps": [...screens, "renderer/activity"],
  "renderer/overview": screens,
  "renderer/app": [...screens, "renderer/activity", "renderer/steps", "renderer/overview"],
  renderer: [...screens, "renderer/app"],
};

/** Only these start Electron; everything else gets what it needs passed in. */
const electronRoots = ["electron/main.ts", "electron/preload.ts"];

/** @param {string} path @returns {{ readonly rule: string, readonly folder: string } | null} */
function roomOf(path) {
  const folders = dirname(path).split("/");
  for (let count = folders.length; count > 0; count--) {
    const folder = folders.slice(0, count).join("/");
    // A new folder is a new room: it does not get what the composition roots have.
    if (count === 1 && folders.length > 1) return null;
    if (Object.hasOwn(rooms, folder)) return { rule: folder, folder };
    const any = [...folders.slice(0, count - 1), "*"].join("/");
    if (Object.hasOwn(rooms, any)) return { rule: any, folder };
  }
  return null;
}

/**
 * @param {string} file @param {string} imported as it is written there @param {boolean} typeOnly
 * @returns {boolean}
 */
function mayImport(file, imported, typeOnly) {
  const room = roomOf(file);
  if (room === null) return false;
  if (!imported.startsWith(".")) {
    if (imported === "electron") return electronRoots.includes(file) || (room.rule === "electron/shell" && typeOnly);
    if (imported.startsWith("electron/")) return false;
    if (room.rule === "electron/contract") return imported === "zod";
    return !(room.rule.startsWith("renderer") && imported.startsWith("node:"));
  }
  const target = normalize(join(dirname(file), imported));
  const other = roomOf(target);
  if (other === null) return target === "package.json" && room.rule === "electron";
  if (other.folder === room.folder) return true;
  return (rooms[room.rule] ?? []).includes(other.rule);
}

/**
 * Every node of a source's tree.
 * @param {string} source @param {string} file @param {(node: any) => void} seen
 */
function eachNode(source, file, seen) {
  /** @param {any} node */
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== "object") return;
    seen(node);
    for (const value of Object.values(node)) if (value !== null && typeof value === "object") visit(value);
  };
  visit(parseAst(source, { lang: file.endsWith("x") ? "tsx" : "ts" }, file).body);
}

/** @param {string} source @param {number} at */
const lineOf = (source, at) => source.slice(0, at).split("\n").length;

/**
 * What a source imports: static, type-only and dynamic imports, and what it passes on.
 * @param {string} source @param {string} file
 * @returns {readonly { readonly imported: string, readonly typeOnly: boolean, readonly at: number }[]}
 */
export function importsOf(source, file) {
  /** @type {{ imported: string, typeOnly: boolean, at: number }[]} */
  const found = [];
  eachNode(source, file, (node) => {
    if (/^(Import|ExportNamed|ExportAll)(Declaration|Expression)$|^TSImportType$/.test(node.type)) {
      const imported = (node.source ?? node.argument)?.value;
      const typeOnly = node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type";
      if (typeof imported === "string") found.push({ imported, typeOnly, at: node.start });
    }
  });
  return found;
}

/**
 * The imports of a source that its room may not have, one line each: file, line and what is imported.
 * @param {string} file its path from the top, with slashes @param {string} source
 * @returns {readonly string[]}
 */
export function forbiddenImports(file, source) {
  return importsOf(source, file)
    .filter(({ imported, typeOnly }) => !mayImport(file, imported, typeOnly))
    .map(({ imported, at }) => `${file}:${lineOf(source, at)} ${imported}`);
}

const serverKinds = ["live", "practice", "recorded", "remote"];

/**
 * Where a source asks which server it has, one line each. A server is what it can do: what one cannot is a property that
 * it has not (electron/server/server.ts). To a person it is named by a table.
 * @param {string} file its path from the top, with slashes @param {string} source
 * @returns {readonly string[]}
 */
export function comparedServers(file, source) {
  if (file.startsWith("electron/server/")) return [];
  /** @param {any} node */
  const isKind = (node) => [node?.name, node?.property?.name, node?.expression?.property?.name].includes("kind");
  /** @param {any} node */
  const isServer = (node) => serverKinds.includes(node?.value);
  /** @type {string[]} */
  const found = [];
  eachNode(source, file, ({ type, left, right, discriminant, cases, start }) => {
    const compared =
      type === "BinaryExpression"
        ? (isKind(left) && isServer(right)) || (isServer(left) && isKind(right))
        : type === "SwitchStatement" && isKind(discriminant) && cases.some(({ test }) => isServer(test));
    if (compared) found.push(`${file}:${lineOf(source, start)}`);
  });
  return found;
}

/**
 * The sources of the product, by path.
 * @param {string} top the project's folder
 * @returns {ReadonlyMap<string, string>}
 */
export function sourcesIn(top) {
  const paths = ["electron", "renderer"].flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name.replaceAll("\\", "/")),
    ),
  );
  return new Map(
    paths.filter((path) => /\.tsx?$/.test(path)).map((path) => [path, readFileSync(join(top, path), "utf8")]),
  );
}

/**
 * A way round from a file to itself by imports that are there when the program runs; null where there is none.
 * @param {ReadonlyMap<string, string>} sources
 * @returns {readonly string[] | null}
 */
export function circleIn(sources) {
  const edges = new Map(
    [...sources].map(([file, source]) => [
      file,
      importsOf(source, file)
        .filter(({ imported, typeOnly }) => imported.startsWith(".") && !typeOnly)
        .map(({ imported }) => normalize(join(dirname(file), imported))),
    ]),
  );
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} file @param {readonly string[]} way @returns {readonly string[] | null} */
  const walk = (file, way) => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    for (const next of edges.get(file) ?? []) {
      const circle = walk(next, [...way, file]);
      if (circle !== null) return circle;
    }
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const circle = walk(file, []);
    if (circle !== null) return circle;
  }
  return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = sourcesIn(fileURLToPath(new URL("../", import.meta.url)).replaceAll("\\", "/"));
  const faults = [...sources].flatMap(([file, source]) => forbiddenImports(file, source));
  const circle = circleIn(sources);
  for (const fault of faults)
    process.stderr.write(`rooms: ${fault}: not allowed by the table in build/rooms.mjs (a new folder needs a row)\n`);
  const compared = [...sources].flatMap(([file, source]) => comparedServers(file, source));
  for (const place of compared) process.stderr.write(`rooms: ${place}: asks which server it is; ask what it can do\n`);
  if (circle !== null) process.stderr.write(`rooms: a circle of imports: ${circle.join(" -> ")}\n`);
  process.exitCode = faults.length + compared.length > 0 || circle !== null ? 1 : 0;
}

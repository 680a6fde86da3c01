// Reads the sources for everything a person can be told is wrong: its code, its words, and what to do about it.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseAst } from "rolldown/parseAst";
import { top } from "./install.mjs";

/** @typedef {{ type: string, [key: string]: any }} Node */
/** @typedef {{ code: string, what: string, cure: string, file: string }} ProblemCode */

/** What stands for a part of a text that is only known when it happens. */
const open = "…";

/** @param {string} folder @returns {string[]} the TypeScript files below a folder of the project */
function sourcesIn(folder) {
  return readdirSync(join(top, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
}

/**
 * Calls a visitor on every node below one, with the nodes it stands in.
 * @param {Node} node
 * @param {(node: Node, within: readonly Node[]) => void} visit
 * @param {readonly Node[]} [within]
 */
function walk(node, visit, within = []) {
  visit(node, within);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === "object" && typeof child.type === "string") {
        walk(child, visit, [...within, node]);
      }
    }
  }
}

/** The constants of a file that hold a text, by name. @param {Node} program @returns {Map<string, Node>} */
function constantsOf(program) {
  const found = new Map();
  walk(program, (node) => {
    if (node.type === "VariableDeclarator" && node.id.type === "Identifier" && node.init)
      found.set(node.id.name, node.init);
  });
  return found;
}

/**
 * The texts an expression may give, with `…` for what is not in the source.
 * @param {Node | undefined} node
 * @param {ReadonlyMap<string, Node>} constants
 * @param {ReadonlyMap<string, readonly string[]>} given what a function's parameters are at one call of it
 * @param {number} [depth]
 * @returns {readonly string[]}
 */
function textsOf(node, constants, given, depth = 0) {
  const texts = (/** @type {Node | undefined} */ inner) => textsOf(inner, constants, given, depth + 1);
  if (node === undefined || depth > 12) return [open];
  switch (node.type) {
    case "Literal":
      return [String(node.value)];
    case "TemplateLiteral": {
      /** @type {readonly string[]} */
      let result = [node.quasis[0].value.cooked];
      for (const [index, expression] of node.expressions.entries()) {
        const inner = texts(expression);
        // Several texts inside of one: what is said around them is what counts.
        const said = inner.length === 1 ? inner : [open];
        result = result.flatMap((start) => said.map((text) => start + text + node.quasis[index + 1].value.cooked));
      }
      return result;
    }
    case "BinaryExpression":
      return node.operator === "+"
        ? texts(node.left).flatMap((left) => texts(node.right).map((right) => left + right))
        : [open];
    case "ConditionalExpression":
      return [...texts(node.consequent), ...texts(node.alternate)];
    case "LogicalExpression":
      return [...texts(node.left), ...texts(node.right)];
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return texts(node.expression);
    case "Identifier": {
      const known = given.get(node.name);
      if (known) return known;
      const constant = constants.get(node.name);
      const isText = ["Literal", "TemplateLiteral", "ConditionalExpression", "BinaryExpression"].includes(
        constant?.type ?? "",
      );
      return constant && isText ? texts(constant) : [open];
    }
    default:
      return [open];
  }
}

const functions = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

/** The name a function is called by, and its parameters. @param {Node} node @param {Node | undefined} parent */
function signatureOf(node, parent) {
  const name = node.id?.name ?? (parent?.type === "VariableDeclarator" ? parent.id.name : null);
  const parameters = node.params.map((/** @type {Node} */ parameter) =>
    parameter.type === "Identifier" ? parameter.name : "",
  );
  return { name, parameters };
}

/** The parts of something that tells a problem, null for anything else. @param {Node} node */
function toldBy(node) {
  if (node.type === "NewExpression" && node.callee.name === "InputProblem") {
    const [code, what, , cure] = node.arguments;
    return { code, what, cure };
  }
  if (node.type === "CallExpression" && node.callee.name === "failed" && node.arguments.length === 3) {
    const [code, what, cure] = node.arguments;
    return { code, what, cure };
  }
  if (node.type === "ObjectExpression") {
    const entry = (/** @type {string} */ name) =>
      node.properties.find((/** @type {Node} */ property) => property.key?.name === name)?.value;
    const [code, what, cure] = [entry("code"), entry("message"), entry("cure")];
    return code && what && cure ? { code, what, cure } : null;
  }
  return null;
}

const codeForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** @param {string} file @param {string} source @returns {Node} */
function programOf(file, source) {
  return parseAst(source, { lang: file.endsWith("x") ? "tsx" : "ts" });
}

/**
 * The problems a file can tell.
 * @param {string} file
 * @param {string} source
 * @param {ReadonlyMap<string, Node>} [exported] texts that other files may import, by name
 * @returns {ProblemCode[]}
 */
export function problemCodesIn(file, source, exported = new Map()) {
  const program = programOf(file, source);
  const constants = new Map([...exported, ...constantsOf(program)]);
  /** @type {ProblemCode[]} */
  const found = [];
  const note = (/** @type {any} */ told, /** @type {ReadonlyMap<string, readonly string[]>} */ given) => {
    const together = (/** @type {readonly string[]} */ texts) =>
      [...new Set(texts)].filter((text) => text !== open).join(" / ");
    for (const code of textsOf(told.code, constants, given)) {
      if (!codeForm.test(code)) continue;
      found.push({
        code,
        what: together(textsOf(told.what, constants, given)),
        cure: together(textsOf(told.cure, constants, given)),
        file,
      });
    }
  };
  walk(program, (node, within) => {
    const told = toldBy(node);
    if (told === null) return;
    note(told, new Map());
    // A function that makes a problem of what it is given: each of its calls tells one.
    const at = within.findLastIndex((outer) => functions.includes(outer.type));
    const maker = within[at];
    if (maker === undefined) return;
    const { name, parameters } = signatureOf(maker, within[at - 1]);
    if (name === null || told.code?.type !== "Identifier" || !parameters.includes(told.code.name)) return;
    walk(program, (call) => {
      if (call.type !== "CallExpression" || call.callee.name !== name) return;
      const given = parameters.map(
        (/** @type {string} */ parameter, /** @type {number} */ index) =>
          /** @type {const} */ ([parameter, textsOf(call.arguments[index], constants, new Map())]),
      );
      note(told, new Map(given));
    });
  });
  return found;
}

/**
 * Every problem the program can tell, by code; the texts of one code at several places are put together.
 * @returns {ProblemCode[]}
 */
export function problemCodes() {
  const sources = ["electron", "renderer"]
    .flatMap(sourcesIn)
    .map((file) => /** @type {const} */ ([file, readFileSync(join(top, file), "utf8")]));
  /** @type {Map<string, Node>} */
  const exported = new Map();
  for (const [file, source] of sources) {
    for (const { type, declaration } of programOf(file, source).body) {
      if (type !== "ExportNamedDeclaration" || declaration?.type !== "VariableDeclaration") continue;
      for (const { id, init } of declaration.declarations) if (init?.type === "Literal") exported.set(id.name, init);
    }
  }
  const all = sources.flatMap(([file, source]) => problemCodesIn(file, source, exported));
  /** @type {Map<string, { what: Set<string>, cure: Set<string>, files: Set<string> }>} */
  const byCode = new Map();
  for (const { code, what, cure, file } of all) {
    const entry = byCode.get(code) ?? { what: new Set(), cure: new Set(), files: new Set() };
    if (what !== "") entry.what.add(what);
    if (cure !== "") entry.cure.add(cure);
    entry.files.add(file);
    byCode.set(code, entry);
  }
  return [...byCode]
    .map(([code, entry]) => ({
      code,
      what: [...entry.what].join(" / "),
      cure: [...entry.cure].join(" / "),
      file: [...entry.files].join(", "),
    }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}

/**
 * Why a change is refused, by the code of the refusal: the calls of `refused` in the rooms that change a server.
 * @returns {{ code: string, what: string }[]}
 */
export function refusalCodes() {
  /** @type {Map<string, Set<string>>} */
  const byCode = new Map();
  for (const file of sourcesIn("electron/changes")) {
    /** @type {Node} */
    const program = parseAst(readFileSync(join(top, file), "utf8"), { lang: "ts" });
    const constants = constantsOf(program);
    walk(program, (node) => {
      if (node.type !== "CallExpression" || node.callee.name !== "refused" || node.arguments.length < 2) return;
      const [code, reason] = node.arguments;
      for (const text of textsOf(code, constants, new Map())) {
        if (!codeForm.test(text)) continue;
        const said = byCode.get(text) ?? new Set();
        for (const what of textsOf(reason, constants, new Map())) if (/[a-z]{3}/.test(what)) said.add(what);
        byCode.set(text, said);
      }
    });
  }
  return [...byCode]
    .map(([code, said]) => ({ code, what: [...said].join(" / ") || open }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}

/**
 * The names an object literal of a file has, in their order.
 * @param {string} file
 * @param {string} constant its name
 * @returns {string[]}
 */
export function keysOf(file, constant) {
  const program = parseAst(readFileSync(join(top, file), "utf8"), { lang: "ts" });
  let object = constantsOf(program).get(constant);
  while (object && "expression" in object) object = object.expression;
  if (object?.type !== "ObjectExpression") throw new Error(`${file} has no table ${constant}`);
  return object.properties.map((/** @type {Node} */ { key }) => String(key.name ?? key.value));
}

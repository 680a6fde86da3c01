import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { marked, type Token, type Tokens } from "marked";
import { describe, expect, test } from "vitest";

const top = fileURLToPath(new URL("../../../", import.meta.url));
const skipped = ["node_modules", "out", "dist", ".git", "coverage"];

/** Every document of the project, relative to its folder. */
function documentsIn(folder: string): string[] {
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.includes(entry.name) ? [] : documentsIn(path);
    return entry.name.endsWith(".md") ? [path.replaceAll("\\", "/")] : [];
  });
}

/** Calls a visitor on every token of a document, tables' cells and lists' items included. */
function eachToken(text: string, visit: (token: Token) => void): void {
  marked.walkTokens(marked.lexer(text), visit);
}

/** The place of a heading as GitHub names it; the second one of a name gets a number. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  eachToken(text, (token) => {
    if (token.type !== "heading") return;
    const plain = (token as Tokens.Heading).text.replace(/[`*]/g, "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const anchor = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    let name = anchor;
    for (let count = 1; anchors.has(name); count += 1) name = `${anchor}-${count}`;
    anchors.add(name);
  });
  return anchors;
}

/** Links and pictures of a document. */
function linksOf(text: string): string[] {
  const links: string[] = [];
  eachToken(text, (token) => {
    if (token.type === "link" || token.type === "image") links.push((token as Tokens.Link).href);
  });
  return links;
}

/** Why a link of a document leads nowhere; null when it leads somewhere. */
function faultOf(document: string, link: string): string | null {
  if (/^(https:|mailto:)/.test(link)) return URL.canParse(link) ? null : "is no address";
  if (/^[a-z]+:/i.test(link)) return "is of a kind nobody should follow";
  const [path = "", anchor] = decodeURIComponent(link).split("#");
  const target = path === "" ? document : join(dirname(document), path);
  if (relative(top, join(top, target)).startsWith("..")) return "leads out of the project";
  if (!existsSync(join(top, target))) return "names a file that is not there";
  if (anchor === undefined) return null;
  if (statSync(join(top, target)).isDirectory() || !target.endsWith(".md")) return "names a place in what has none";
  return anchorsOf(readFileSync(join(top, target), "utf8")).has(anchor) ? null : "names a heading that is not there";
}

const documents = documentsIn(".");

test("there are documents, and the check can fail", () => {
  expect(documents).toEqual(
    expect.arrayContaining(["README.md", "docs/architecture.md", "docs/decisions/0004-libraries.md"]),
  );
  expect(faultOf("README.md", "docs/none.md")).toMatch(/file/);
  expect(faultOf("README.md", "docs/testing.md#no-such-heading")).toMatch(/heading/);
  expect(faultOf("README.md", "../elsewhere.md")).toMatch(/out of/);
  expect(faultOf("README.md", "file:///etc/passwd")).toMatch(/kind/);
  expect(faultOf("README.md", "docs/testing.md#what-is-proven-where")).toBeNull();
});

test.each(documents)("every link of %s leads somewhere", (document) => {
  const links = linksOf(readFileSync(join(top, document), "utf8"));
  const faults = links.flatMap((link) => {
    const fault = faultOf(document, link);
    return fault === null ? [] : [`${link} ${fault}`];
  });
  expect(faults).toEqual([]);
});

describe("the threat model", () => {
  const text = readFileSync(join(top, "docs", "threat-model.md"), "utf8");
  const shown = [...text.matchAll(/\]\((\.\.\/test\/[^)]+)\): ((?:"[^"]+"(?:; )?)+)/g)].flatMap(
    ([, path = "", names = ""]) => [...names.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => [path, name] as const),
  );

  test("names tests", () => {
    expect(shown.length).toBeGreaterThan(25);
  });

  test.each(shown)("%s has the test it names: %s", (path, name) => {
    expect(readFileSync(join(top, "docs", path), "utf8")).toContain(`"${name}"`);
  });
});

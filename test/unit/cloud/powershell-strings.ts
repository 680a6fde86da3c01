import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

export { syntaxFaults } from "../changes/powershell-grammar.ts";

const require = createRequire(import.meta.url);

/** The commands a script runs, by name, and the texts of its single-quoted strings, in their order. */
export async function stringsIn(script: string): Promise<{ commands: string[]; strings: string[] }> {
  await Parser.init();
  const language = await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm"));
  const parser = new Parser();
  parser.setLanguage(language);
  const commands: string[] = [];
  const strings: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === "command_name") commands.push(node.text);
    if (node.type === "verbatim_string_characters") {
      strings.push(node.text.slice(1, -1).replace(/['\u2018-\u201b]{2}/g, (pair) => pair.charAt(0)));
    }
    for (const child of node.children) if (child !== null) visit(child);
  };
  const tree = parser.parse(script);
  if (tree !== null) visit(tree.rootNode);
  return { commands, strings };
}

import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

const require = createRequire(import.meta.url);

/** Every place where a script breaks the grammar of Windows PowerShell 5.1, as "line: text"; empty for a good script. */
export async function syntaxFaults(script: string): Promise<string[]> {
  await Parser.init();
  const language = await Language.load(require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm"));
  const parser = new Parser();
  parser.setLanguage(language);
  const tree = parser.parse(script);
  const faults: string[] = [];
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) faults.push(`${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`);
    for (const child of node.children) if (child !== null) visit(child);
  };
  if (tree === null) return ["0: not parsed"];
  visit(tree.rootNode);
  return faults;
}

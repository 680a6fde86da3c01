import { isBuiltin } from "node:module";

const lateCommander = "\0late-child-process";

/**
 * A bundler plugin for a program whose start is timed. An `import` of one of Node's own modules makes Node read every
 * export of it, and with them it loads much that is never used: 8 ms for node:process, 4 ms each for node:fs and
 * node:util on Node 24, beside 30 ms for a start of Node itself. Taking the names that are used from the module itself
 * costs next to nothing, so that is what becomes of each such import in the finished file. And Commander's
 * node:child_process, which it needs for programs of its own only, is loaded at its first call.
 * @returns {import("rolldown").Plugin}
 */
export function quickBuiltins() {
  return {
    name: "quick-builtins",

    resolveId(source, importer) {
      const isCommander = /[\\/]node_modules[\\/]commander[\\/]/.test(importer ?? "");
      return isCommander && source === "node:child_process" ? lateCommander : null;
    },

    load(id) {
      if (id !== lateCommander) return null;
      return `import { createRequire } from "node:module";
export default { spawn: (...given) => createRequire(import.meta.url)("node:child_process").spawn(...given) };`;
    },

    renderChunk(code) {
      const imports = this.parse(code).body.filter(
        (statement) => statement.type === "ImportDeclaration" && isBuiltin(statement.source.value),
      );
      let rewritten = code;
      for (const statement of imports.toReversed()) {
        if (statement.type !== "ImportDeclaration") continue;
        const taken = `nodeBuiltin(${JSON.stringify(statement.source.value)})`;
        const lines = statement.specifiers.map(({ type, local, ...specifier }) => {
          if (type !== "ImportSpecifier") return `const ${local.name} = ${taken};`;
          const { imported } = /** @type {{ imported: { name?: string, value?: string } }} */ (specifier);
          return `const { ${imported.name ?? JSON.stringify(imported.value)}: ${local.name} } = ${taken};`;
        });
        rewritten = rewritten.slice(0, statement.start) + lines.join("\n") + rewritten.slice(statement.end);
      }
      // Node 20 has getBuiltinModule from 20.16 on.
      const way = `const nodeBuiltin = process.getBuiltinModule ?? (await import("node:module")).createRequire(import.meta.url);`;
      return imports.length === 0 ? null : `${way}\n${rewritten}`;
    },
  };
}

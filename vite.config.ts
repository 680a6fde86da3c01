import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** What the contract makes schemas with; the build fails on one that is missing here. */
const makers = [
  ...[
    "array",
    "boolean",
    "discriminatedUnion",
    "email",
    "enum",
    "iso",
    "literal",
    "null",
    "number",
    "object",
    "strictObject",
  ],
  ...["string", "union"],
];

/**
 * The window takes types, lists and words from the contract. Its schemas check what comes in on the trusted side alone,
 * so in the window they are made of nothing, and the schema library stays out. A schema that the window itself asked
 * would answer nothing sensible: a test keeps it from asking one.
 */
const withoutSchemas: Plugin = {
  name: "without-schemas",
  enforce: "pre",
  resolveId: (source) => (source === "zod" ? "\0without-schemas" : null),
  load: (id) =>
    id === "\0without-schemas"
      ? `const nothing = new Proxy(() => nothing, { get: () => nothing });
export { ${makers.map((name) => `nothing as ${name}`).join(", ")} };`
      : null,
};

/**
 * The renderer's build: one page, relative addresses, so that it runs from `app://` as well as from the preview host.
 * Small assets are not turned into `data:` scripts or styles, so that the content security policy stays strict.
 */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react(), withoutSchemas],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    sourcemap: false,
    target: "chrome130",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // Two files for what most screens share: many small ones hold the same words again and again, and each is
      // compressed by itself (a twelfth more in all).
      output: {
        codeSplitting: {
          groups: [
            { name: "library", test: /node_modules/ },
            { name: "parts", test: /renderer.(ui|store)|electron.contract/ },
          ],
        },
      },
      onwarn: (warning, pass) => {
        // A schema's maker that is missing above would end the window as it loads.
        if (warning.code === "IMPORT_IS_UNDEFINED") throw new Error(warning.message);
        pass(warning);
      },
    },
  },
});

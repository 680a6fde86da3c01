import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The renderer's build: one page, relative addresses, so that it runs from `app://` as well as from the preview host.
 * Small assets are not turned into `data:` scripts or styles, so that the content security policy stays strict.
 */
export default defineConfig({
  root: "renderer",
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../out/renderer",
    emptyOutDir: true,
    sourcemap: false,
    target: "chrome130",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1200,
  },
});

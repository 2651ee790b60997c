// The officials' console. Its output goes into the binary and is served below /console/ under a policy without inline
// scripts or styles, so nothing is inlined, and the component kit's style elements are replaced by constructed sheets.
import react from "@vitejs/plugin-react";
import { resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** The kit writes its styles with one small module; ours writes the same rules in a way that `style-src 'self'` allows. */
function constructedStyles(): Plugin {
  const ours = resolve(import.meta.dirname, "src/theme/constructed-styles.ts");
  return {
    name: "constructed-styles",
    enforce: "pre",
    resolveId: (source) => (/\/Dom\/dynamicCSS(\.js)?$/.test(source) ? ours : null),
  };
}

export default defineConfig({
  base: "/console/",
  plugins: [constructedStyles(), react()],
  build: {
    target: ["chrome99", "safari16.4", "firefox110"],
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  test: { include: ["test/**/*.test.{ts,tsx}"], environment: "node", setupFiles: ["test/setup.ts"] },
} as Parameters<typeof defineConfig>[0]);

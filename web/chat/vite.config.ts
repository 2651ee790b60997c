// The chat page. Output goes into the binary, so it must be the same bytes for the same sources, and must run under
// a policy without inline scripts or styles: nothing is inlined, no module preload shim is injected.
import { defineConfig } from "vite";

export default defineConfig({
  base: "/",
  build: {
    target: ["es2020", "chrome80", "safari14"],
    outDir: "dist",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: true,
  },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);

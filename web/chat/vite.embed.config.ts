// embed.js: one classic script under a fixed name, because other people's pages refer to it.
import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    target: ["es2020", "chrome80", "safari14"],
    outDir: "dist",
    emptyOutDir: false,
    lib: { entry: "src/embed.ts", formats: ["iife"], name: "zhuqiEmbed", fileName: () => "embed.js" },
  },
});

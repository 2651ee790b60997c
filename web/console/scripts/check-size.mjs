// What a browser fetches before the inbox stands: the entry, the inbox route and all they import at once, gzipped as the
// server sends it. Fails above the limit, so that nobody makes the door heavy by accident.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 500;
const dist = resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(resolve(dist, ".vite/manifest.json"), "utf8"));

const files = new Set(["index.html"]);
function take(name) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`the build has no ${name}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const sheet of chunk.css ?? []) files.add(sheet);
  for (const other of chunk.imports ?? []) take(other);
}
take("index.html");
take("src/inbox/inbox-page.tsx");

const sizes = [...files].map((file) => ({ file, kb: gzipSync(readFileSync(resolve(dist, file)), { level: 9 }).length / 1000 }));
const total = sizes.reduce((sum, { kb }) => sum + kb, 0);
for (const { file, kb } of sizes.sort((a, b) => b.kb - a.kb)) console.log(`${kb.toFixed(1).padStart(8)} kB  ${file}`);
console.log(`first load of the inbox: ${total.toFixed(1)} kB gzip (limit ${LIMIT_KB} kB)`);
if (total > LIMIT_KB) process.exit(1);

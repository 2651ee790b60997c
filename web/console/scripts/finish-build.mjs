// After the bundler: holds the first load of the inbox to its limit, and lays a gzipped twin beside each file that gains by
// it, which the server sends to whoever takes it. The same sources give the same bytes.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT_KB = 500;
const dist = resolve(import.meta.dirname, "../dist");
const zipped = (file) => gzipSync(readFileSync(resolve(dist, file)), { level: 9 });

/** What a browser fetches before the inbox stands: the entry, the inbox's route, and all that they import at once. */
function firstLoad() {
  const manifest = JSON.parse(readFileSync(resolve(dist, ".vite/manifest.json"), "utf8"));
  const files = new Set(["index.html"]);
  const take = (name) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`the build has no ${name}`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const sheet of chunk.css ?? []) files.add(sheet);
    for (const other of chunk.imports ?? []) take(other);
  };
  take("index.html");
  take("src/inbox/inbox-page.tsx");
  return [...files];
}

const files = firstLoad();
const kb = files.reduce((sum, file) => sum + zipped(file).length / 1000, 0);
console.log(`first load of the inbox: ${kb.toFixed(1)} kB gzip in ${files.length} files (limit ${LIMIT_KB} kB)`);
if (kb > LIMIT_KB) process.exit(1);

rmSync(resolve(dist, ".vite"), { recursive: true });
for (const file of readdirSync(dist, { recursive: true })) {
  if (![".js", ".css", ".html", ".svg"].includes(extname(file))) continue;
  const twin = zipped(file);
  if (twin.length < readFileSync(resolve(dist, file)).length * 0.9) writeFileSync(resolve(dist, `${file}.gz`), twin);
}

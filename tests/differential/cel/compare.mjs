// Our expressions against @bufbuild/cel: the same random expression over the same facts must give the same value, or an error
// on both sides. Usage: node compare.mjs --bin build/release/bot/app/zhuqi [--count 100000] [--seed 1] [--show 20]
// Closes with `N passed, N failed`.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { fromJson } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { celEnv, celMap, celUint, isCelError, isCelList, isCelMap, isCelType, isCelUint, parse, plan } from "@bufbuild/cel";
import { explained, repairs } from "./explained.mjs";
import { generator } from "./generate.mjs";

const { values: options } = parseArgs({ options: {
  bin: { type: "string", default: "build/release/bot/app/zhuqi" },
  count: { type: "string", default: "100000" },
  seed: { type: "string", default: "1" },
  show: { type: "string", default: "20" },
} });

function facts_for_them(value) {
  if (Array.isArray(value)) return value.map(facts_for_them);
  if (value === null || typeof value !== "object") return value;
  const [[tag, of]] = Object.entries(value);
  switch (tag) {
    case "int": return BigInt(of);
    case "uint": return celUint(BigInt(of));
    case "double": return Number(of);
    case "bytes": return new Uint8Array(Buffer.from(of, "base64"));
    case "timestamp": return fromJson(TimestampSchema, of);
    case "duration": return fromJson(DurationSchema, of);
    case "map": return celMap(new Map(of.map(([k, v]) => [k, facts_for_them(v)])));
    default: throw new Error(`no fact: ${tag}`);
  }
}

const double_text = (d) => (Object.is(d, -0) ? "-0" : String(d));

// One text per value, the same for both sides.
function from_them(v) {
  if (v === null || typeof v === "boolean" || typeof v === "string") return JSON.stringify(v);
  if (typeof v === "bigint") return `int ${v}`;
  if (typeof v === "number") return `double ${double_text(v)}`;
  if (isCelUint(v)) return `uint ${v.value}`;
  if (v instanceof Uint8Array) return `bytes ${Buffer.from(v).toString("base64")}`;
  if (isCelList(v)) return `[${[...v].map(from_them).join(", ")}]`;
  if (isCelMap(v)) return `{${[...v.entries()].map(([k, x]) => `${from_them(k)}: ${from_them(x)}`).sort().join(", ")}}`;
  if (isCelType(v)) return `type ${v.name}`;
  const message = v.message ?? v;
  if (message.$typeName === "google.protobuf.Timestamp") return `timestamp ${message.seconds}.${message.nanos}`;
  if (message.$typeName === "google.protobuf.Duration") return `duration ${message.seconds}.${message.nanos}`;
  throw new Error(`what is ${v}?`);
}

function from_us(v) {
  if (v === null || typeof v === "boolean" || typeof v === "string") return JSON.stringify(v);
  if (Array.isArray(v)) return `[${v.map(from_us).join(", ")}]`;
  const entries = Object.entries(v);
  const tag = entries.length === 1 ? entries[0][0] : "";
  const of = entries.length === 1 ? entries[0][1] : undefined;
  switch (tag) {
    case "int": case "uint": case "double": case "bytes": case "type": return `${tag} ${of}`;
    case "timestamp": { const t = fromJson(TimestampSchema, of); return `timestamp ${t.seconds}.${t.nanos}`; }
    case "duration": { const t = fromJson(DurationSchema, of); return `duration ${t.seconds}.${t.nanos}`; }
    case "map": return `{${of.map(([k, x]) => `${from_us(k)}: ${from_us(x)}`).sort().join(", ")}}`;
    default: return `{${entries.map(([k, x]) => `${JSON.stringify(k)}: ${from_us(x)}`).sort().join(", ")}}`;
  }
}

const env = celEnv({ funcs: repairs });
function ask_them(expr, facts) {
  try {
    const result = plan(env, parse(expr))(facts);
    return isCelError(result) ? { text: "error", why: result.message } : { text: from_them(result), why: "" };
  } catch (e) {
    return { text: "error", why: String(e.message ?? e) };
  }
}

function read_ours(line) {
  const answer = JSON.parse(line);
  if (answer.error) return { text: "error", why: answer.error.id };
  return { text: from_us(answer.value), why: "" };
}

const count = Number(options.count);
const make = new generator(Number(options.seed));
const ours = spawn(options.bin, ["expr", "eval", "--tagged", "--dynamic", "--lang", "en"], { stdio: ["pipe", "pipe", "inherit"] });
const asked = [];
const seen = { passed: 0, failed: 0, values: 0, errors: 0 };
const covered = new Map(explained.map((e) => [e.id, 0]));

const answers = (async () => {
  for await (const line of createInterface({ input: ours.stdout })) {
    const { expr, facts, theirs } = asked.shift();
    const us = read_ours(line);
    if (us.text === theirs.text) {
      ++seen.passed;
      ++seen[us.text === "error" ? "errors" : "values"];
      continue;
    }
    const why = explained.find((e) => e.covers({ expr, facts, us, theirs }));
    if (why) {
      ++seen.passed;
      covered.set(why.id, covered.get(why.id) + 1);
    } else if (seen.failed++ < Number(options.show)) {
      console.log(`${expr}\n  ours   ${us.text} ${us.why}\n  theirs ${theirs.text} ${theirs.why}\n  ${JSON.stringify(facts)}`);
    }
  }
})();

for (let i = 0; i < count; ++i) {
  const facts = make.facts();
  const expr = make.expression();
  const bound = Object.fromEntries(Object.entries(facts).map(([k, v]) => [k, facts_for_them(v)]));
  asked.push({ expr, facts, theirs: ask_them(expr, bound) });
  if (!ours.stdin.write(`${JSON.stringify({ expr, vars: facts })}\n`)) await once(ours.stdin, "drain");
}
ours.stdin.end();
await answers;

console.log(`${seen.values} equal values, ${seen.errors} errors on both sides`);
for (const [id, n] of covered) console.log(`${n === 0 ? "unused " : ""}explained ${id}: ${n}`);
console.log(`${seen.passed} passed, ${seen.failed + asked.length} failed`);
process.exitCode = seen.failed + asked.length === 0 ? 0 : 1;

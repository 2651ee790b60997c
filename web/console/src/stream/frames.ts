// The frames of the stream, checked at the door: what does not parse is dropped, and the next resync mends it.
import * as z from "zod/mini";
import type { Note, Thread, ThreadEvent } from "../api/types";

const text = z.pipe(z.nullish(z.string()), z.transform((value) => value ?? ""));
const count = z._default(z.number(), 0);
const named = z.object({ id: z.string(), name: z.string() });
const place = z._default(z.nullable(named), null);

const thread = z.object({
  id: z.string(),
  channel: text,
  enterprise: text,
  visitor: text,
  matter: text,
  queue: text,
  reason: text,
  owner: z.object({ kind: z.enum(["bot", "queue", "human", "closed"]), id: text, name: text, department: text }),
  epoch: z.number(),
  seq: z.number(),
  change: z.number(),
  department: place,
  region: place,
  waiting_since: count,
  due: count,
  accept_by: count,
  language: text,
  last: z._default(z.object({ at: count, who: z.catch(z.enum(["user", "bot", "staff", "system"]), "system"), text }), { at: 0, who: "system", text: "" }),
  closed_at: count,
  grade: count,
  revisit: z._default(z.nullable(z.object({ since: z.number(), tries: count })), null),
});
const gone = z.object({ id: z.string(), gone: z.literal(true) });
const event = z.object({
  seq: z.number(),
  at: z.number(),
  epoch: count,
  kind: z.string(),
  who: z.catch(z.enum(["user", "bot", "staff", "system"]), "system"),
  name: text,
  body: z._default(z.record(z.string(), z.unknown()), {}),
});
const nobody = { id: "", name: "" };
const note = z.object({
  id: z.string(),
  at: z.number(),
  by: z.pipe(z.nullable(named), z.transform((by) => by ?? nobody)),
  text: z.string(),
  to: z._default(z.array(named), []),
  whisper: z._default(z.boolean(), false),
});

const frame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("welcome"), change: z.number() }),
  z.object({ type: z.literal("reload") }),
  z.object({ type: z.literal("threads"), threads: z.array(z.union([gone, thread])), change: z.number(), since: z.optional(z.number()) }),
  z.object({ type: z.literal("events"), thread: z.string(), events: z.array(event), more: z._default(z.boolean(), false) }),
  z.object({ type: z.literal("notes"), thread: z.string(), notes: z.array(note) }),
  z.object({ type: z.literal("mention"), thread: z.string(), note }),
  z.object({
    type: z.literal("viewers"),
    thread: z.string(),
    people: z.array(z.object({ id: z.string(), name: z.string(), typing: z._default(z.boolean(), false) })),
  }),
  z.object({ type: z.literal("case"), id: z.string(), version: z.number() }),
  z.object({ type: z.literal("unwatched"), thread: z.string() }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("error"), code: text }),
]);

export interface Viewer {
  id: string;
  name: string;
  typing: boolean;
}
export type ServerFrame =
  | { type: "welcome"; change: number }
  | { type: "reload" }
  | { type: "threads"; threads: (Thread | { id: string; gone: true })[]; change: number; since?: number | undefined }
  | { type: "events"; thread: string; events: ThreadEvent[]; more: boolean }
  | { type: "notes"; thread: string; notes: Note[] }
  | { type: "mention"; thread: string; note: Note }
  | { type: "viewers"; thread: string; people: Viewer[] }
  | { type: "case"; id: string; version: number }
  | { type: "unwatched"; thread: string }
  | { type: "pong" }
  | { type: "error"; code: string };

export type ClientFrame =
  | { type: "hello"; csrf: string; change: number }
  | { type: "watch"; thread: string; after: number }
  | { type: "unwatch"; thread: string }
  | { type: "typing"; thread: string }
  | { type: "ping" };

export function parseFrame(data: string): ServerFrame | null {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const read = frame.safeParse(json);
  return read.success ? read.data : null;
}

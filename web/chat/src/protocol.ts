// The wire between this page and the server (docs/webchat-protocol.md). Everything that arrives is checked here once;
// past this file frames are typed. Knows nothing of sockets, storage or the page.

export type Owner = "bot" | "queue" | "human" | "closed";
export type NackReason = "overloaded" | "unavailable" | "too_large" | "mismatch" | "empty";
export type UiLang = "zh-CN" | "en" | "ja" | "ko";

export interface ChatEvent {
  seq: number;
  at: number; // ms since 1970, the server's clock
  kind: string;
  actor: string;
  body: Record<string, unknown>;
}

export type ServerFrame =
  | { type: "welcome"; token: string; seq: number; owner: Owner }
  | { type: "events"; events: ChatEvent[]; more: boolean }
  | { type: "ack"; id: string }
  | { type: "nack"; id: string; reason: NackReason }
  | { type: "owner"; owner: Owner }
  | { type: "pong" }
  | { type: "error"; code: string };

export type ClientFrame =
  | { type: "hello"; token: string | null; after: number; lang: UiLang }
  | { type: "send"; id: string; at: number; text: string }
  | { type: "history"; before: number }
  | { type: "ping" };

/** With a bot or with nobody any more: in both cases the next answer is the bot's, and what it offers can be tapped. */
export const botListens = (owner: Owner) => owner === "bot" || owner === "closed";

/** The server cuts longer texts; we do not let them be sent. UTF-8 bytes. */
export const MAX_TEXT_BYTES = 10 * 1024;

const OWNERS: readonly string[] = ["bot", "queue", "human", "closed"];
const REASONS: readonly string[] = ["overloaded", "unavailable", "too_large", "mismatch", "empty"];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function parseEvent(value: unknown): ChatEvent | null {
  if (!isObject(value) || !isCount(value.seq) || value.seq === 0 || !isCount(value.at)) return null;
  if (typeof value.kind !== "string" || typeof value.actor !== "string" || !isObject(value.body)) return null;
  return { seq: value.seq, at: value.at, kind: value.kind, actor: value.actor, body: value.body };
}

function parseEvents(frame: Record<string, unknown>): ServerFrame | null {
  if (!Array.isArray(frame.events)) return null;
  const events: ChatEvent[] = [];
  for (const item of frame.events) {
    const event = parseEvent(item);
    if (!event) return null;
    events.push(event);
  }
  return { type: "events", events, more: frame.more === true };
}

/** null for anything that is not a frame we know; the caller ignores it, so that a newer server may say more. */
export function parseFrame(text: string): ServerFrame | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(frame)) return null;
  switch (frame.type) {
    case "welcome":
      if (typeof frame.token !== "string" || !isCount(frame.seq) || !OWNERS.includes(frame.owner as string)) return null;
      return { type: "welcome", token: frame.token, seq: frame.seq, owner: frame.owner as Owner };
    case "events":
      return parseEvents(frame);
    case "ack":
      return typeof frame.id === "string" ? { type: "ack", id: frame.id } : null;
    case "nack":
      if (typeof frame.id !== "string" || !REASONS.includes(frame.reason as string)) return null;
      return { type: "nack", id: frame.id, reason: frame.reason as NackReason };
    case "owner":
      return OWNERS.includes(frame.owner as string) ? { type: "owner", owner: frame.owner as Owner } : null;
    case "pong":
      return { type: "pong" };
    case "error":
      return { type: "error", code: typeof frame.code === "string" ? frame.code : "unknown" };
    default:
      return null;
  }
}

export interface QuickReply {
  value: string;
  label: string;
}

/** The options of a bot.text body; malformed ones are left out. */
export function optionsOf(event: ChatEvent): QuickReply[] {
  const list = event.body.options;
  if (event.kind !== "bot.text" || !Array.isArray(list)) return [];
  const options: QuickReply[] = [];
  for (const item of list) {
    if (isObject(item) && typeof item.value === "string" && typeof item.label === "string") {
      options.push({ value: item.value, label: item.label });
    }
  }
  return options;
}

export function textOf(event: ChatEvent, key = "text"): string {
  const value = event.body[key];
  return typeof value === "string" ? value : "";
}

export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

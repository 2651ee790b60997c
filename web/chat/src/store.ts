// What the page knows, as one value, and how each happening changes it. Pure: no clock, no socket, no storage, so every
// rule about order, duplicates and loss is a unit test.

import { botListens, type ChatEvent, type NackReason, type Owner, type ServerFrame } from "./protocol";

export type Link = "connecting" | "online" | "waiting";

export interface Pending {
  id: string;
  at: number; // ms, this device's clock; part of the message's identity
  text: string;
  state: "queued" | "sent" | "acked" | "failed";
  reason?: NackReason;
  tries: number; // answers of "try later" so far
}

export interface ChatState {
  link: Link;
  synced: boolean; // the first welcome of this page load came, so "nothing here" means nothing here
  owner: Owner;
  events: ChatEvent[]; // gapless and ascending
  lastSeq: number;
  pending: Pending[]; // in the order they were written
  loadingOlder: boolean;
  awaitingReply: boolean; // the bot owes an answer
  gap: boolean; // events were lost on the way: a resync is needed
}

export type Action =
  | { type: "frame"; frame: ServerFrame }
  | { type: "link"; link: Link }
  | { type: "compose"; id: string; at: number; text: string }
  | { type: "restore"; messages: { id: string; at: number; text: string }[] }
  | { type: "sent"; id: string }
  | { type: "giveUp"; id: string }
  | { type: "retry"; id: string; newId: string; now: number }
  | { type: "discard"; id: string }
  | { type: "loadOlder" }
  | { type: "replyOverdue" }
  | { type: "forget" };

export const initialState: ChatState = {
  link: "connecting",
  synced: false,
  owner: "bot",
  events: [],
  lastSeq: 0,
  pending: [],
  loadingOlder: false,
  awaitingReply: false,
  gap: false,
};

/** Older events exist on the server: sequence numbers start at 1 and have no holes. */
export function hasOlder(state: ChatState): boolean {
  const first = state.events[0];
  return first !== undefined && first.seq > 1;
}

function isAnswer(event: ChatEvent): boolean {
  return event.kind === "bot.text" || event.kind === "staff.text" || event.kind === "case.text" || event.kind === "handoff";
}

/** Ascending and each seq once, whatever came over the wire. */
function ordered(events: ChatEvent[]): ChatEvent[] {
  const sorted = [...events].sort((a, b) => a.seq - b.seq);
  return sorted.filter((event, i) => i === 0 || event.seq !== sorted[i - 1]?.seq);
}

function mergeEvents(state: ChatState, incoming: ChatEvent[], more: boolean): ChatState {
  const page = ordered(incoming);
  const first = page[0];
  const last = page[page.length - 1];
  if (!first || !last) return { ...state, loadingOlder: false };

  const oldest = state.events[0];
  if (oldest && last.seq < oldest.seq) {
    // A page of history; one that does not join up is stale (asked for before a resync replaced the list).
    const joins = last.seq === oldest.seq - 1;
    return { ...state, events: joins ? [...page, ...state.events] : state.events, loadingOlder: false };
  }
  if (state.lastSeq > 0 && first.seq > state.lastSeq + 1) {
    // After a long absence the server gives the newest part only, and says so; what we held before it is paged in again.
    // Without that word, something was lost on the way.
    return more ? settle({ ...state, events: page, lastSeq: last.seq }, page) : { ...state, gap: true };
  }
  const fresh = page.filter((event) => event.seq > state.lastSeq);
  return settle({ ...state, events: [...state.events, ...fresh], lastSeq: Math.max(state.lastSeq, last.seq) }, fresh);
}

/** Takes echoes off the pending list and notes whether the bot answered. */
function settle(state: ChatState, fresh: ChatEvent[]): ChatState {
  const echoed = new Set(fresh.map((event) => event.body.id).filter((id) => typeof id === "string"));
  const pending = state.pending.filter((message) => !echoed.has(message.id));
  let awaitingReply = state.awaitingReply;
  for (const event of fresh) {
    if (isAnswer(event)) awaitingReply = false;
  }
  return { ...state, pending, awaitingReply };
}

function withPending(state: ChatState, id: string, change: (message: Pending) => Pending): ChatState {
  return { ...state, pending: state.pending.map((message) => (message.id === id ? change(message) : message)) };
}

function onFrame(state: ChatState, frame: ServerFrame): ChatState {
  switch (frame.type) {
    case "welcome": {
      // A log shorter than what we hold is another log (a restored backup): start over from what the server has.
      const restarted = frame.seq < state.lastSeq;
      const base = restarted ? { ...state, events: [], lastSeq: 0, gap: true } : { ...state, gap: false };
      const awaitingReply = base.awaitingReply || (frame.seq === 0 && frame.owner === "bot");
      return { ...base, link: "online", synced: frame.seq === base.lastSeq || restarted ? true : base.synced, owner: frame.owner, awaitingReply };
    }
    case "events":
      return { ...mergeEvents(state, frame.events, frame.more), synced: true };
    case "ack":
      return withPending(state, frame.id, (message) => ({ ...message, state: "acked" }));
    case "nack": {
      const later = frame.reason === "overloaded" || frame.reason === "unavailable";
      const next = withPending(state, frame.id, (message) =>
        later
          ? { ...message, state: "queued", tries: message.tries + 1 }
          : { ...message, state: "failed", reason: frame.reason },
      );
      return { ...next, awaitingReply: later ? next.awaitingReply : false };
    }
    case "owner":
      return { ...state, owner: frame.owner, awaitingReply: botListens(frame.owner) && state.awaitingReply };
    case "pong":
    case "error":
      return state;
  }
}

function compose(state: ChatState, id: string, at: number, text: string): ChatState {
  const message: Pending = { id, at, text, state: "queued", tries: 0 };
  return { ...state, pending: [...state.pending, message] };
}

export function reduce(state: ChatState, action: Action): ChatState {
  switch (action.type) {
    case "frame":
      return onFrame(state, action.frame);
    case "link": {
      if (action.link === "online") return { ...state, link: "online" };
      // Whether the last frame arrived is unknown: it goes again, under the same id, and the server sorts it out.
      const pending = state.pending.map((m) => (m.state === "sent" ? { ...m, state: "queued" as const } : m));
      return { ...state, link: action.link, pending, loadingOlder: false, awaitingReply: false };
    }
    case "compose":
      return compose(state, action.id, action.at, action.text);
    case "restore": {
      const known = new Set(state.pending.map((message) => message.id));
      const restored = action.messages.filter((m) => !known.has(m.id)).sort((a, b) => a.at - b.at);
      return { ...state, pending: [...restored.map((m): Pending => ({ ...m, state: "queued", tries: 0 })), ...state.pending] };
    }
    case "sent": {
      const next = withPending(state, action.id, (message) => ({ ...message, state: "sent" }));
      return { ...next, awaitingReply: botListens(state.owner) };
    }
    case "giveUp":
      return withPending(state, action.id, (message) => ({ ...message, state: "failed" }));
    case "retry": {
      const message = state.pending.find((m) => m.id === action.id);
      if (!message) return state;
      // "mismatch" means the id is spent on other words: only then it is a new message.
      const fresh = message.reason === "mismatch";
      const rest = state.pending.filter((m) => m.id !== action.id);
      const again: Pending = {
        id: fresh ? action.newId : message.id,
        at: fresh ? action.now : message.at,
        text: message.text,
        state: "queued",
        tries: 0,
      };
      return { ...state, pending: [...rest, again] };
    }
    case "discard":
      return { ...state, pending: state.pending.filter((message) => message.id !== action.id) };
    case "loadOlder":
      return { ...state, loadingOlder: true };
    case "replyOverdue":
      return { ...state, awaitingReply: false };
    case "forget":
      return { ...initialState, pending: state.pending };
  }
}

/** The message to put on the wire next: one at a time, so that order survives a refusal. */
export function nextToSend(state: ChatState): Pending | null {
  if (state.link !== "online" || state.pending.some((message) => message.state === "sent")) return null;
  return state.pending.find((message) => message.state === "queued") ?? null;
}

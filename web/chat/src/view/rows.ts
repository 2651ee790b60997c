// From state to the lines on the screen: what is a bubble, what a system line, where a time stands, which options still live.

import { botListens, optionsOf, textOf, type ChatEvent, type QuickReply } from "../protocol";
import type { ChatState, Pending } from "../store";
import { GROUP_GAP_MS } from "../i18n/time";

export type Notice = "handoff" | "withdrawn" | "returned";

export type Row =
  | { key: string; type: "time"; at: number }
  | { key: string; type: "notice"; notice: Notice }
  | { key: string; type: "mine"; text: string; pending: Pending | null }
  | { key: string; type: "theirs"; from: "bot" | "staff"; name: string; text: string; options: QuickReply[]; live: boolean };

const NOTICES: readonly string[] = ["handoff", "withdrawn", "returned"];

/** What a tapped "1" meant: the log holds the value, people remember the words. */
function spoken(text: string, offered: QuickReply[]): string {
  return offered.find((option) => option.value === text.trim())?.label ?? text;
}

function rowOf(event: ChatEvent, offered: QuickReply[]): Row | null {
  const key = `e${event.seq}`;
  switch (event.kind) {
    case "user.text":
      return { key, type: "mine", text: spoken(textOf(event), offered), pending: null };
    case "user.media": {
      const note = textOf(event, "note");
      return { key, type: "mine", text: note ? `📎 ${note}` : "📎", pending: null };
    }
    case "bot.text": {
      const options = optionsOf(event);
      // The hint tells people to type a number; where they can tap, it would be noise.
      const hint = options.length === 0 ? textOf(event, "hint") : "";
      const text = [textOf(event), hint].filter(Boolean).join("\n");
      return { key, type: "theirs", from: "bot", name: "", text, options, live: false };
    }
    case "case.text":
      return { key, type: "theirs", from: "staff", name: textOf(event, "case_no"), text: textOf(event), options: [], live: false };
    case "staff.text":
      return { key, type: "theirs", from: "staff", name: textOf(event, "name"), text: textOf(event), options: [], live: false };
    default:
      return NOTICES.includes(event.kind) ? { key, type: "notice", notice: event.kind as Notice } : null;
  }
}

/** Echo and pending bubble of one message share a key, so that the bubble stays where it is when the echo comes. */
function keyOf(event: ChatEvent): string {
  return typeof event.body.id === "string" && event.body.id ? `m${event.body.id}` : `e${event.seq}`;
}

export function rowsOf(state: ChatState): Row[] {
  const rows: Row[] = [];
  let offered: QuickReply[] = [];
  let previousAt = 0;
  const stamp = (at: number, key: string) => {
    if (at - previousAt > GROUP_GAP_MS) rows.push({ key: `t${key}`, type: "time", at });
    previousAt = Math.max(previousAt, at);
  };

  for (const event of state.events) {
    const row = rowOf(event, offered);
    if (!row) continue;
    if (row.type === "theirs" && row.from === "bot") offered = row.options;
    if (row.type === "mine") row.key = keyOf(event);
    stamp(event.at, row.key);
    rows.push(row);
  }
  for (const message of state.pending) {
    stamp(message.at, message.id);
    rows.push({ key: `m${message.id}`, type: "mine", text: spoken(message.text, offered), pending: message });
    offered = [];
  }
  const last = rows[rows.length - 1];
  if (last?.type === "theirs" && botListens(state.owner)) last.live = last.options.length > 0;
  return rows;
}

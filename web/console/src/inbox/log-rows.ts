// From events to what a thread shows: lines of people, lines of the system, dividers between days. Pure.
import type { ThreadEvent } from "../api/types";

export interface BubbleRow {
  type: "bubble";
  key: string;
  event: ThreadEvent;
  side: "user" | "bot" | "staff";
  text: string;
  options: string[];
  hint: string;
  /** Same speaker as the line above, moments later: no label again. */
  continued: boolean;
  case_no: string;
  media: string;
}
export interface SystemRow {
  type: "system";
  key: string;
  event: ThreadEvent;
}
export interface HandoffRow {
  type: "handoff";
  key: string;
  event: ThreadEvent;
  note: string;
  queue: string;
  slots: { label: string; value: string }[];
}
export interface DayRow {
  type: "day";
  key: string;
  at: number;
}
export type LogRow = BubbleRow | SystemRow | HandoffRow | DayRow;

const JOIN_MS = 3 * 60_000;
const systemKinds = new Set(["official", "withdrawn", "returned", "ended", "revisit"]);

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

function optionsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => (typeof one === "object" && one !== null ? textOf((one as Record<string, unknown>)["label"]) : textOf(one))).filter(Boolean);
}

/** Slots come as a list of label and value, or as an object. */
export function slotsOf(value: unknown): { label: string; value: string }[] {
  const words = (one: unknown) => (typeof one === "string" || typeof one === "number" ? String(one) : "");
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown) => {
      const slot = one as { label?: unknown; value?: unknown };
      return textOf(slot?.label) ? [{ label: textOf(slot.label), value: words(slot.value) }] : [];
    });
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([label, one]) => ({ label, value: words(one) }));
}

function bubbleOf(event: ThreadEvent): BubbleRow | null {
  const { body, kind } = event;
  const base = { type: "bubble" as const, key: `e${event.seq}`, event, text: textOf(body["text"]), options: [] as string[], hint: "", continued: false, case_no: "", media: "" };
  switch (kind) {
    case "user.text":
      return { ...base, side: "user" };
    case "user.media":
      return { ...base, side: "user", media: textOf(body["kind"]) || "file", text: textOf(body["note"]) };
    case "bot.text":
      return { ...base, side: "bot", options: optionsOf(body["options"]), hint: textOf(body["hint"]) };
    case "staff.text":
      return { ...base, side: "staff" };
    case "case.text":
      return { ...base, side: "staff", case_no: textOf(body["case_no"]) };
    default:
      return null;
  }
}

function rowOf(event: ThreadEvent): BubbleRow | SystemRow | HandoffRow | null {
  if (event.kind === "handoff") {
    const { note, queue, slots } = event.body;
    return { type: "handoff", key: `e${event.seq}`, event, note: textOf(note), queue: textOf(queue), slots: slotsOf(slots) };
  }
  if (systemKinds.has(event.kind)) return { type: "system", key: `e${event.seq}`, event };
  return bubbleOf(event);
}

function continues(before: LogRow | undefined, row: BubbleRow): boolean {
  if (before?.type !== "bubble") return false;
  return before.side === row.side && before.event.name === row.event.name && row.event.at - before.event.at < JOIN_MS;
}

const dayOf = (at: number) => new Date(at).toDateString();

export function rowsOf(events: readonly ThreadEvent[]): LogRow[] {
  const rows: LogRow[] = [];
  let day = "";
  for (const event of events) {
    const row = rowOf(event);
    if (!row) continue;
    // A script that ends by handing over has said so already.
    if (event.kind === "ended" && rows.some((before) => before.type === "handoff" && event.at - before.event.at < JOIN_MS)) continue;
    if (dayOf(event.at) !== day) {
      day = dayOf(event.at);
      rows.push({ type: "day", key: `d${event.seq}`, at: event.at });
    }
    if (row.type === "bubble") row.continued = continues(rows.at(-1), row);
    rows.push(row);
  }
  return rows;
}

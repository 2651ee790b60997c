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

interface Offered {
  value: string;
  label: string;
}

function offeredIn(value: unknown): Offered[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    const option = (typeof one === "object" ? one : { label: one }) as { value?: unknown; label?: unknown } | null;
    const label = textOf(option?.label);
    return label ? [{ value: textOf(option?.value), label }] : [];
  });
}

/** What a tapped "1" meant: the log holds the value, people need the words. */
function spoken(row: BubbleRow, offered: readonly Offered[]): string {
  return offered.find(({ value }) => value !== "" && value === row.text.trim())?.label ?? row.text;
}

/** A script's summary often repeats what was collected, which stands beside it in a table. */
function noteBeside(note: string, slots: HandoffRow["slots"]): string {
  const told = new Set(slots.map(({ label, value }) => `${label}：${value}`));
  return note
    .split("\n")
    .filter((line) => !told.has(line.trim()))
    .join("\n")
    .trim();
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
      return { ...base, side: "bot", options: offeredIn(body["options"]).map(({ label }) => label), hint: textOf(body["hint"]) };
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
    const collected = slotsOf(slots);
    return { type: "handoff", key: `e${event.seq}`, event, note: noteBeside(textOf(note), collected), queue: textOf(queue), slots: collected };
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
  let offered: Offered[] = [];
  for (const event of events) {
    const row = rowOf(event);
    if (!row) continue;
    // A script that ends by handing over has said so already.
    if (event.kind === "ended" && rows.some((before) => before.type === "handoff" && event.at - before.event.at < JOIN_MS)) continue;
    if (dayOf(event.at) !== day) {
      day = dayOf(event.at);
      rows.push({ type: "day", key: `d${event.seq}`, at: event.at });
    }
    if (row.type === "bubble") {
      if (row.side === "user") row.text = spoken(row, offered);
      if (row.side === "bot") offered = offeredIn(event.body["options"]);
      row.continued = continues(rows.at(-1), row);
    }
    rows.push(row);
  }
  return rows;
}

// Which rows a list shows and in what order; and how it stays still under the pointer. Pure.
import type { Me, Thread, View } from "../api/types";

export const views: readonly View[] = ["waiting", "mine", "mentioned", "department", "overdue", "revisit", "bot", "closed"];

/** Whether a row belongs into a view, as far as a page can tell; the list's next answer decides for good. */
export function fits(view: View, row: Thread, me: Pick<Me, "id" | "department">, now: number): boolean {
  const { kind, id } = row.owner;
  switch (view) {
    case "waiting":
      return kind === "queue" || (kind === "human" && id === me.id && row.accept_by > 0);
    case "mine":
      return kind === "human" && id === me.id;
    case "department":
      return (kind === "human" || kind === "queue") && row.department?.id === me.department.id;
    case "overdue":
      return (kind === "human" || kind === "queue") && row.due > 0 && row.due < now;
    case "bot":
      return kind === "bot";
    case "closed":
      return kind === "closed";
    case "mentioned":
    case "revisit":
      return false; // a row does not say it: only the server's list knows
  }
}

/** The list in which somebody would look for it. */
export function listOf({ owner }: Thread, me: string): View {
  if (owner.kind === "human") return owner.id === me ? "mine" : "department";
  return owner.kind === "queue" ? "waiting" : owner.kind;
}

/** Rows that the server listed but whose newer state clearly belongs elsewhere. */
function left(view: View, row: Thread, me: Pick<Me, "id" | "department">, now: number): boolean {
  // "department" reaches below one's own and "overdue" looks at the server's clock: there only a closed row is sure to go.
  if (view === "department" || view === "overdue") return row.owner.kind === "closed" || row.owner.kind === "bot";
  if (view === "mentioned") return false;
  if (view === "revisit") return row.revisit === null;
  return !fits(view, row, me, now);
}

const last = (time: number) => (time > 0 ? time : Infinity);

/** Due first, then waiting longest; what a bot serves and what is closed: newest first. Sorting keeps the order of equals. */
export function order(view: View): (a: Thread, b: Thread) => number {
  const newest = (a: Thread, b: Thread) => b.last.at - a.last.at || Number(b.id) - Number(a.id);
  if (view === "bot" || view === "closed") return newest;
  if (view === "mentioned" || view === "revisit") return () => 0; // as the server listed them
  const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
  return (a, b) => compare(last(a.due), last(b.due)) || compare(last(a.waiting_since), last(b.waiting_since)) || newest(a, b);
}

export interface Listed {
  view: View;
  me: Pick<Me, "id" | "department">;
  now: number;
  /** From the pages fetched so far. */
  ids: readonly string[];
  /** The last page is there. */
  complete: boolean;
  rows: ReadonlyMap<string, Thread>;
}

/** What the list should show now: the fetched rows in their newest state, and rows that came by the stream since. */
export function wanted({ view, me, now, ids, complete, rows }: Listed): string[] {
  const listed = new Set(ids);
  const compare = order(view);
  const held = ids.map((id) => rows.get(id)).filter((row): row is Thread => row !== undefined && !left(view, row, me, now));
  const lowest = held.reduce<Thread | null>((low, row) => (low && compare(low, row) > 0 ? low : row), null);
  const come = [...rows.values()].filter((row) => {
    if (listed.has(row.id) || !fits(view, row, me, now)) return false;
    return complete || (lowest !== null && compare(row, lowest) < 0); // beyond the last page it would hide that more follows
  });
  return [...held, ...come].sort(compare).map(({ id }) => id);
}

export interface Settled {
  shown: readonly string[];
  /** New rows that wait until the list may move. */
  fresh: number;
}

/** While `held` nothing that is shown moves or goes; what belongs below it all may still be added there. */
export function settle(shown: readonly string[], next: readonly string[], held: boolean): Settled {
  if (!held || shown.length === 0) return { shown: next, fresh: 0 };
  const known = new Set(shown);
  let end = next.length;
  while (end > 0 && !known.has(next[end - 1] as string)) end -= 1;
  const tail = end === 0 ? [] : next.slice(end);
  const fresh = next.slice(0, end === 0 ? next.length : end).filter((id) => !known.has(id)).length;
  return { shown: tail.length === 0 ? shown : [...shown, ...tail], fresh };
}

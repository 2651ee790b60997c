// How far this person has read each thread, for the dot in the list. A matter of this browser; rights know nothing of it.
import { create } from "zustand";
import type { Thread } from "../api/types";

export const useSeen = create<{ upto: Readonly<Record<string, number>> }>(() => ({ upto: {} }));

export function markSeen(thread: string, seq: number): void {
  const held = useSeen.getState().upto[thread] ?? 0;
  if (seq > held) useSeen.setState(({ upto }) => ({ upto: { ...upto, [thread]: seq } }));
}

export function isUnread(row: Thread, upto: number | undefined): boolean {
  return row.last.who === "user" && (row.owner.kind === "queue" || row.owner.kind === "human") && (upto ?? 0) < row.seq;
}

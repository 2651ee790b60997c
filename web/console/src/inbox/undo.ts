// Acts that wait a few seconds before they are done, so that a slip can be taken back. Leaving the page does them at once:
// what somebody decided must not be lost.
import { create } from "zustand";

export const UNDO_MS = 5_000;

export interface Undoable {
  id: string;
  /** What it is about: one at a time for each. */
  subject: string;
  words: string;
  until: number;
  run: (leaving: boolean) => void;
}

export const useUndo = create<{ waiting: readonly Undoable[] }>(() => ({ waiting: [] }));
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function remove(id: string): Undoable | undefined {
  clearTimeout(timers.get(id));
  timers.delete(id);
  const one = useUndo.getState().waiting.find((waiting) => waiting.id === id);
  useUndo.setState(({ waiting }) => ({ waiting: waiting.filter((other) => other.id !== id) }));
  return one;
}

export function later(subject: string, words: string, run: Undoable["run"]): void {
  const id = crypto.randomUUID();
  const earlier = useUndo.getState().waiting.find((one) => one.subject === subject);
  if (earlier) remove(earlier.id);
  useUndo.setState(({ waiting }) => ({ waiting: [...waiting, { id, subject, words, until: Date.now() + UNDO_MS, run }] }));
  timers.set(id, setTimeout(() => remove(id)?.run(false), UNDO_MS));
}

export function undo(id: string): void {
  remove(id);
}

export function doAllNow(): void {
  for (const { id } of useUndo.getState().waiting) remove(id)?.run(true);
}

if (typeof window !== "undefined") window.addEventListener("pagehide", doAllNow);

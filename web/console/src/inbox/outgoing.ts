// What this official has said and the thread does not show yet. Each word keeps the id of its first attempt, so that a
// retry, even after a reload, cannot say it twice.
import { create } from "zustand";
import { act, ApiError } from "../api/client";
import { actId } from "../api/act-id";
import type { Thread, ThreadEvent } from "../api/types";

export interface Outgoing {
  id: string;
  thread: string;
  text: string;
  epoch: number;
  at: number;
  state: "sending" | "sent" | "failed";
  /** The seq that the thread had before: our event comes after it. */
  after: number;
  /** Once accepted: the event is among those up to here. 0 = not known. */
  upto: number;
  why: string;
}

const KEY = "zhuqi.console.outgoing";

function remembered(): Outgoing[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as Outgoing[];
    // Nobody knows what became of those under way: the person decides, the id protects.
    return kept.map((one) => (one.state === "sending" ? { ...one, state: "failed", why: "" } : one));
  } catch {
    return [];
  }
}

export const useOutgoing = create<{ all: readonly Outgoing[] }>(() => ({ all: remembered() }));
useOutgoing.subscribe(({ all }) => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(all.filter(({ state }) => state !== "sent")));
  } catch {
    // Then a reload forgets them; the draft on the server does not.
  }
});

function change(id: string, part: Partial<Outgoing>): void {
  useOutgoing.setState(({ all }) => ({ all: all.map((one) => (one.id === id ? { ...one, ...part } : one)) }));
}
export function forget(id: string): void {
  useOutgoing.setState(({ all }) => ({ all: all.filter((one) => one.id !== id) }));
}

/** Those that no event shows yet. Each event stands for one of them at most. */
export function unshown(mine: readonly Outgoing[], events: readonly ThreadEvent[], last: number): Outgoing[] {
  const used = new Set<number>();
  return mine.filter((one) => {
    const event = events.find(
      ({ seq, kind, body }) =>
        kind === "staff.text" && seq > one.after && !used.has(seq) && (body["id"] === one.id || (body["id"] === undefined && body["text"] === one.text)),
    );
    if (event) used.add(event.seq);
    if (event && one.state !== "failed") return false;
    return !(one.state === "sent" && one.upto > 0 && last >= one.upto);
  });
}

export interface SendResult {
  thread?: Thread;
  fault?: ApiError;
}

async function attempt(one: Outgoing): Promise<SendResult> {
  try {
    const { thread } = await act<{ thread: Thread }>(`/threads/${one.thread}/reply`, { epoch: one.epoch, text: one.text }, one.id);
    change(one.id, { state: "sent", upto: thread.seq });
    return { thread };
  } catch (fault) {
    const error = fault instanceof ApiError ? fault : new ApiError(-1, "unknown", "", "");
    change(one.id, { state: "failed", why: error.code });
    return { fault: error };
  }
}

export function say(thread: Thread, text: string): Promise<SendResult> {
  const one: Outgoing = {
    id: actId(),
    thread: thread.id,
    text,
    epoch: thread.epoch,
    at: Date.now(),
    state: "sending",
    after: thread.seq,
    upto: 0,
    why: "",
  };
  useOutgoing.setState(({ all }) => ({ all: [...all, one] }));
  return attempt(one);
}

export function sayAgain(one: Outgoing): Promise<SendResult> {
  change(one.id, { state: "sending", why: "" });
  return attempt(one);
}

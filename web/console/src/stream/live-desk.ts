// The page's one desk: the browser's WebSocket, the query cache that it tells about changes, and the hook to read it.
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { csrfToken, get, query } from "../api/client";
import type { EventPage } from "../api/types";
import { stillSignedIn } from "../session/session";
import { Desk, type DeskState } from "./desk";
import type { Socket } from "./line";

/** Lists are fetched again at most this often, however busy the office is; rows change on screen at once all the same. */
const REFETCH_MS = 1_500;
/** Before the stream is opened again for a session that replaced another. */
const RETURN_MS = 500;
const GAP_PAGE = 100;

let desk: Desk | null = null;
let queued: ReturnType<typeof setTimeout> | undefined;

function openSocket(): Socket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/v1/stream`) as unknown as Socket;
}

function refetchSoon(queries: QueryClient, wait: number): void {
  if (queued !== undefined) return;
  queued = setTimeout(() => {
    queued = undefined;
    void queries.invalidateQueries({ queryKey: ["threads"] });
    void queries.invalidateQueries({ queryKey: ["thread-counts"] });
  }, wait);
}

/** What the stream left out, page after page, until the pages meet what it sends. */
async function fillGap(one: Desk, thread: string, after: number): Promise<void> {
  const page = await get<EventPage>(`/threads/${thread}/events${query({ after, limit: GAP_PAGE })}`).catch(() => null);
  if (page) one.learnNewer(thread, page.events, page.more);
  else one.gapNotFilled(thread);
}

export function startDesk(queries: QueryClient, onEnded: () => void): () => void {
  const one = new Desk({
    open: openSocket,
    csrf: csrfToken,
    now: Date.now,
    onThreads: (ids, all) => {
      refetchSoon(queries, all ? 0 : REFETCH_MS);
      const touched = new Set(ids);
      void queries.invalidateQueries({ predicate: ({ queryKey: [kind, id] }) => kind === "thread" && (all || touched.has(String(id))) });
      if (all) void queries.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind === "cases" || kind === "case" });
    },
    onCase: (id) => {
      void queries.invalidateQueries({ queryKey: ["case", id] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
    },
    onEnded: () => {
      void stillSignedIn().then((signedIn) => {
        if (signedIn) setTimeout(() => desk === one && one.start(), RETURN_MS);
        else onEnded();
      });
    },
    onGap: (thread, after) => void fillGap(one, thread, after),
  });
  desk = one;
  const nudge = () => one.nudge();
  const seen = () => document.visibilityState === "visible" && one.nudge();
  addEventListener("online", nudge);
  document.addEventListener("visibilitychange", seen);
  one.start();
  return () => {
    removeEventListener("online", nudge);
    document.removeEventListener("visibilitychange", seen);
    one.stop();
    if (desk === one) desk = null;
  };
}

const idle = new Desk({
  open: () => ({ send() {}, close() {}, onopen: null, onmessage: null, onclose: null }),
  csrf: () => "",
  now: Date.now,
  onThreads() {},
  onCase() {},
  onEnded() {},
  onGap() {},
});

/** Never null: before the session there is one that does nothing. */
export function theDesk(): Desk {
  return desk ?? idle;
}

/** What `pick` returns must be the same object as long as nothing changed. */
export function useDesk<T>(pick: (state: DeskState) => T): T {
  const one = theDesk();
  return useSyncExternalStore(one.subscribe, () => pick(one.snapshot()));
}

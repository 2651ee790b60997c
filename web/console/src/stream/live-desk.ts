// The page's one desk: the browser's WebSocket, the query cache that it tells about changes, and the hook to read it.
import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { csrfToken, get, query } from "../api/client";
import type { EventPage, Note } from "../api/types";
import { stillSignedIn } from "../session/session";
import { Desk, type DeskState } from "./desk";
import type { Socket } from "../../../stream/line";

/** Lists are fetched again at most this often, however busy the office is; rows change on screen at once all the same. */
const REFETCH_MS = 1_500;
/** Before the stream is opened again for a session that replaced another. */
const RETURN_MS = 500;
const GAP_PAGE = 100;

let queued: ReturnType<typeof setTimeout> | undefined;
interface Served {
  queries: QueryClient;
  onEnded: () => void;
  onMention: (thread: string, note: Note) => void;
}
/** Whose session it serves; null between sessions. */
let serving: Served | null = null;

function openSocket(): Socket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/v1/stream`) as unknown as Socket;
}

function refetchSoon(queries: QueryClient, wait: number): void {
  if (queued !== undefined) return;
  const spread = wait * (1 + Math.random()); // not all consoles of an office in the same moment
  queued = setTimeout(() => {
    queued = undefined;
    // Nobody looks: what is stale is fetched when somebody does. And a list on screen brings the counts with it.
    const refetchType = document.hidden ? "none" : "active";
    void queries.invalidateQueries({ queryKey: ["threads"], refetchType });
    const listed = queries.getQueryCache().findAll({ queryKey: ["threads"], type: "active" }).length > 0;
    void queries.invalidateQueries({ queryKey: ["thread-counts"], refetchType: listed ? "none" : refetchType });
  }, spread);
}

/** What the stream left out, page after page, until the pages meet what it sends. */
async function fillGap(thread: string, after: number): Promise<void> {
  const page = await get<EventPage>(`/threads/${thread}/events${query({ after, limit: GAP_PAGE })}`).catch(() => null);
  if (page) desk.learnNewer(thread, page.events, page.more);
  else desk.gapNotFilled(thread);
}

function threadsChanged(ids: readonly string[], all: boolean): void {
  const queries = serving?.queries;
  if (!queries) return;
  refetchSoon(queries, all ? 0 : REFETCH_MS);
  const touched = new Set(ids);
  void queries.invalidateQueries({ predicate: ({ queryKey: [kind, id] }) => kind === "thread" && (all || touched.has(String(id))) });
  if (all) void queries.invalidateQueries({ predicate: ({ queryKey: [kind] }) => kind === "cases" || kind === "case" });
}

function caseChanged(id: string): void {
  void serving?.queries.invalidateQueries({ queryKey: ["case", id] });
  void serving?.queries.invalidateQueries({ queryKey: ["cases"] });
}

function mentioned(thread: string, note: Note): void {
  if (!serving) return;
  refetchSoon(serving.queries, 0);
  serving.onMention(thread, note);
}

/** A session may be over because another replaced it: then the stream goes on under the new one. */
async function sessionOver(): Promise<void> {
  if (await stillSignedIn()) setTimeout(() => serving && desk.start(), RETURN_MS);
  else serving?.onEnded();
}

// One for the life of the page, so that what is on screen can hold on to it from the first moment.
const desk: Desk = new Desk({
  open: openSocket,
  csrf: csrfToken,
  now: Date.now,
  onThreads: threadsChanged,
  onCase: caseChanged,
  onMention: mentioned,
  onEnded: () => void sessionOver(),
  onGap: (thread, after) => void fillGap(thread, after),
});

export function startDesk(served: Served): () => void {
  serving = served;
  const nudge = () => desk.nudge();
  const seen = () => document.visibilityState === "visible" && desk.nudge();
  addEventListener("online", nudge);
  document.addEventListener("visibilitychange", seen);
  desk.start();
  return () => {
    removeEventListener("online", nudge);
    document.removeEventListener("visibilitychange", seen);
    clearTimeout(queued);
    queued = undefined;
    serving = null;
    desk.reset();
  };
}

export const theDesk = (): Desk => desk;

/** What `pick` returns must be the same object as long as nothing changed. */
export function useDesk<T>(pick: (state: DeskState) => T): T {
  return useSyncExternalStore(desk.subscribe, () => pick(desk.snapshot()));
}

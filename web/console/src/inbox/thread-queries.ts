// The inbox's questions to the server. Rows and events go to the desk, which the stream keeps true; the cache holds the rest.
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import { useEffect, useMemo, useState } from "react";
import { get, query } from "../api/client";
import type { EventPage, Id, ThreadPage, ScriptState, ThreadPageFull, ThreadScript, View } from "../api/types";
import { theDesk, useDesk } from "../stream/live-desk";
import { readable } from "./script-words";
import { emptyLog } from "../stream/thread-log";

const PAGE = 50;
/** The most that the server gives at once, and how many of those a far look back may take. */
const PAGE_LIMIT = 100;
const REACH_PAGES = 100;
const LIST_REFRESH_MS = 60_000;

export function useThreadList(view: View) {
  const queries = useQueryClient();
  const list = useInfiniteQuery({
    queryKey: ["threads", view],
    queryFn: async ({ pageParam, signal }) => {
      const page = await get<ThreadPage>(`/threads${query({ view, after: pageParam, limit: PAGE })}`, signal);
      theDesk().learn(page.threads);
      queries.setQueryData(["thread-counts"], page.counts);
      return { ids: page.threads.map(({ id }) => id), next: page.next };
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: LIST_REFRESH_MS,
  });
  const ids = useMemo(() => [...new Set(list.data?.pages.flatMap((page) => page.ids) ?? [])], [list.data]);
  return { ...list, ids };
}

export function useThread(id: Id) {
  return useQuery({
    queryKey: ["thread", id],
    queryFn: async ({ signal }) => {
      const page = await get<ThreadPageFull>(`/threads/${id}`, signal);
      theDesk().learn([page.thread]);
      theDesk().learnNotes(id, page.notes);
      // A server that knows nothing of the enterprise leaves these out.
      return { ...page, context: { ...page.context, profile: page.context.profile ?? [], why: page.context.why ?? "" } };
    },
  });
}

/** The newest page once; then the stream continues it. */
export function useThreadEvents(id: Id, seq: number | undefined) {
  const log = useDesk((state) => state.logs.get(id)) ?? emptyLog;
  const page = useQuery({
    queryKey: ["events", id],
    queryFn: async ({ signal }) => {
      const { events, more } = await get<EventPage>(`/threads/${id}/events${query({ before: (seq ?? 0) + 1, limit: PAGE })}`, signal);
      theDesk().learnPage(id, events, more);
      return true;
    },
    enabled: seq !== undefined,
    staleTime: Infinity,
    gcTime: 0,
  });
  const ready = page.isSuccess;
  useEffect(() => {
    if (!ready) return;
    theDesk().watch(id);
    return () => theDesk().unwatch(id);
  }, [id, ready]);
  return { log, page };
}

export async function fetchOlder(id: Id, limit = PAGE): Promise<void> {
  const first = theDesk().log(id).events[0];
  if (!first) return;
  const { events, more } = await get<EventPage>(`/threads/${id}/events${query({ before: first.seq, limit })}`);
  theDesk().learnOlder(id, events, more);
}

/** Older pages until the event `at` is there, so that what is held stays one stretch; true once it is. */
export function useReach(id: Id, at: number | undefined, ready: boolean): boolean {
  const floor = useDesk((state) => state.logs.get(id)?.events[0]?.seq);
  const older = useDesk((state) => state.logs.get(id)?.older ?? false);
  const reached = at !== undefined && ready && floor !== undefined && floor <= at;
  const [pages, setPages] = useState(0);
  useEffect(() => setPages(0), [id, at]);
  useEffect(() => {
    if (at === undefined || !ready || reached || !older || pages >= REACH_PAGES) return;
    let left = false;
    void fetchOlder(id, PAGE_LIMIT).then(
      () => !left && setPages((n) => n + 1),
      () => !left && setPages(REACH_PAGES), // the button above the log goes on where this stops
    );
    return () => {
      left = true;
    };
  }, [id, at, ready, reached, older, pages]);
  return reached;
}

const stepKinds = ["do", "call", "handoff", "end"] as const;

/** Two of a kind are told apart by their names in the script. */
function silentStep({ id, kind }: ScriptState): string {
  return i18next.t(`graph.step.${stepKinds.find((one) => one === kind) ?? "do"}`, { id });
}

export function useScript(id: Id, enabled = true) {
  return useQuery({
    queryKey: ["script", id],
    queryFn: ({ signal }) => get<ThreadScript>(`/threads/${id}/script`, signal).then((script) => readable(script, silentStep)),
    enabled,
    staleTime: 60_000,
  });
}

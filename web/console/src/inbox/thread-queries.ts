// The inbox's questions to the server. Rows and events go to the desk, which the stream keeps true; the cache holds the rest.
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { get, query } from "../api/client";
import type { EventPage, Id, ThreadPage, ThreadPageFull, ThreadScript, View } from "../api/types";
import { theDesk, useDesk } from "../stream/live-desk";
import { emptyLog } from "../stream/thread-log";

const PAGE = 50;
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

export async function fetchOlder(id: Id): Promise<void> {
  const first = theDesk().log(id).events[0];
  if (!first) return;
  const { events, more } = await get<EventPage>(`/threads/${id}/events${query({ before: first.seq, limit: PAGE })}`);
  theDesk().learnOlder(id, events, more);
}

export function useScript(id: Id, enabled = true) {
  return useQuery({
    queryKey: ["script", id],
    queryFn: ({ signal }) => get<ThreadScript>(`/threads/${id}/script`, signal),
    enabled,
    staleTime: 60_000,
  });
}

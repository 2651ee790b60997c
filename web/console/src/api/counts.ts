// How much waits for me: for the rail's badges and the queues' numbers, from the same answers as the lists.
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../session/session";
import { get, query } from "./client";
import type { CasePage, ThreadPage } from "./types";

const REFRESH_MS = 60_000;

export function useThreadCounts(): ThreadPage["counts"] {
  const may = useMay("thread.view");
  const { data } = useQuery({
    queryKey: ["thread-counts"],
    queryFn: ({ signal }) => get<ThreadPage>(`/threads${query({ view: "waiting", limit: 1 })}`, signal).then(({ counts }) => counts),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return data ?? {};
}

export function useTodoCounts(): { waiting: number; todo: number } {
  const threads = useThreadCounts();
  const may = useMay("case.view");
  const { data } = useQuery({
    queryKey: ["cases", "todo-count"],
    queryFn: ({ signal }) => get<CasePage>(`/cases${query({ view: "todo", limit: 1 })}`, signal).then(({ counts }) => counts),
    enabled: may,
    refetchInterval: REFRESH_MS,
  });
  return { waiting: threads.waiting ?? 0, todo: data?.todo ?? 0 };
}

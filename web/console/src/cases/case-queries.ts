// The cases' questions to the server.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { get, query } from "../api/client";
import type { CasePage, CasePageFull, CaseView, Id } from "../api/types";

export interface CaseFilter {
  view: CaseView;
  state?: string | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  department?: string | undefined;
  matter?: string | undefined;
}

export const caseViews: readonly CaseView[] = ["todo", "mine", "department", "assist", "due_soon", "overdue", "all", "closed"];

export function useCases(filter: CaseFilter) {
  return useInfiniteQuery({
    queryKey: ["cases", filter],
    queryFn: ({ pageParam, signal }) => get<CasePage>(`/cases${query({ ...filter, after: pageParam, limit: 50 })}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 60_000,
  });
}

export function useCase(id: Id) {
  return useQuery({ queryKey: ["case", id], queryFn: ({ signal }) => get<CasePageFull>(`/cases/${id}`, signal) });
}

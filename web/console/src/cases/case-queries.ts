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
  /** The very cases that a figure of the report counts, for its period, department and moment. */
  figure?: string | undefined;
  part?: string | undefined;
  as_of?: string | undefined;
}

export const caseFigures = ["opened", "closed", "open_now", "overdue", "dispatched", "response", "solved", "satisfied", "coverage"] as const;
export type CaseFigure = (typeof caseFigures)[number];

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

// Who can be named in a note of a thread: the colleagues who may see it. The server gives so many at once and, in a large
// house, more by name; what came once is known from then on.
import { queryOptions, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, query } from "../api/client";
import type { Id, Named } from "../api/types";

export interface Nameable extends Named {
  department: Named;
}

const MOST = 50; // of one answer

export function nameableQuery(thread: Id, q = "") {
  return queryOptions({
    queryKey: ["nameable", thread, q],
    queryFn: ({ signal }) => get<{ colleagues: Nameable[] }>(`/threads/${thread}/colleagues${query({ q })}`, signal).then(({ colleagues }) => colleagues),
    staleTime: 60_000,
  });
}

export function knownNames(queries: QueryClient, thread: Id): Nameable[] {
  const lists = queries.getQueriesData<Nameable[]>({ queryKey: ["nameable", thread] });
  return [...new Map(lists.flatMap(([, people]) => (people ?? []).map((one) => [one.id, one] as const))).values()];
}

/** undefined = on their way, or nobody asks. */
export function useNameable(thread: Id, asks: boolean, words: string): Nameable[] | undefined {
  const queries = useQueryClient();
  const all = useQuery({ ...nameableQuery(thread), enabled: asks });
  const cut = (all.data?.length ?? 0) >= MOST;
  const more = useQuery({ ...nameableQuery(thread, words), enabled: asks && cut && words !== "" });
  return useMemo(() => all.data && knownNames(queries, thread), [all.data, more.data, queries, thread]);
}

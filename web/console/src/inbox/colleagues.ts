// The people who may receive a conversation or be named in a note.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import type { Colleague } from "../api/types";
import { dotted } from "../parts/names";

export const colleaguesQuery = queryOptions({
  queryKey: ["colleagues"],
  queryFn: ({ signal }) => get<{ colleagues: Colleague[] }>("/colleagues", signal).then(({ colleagues }) => colleagues),
  staleTime: 60_000,
});

export const useColleagues = (enabled = true) => useQuery({ ...colleaguesQuery, enabled });

export const dutyOf = ({ title, roles }: Colleague) => title || (roles ?? []).map((role) => role.title).join("、");

/** Grouped by office, in the order of the server. */
export function colleagueOptions(colleagues: readonly Colleague[]) {
  const offices = new Map<string, { label: string; value: string; title: string }[]>();
  for (const one of colleagues) {
    const office = offices.get(one.department.name) ?? [];
    office.push({ value: one.id, label: dotted(one.name, dutyOf(one)), title: "" });
    offices.set(one.department.name, office);
  }
  return [...offices].map(([label, options]) => ({ label, title: label, options }));
}

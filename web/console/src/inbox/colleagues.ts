// The people who may receive a conversation or a case.
import { useQuery } from "@tanstack/react-query";
import { get } from "../api/client";
import type { Colleague } from "../api/types";
import { dotted } from "../parts/names";

export function useColleagues(enabled = true) {
  return useQuery({
    queryKey: ["colleagues"],
    queryFn: ({ signal }) => get<{ colleagues: Colleague[] }>("/colleagues", signal).then(({ colleagues }) => colleagues),
    enabled,
  });
}

/** Grouped by office, in the order of the server. */
export function colleagueOptions(colleagues: readonly Colleague[]) {
  const offices = new Map<string, { label: string; value: string; title: string }[]>();
  for (const { id, name, title, roles, department } of colleagues) {
    const office = offices.get(department.name) ?? [];
    const duty = title || roles?.map((role) => role.title).join("、");
    office.push({ value: id, label: dotted(name, duty), title: "" });
    offices.set(department.name, office);
  }
  return [...offices].map(([label, options]) => ({ label, title: label, options }));
}

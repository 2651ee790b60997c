// Filters that a person has given a name: of one page, of one account, in this browser. A filter is the page's query.
import { useMemo } from "react";
import { create } from "zustand";
import { readKept, writeKept } from "../parts/kept";

export interface SavedView {
  name: string;
  filter: string;
}
export type Place = "cases" | "ledger";

export const NAME_LIMIT = 20;
export const VIEWS_LIMIT = 20;

/** The same filter is the same text, in whatever order it was put together. */
export function filterOf(params: URLSearchParams): string {
  const set = [...params].filter(([, value]) => value !== "").sort(([a], [b]) => (a < b ? -1 : 1));
  return new URLSearchParams(set).toString();
}

export function viewsFrom(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return [];
  const whole = kept.filter((one: Partial<SavedView> | null): one is SavedView => typeof one?.name === "string" && one.name !== "" && typeof one.filter === "string");
  return whole.map(({ name, filter }) => ({ name, filter })).slice(0, VIEWS_LIMIT);
}

/** Under a name that is there already it takes that one's place. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const at = views.findIndex(({ name }) => name === view.name);
  return at < 0 ? [...views, view].slice(-VIEWS_LIMIT) : views.map((one, i) => (i === at ? view : one));
}

/** Another one's name is not given away. */
export function renamed(views: readonly SavedView[], from: string, to: string): SavedView[] {
  if (to === "" || views.some(({ name }) => name === to)) return [...views];
  return views.map((view) => (view.name === from ? { ...view, name: to } : view));
}

export const without = (views: readonly SavedView[], name: string) => views.filter((view) => view.name !== name);

const keyOf = (person: string, place: Place) => `zhuqi.console.views.${person}.${place}`;
const read = (key: string) => viewsFrom(readKept(key));

/** Only what was changed here; the rest stands in the browser's store. */
const useChanged = create<Record<string, SavedView[]>>(() => ({}));

export function useSavedViews(person: string, place: Place) {
  const key = keyOf(person, place);
  const changed = useChanged((all) => all[key]);
  const views = useMemo(() => changed ?? read(key), [changed, key]);
  /** Upon what is kept now: another tab may have added to it. */
  const change = (next: (views: readonly SavedView[]) => SavedView[]) => {
    const now = next(read(key));
    writeKept(key, now);
    useChanged.setState({ [key]: now });
  };
  return { views, change };
}

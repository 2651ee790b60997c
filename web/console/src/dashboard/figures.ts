// Reading the report's figures. Pure.
import type { Figure, Overview, Rate } from "../api/types";

/** "86.4 %"; null where there is nothing to be a share of: that is not 0 %. */
export function percent(numerator: number, denominator: number): string | null {
  if (denominator <= 0) return null;
  return `${(Math.round((numerator / denominator) * 1000) / 10).toFixed(1)}%`;
}

export function figureOf(figure: Figure | number): { value: number; drill: string } {
  return typeof figure === "number" ? { value: figure, drill: "" } : { value: figure.value, drill: figure.drill };
}

export function ratesOf(coverage: Overview["coverage"], title: string): Rate[] {
  if (Array.isArray(coverage)) return coverage;
  if (typeof coverage === "object" && coverage !== null) return [{ ...coverage, title: coverage.title || title, id: coverage.id || "coverage" }];
  return [];
}

/** `drill` is the query for the list of cases, with or without the path or the question mark before it. */
export function drillPath(drill: string): string {
  const at = drill.indexOf("?");
  return `/cases?${at >= 0 ? drill.slice(at + 1) : drill.replace(/^\/?(api\/v1\/)?cases$/, "")}`;
}

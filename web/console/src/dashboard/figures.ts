// Reading the report's figures, and the lists that stand behind them. Pure.
import { query } from "../api/client";

/** "86.4%"; null where there is nothing to be a share of: that is not 0 %. */
export function percent(numerator: number, denominator: number): string | null {
  if (denominator <= 0) return null;
  return `${(Math.round((numerator / denominator) * 1000) / 10).toFixed(1)}%`;
}

export interface Period {
  from: number;
  to: number;
}

/** The cases that were opened in the period, as far as the other fields narrow them down. */
export function casesOf({ from, to }: Period, fields: { matter?: string; department?: string } = {}): string {
  return `/cases${query({ view: "all", ...fields, from, to })}`;
}

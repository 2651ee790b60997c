// Reading the report's figures, and the lists that stand behind them. Pure.
import { query } from "../api/client";
import { caseFigures, type CaseFigure } from "../cases/case-queries";

/** "86.4%"; null where there is nothing to be a share of: that is not 0 %. */
export function percent(numerator: number, denominator: number): string | null {
  if (denominator <= 0) return null;
  return `${(Math.round((numerator / denominator) * 1000) / 10).toFixed(1)}%`;
}

export interface Period {
  from: number;
  to: number;
  /** The moment that the report speaks of. */
  as_of: number;
}

interface Narrowed {
  matter?: string;
  department?: string;
  figure?: CaseFigure;
  /** Of a rate only those that count as good: its numerator. */
  part?: "good";
}

/** The very cases that a figure counts; without one, those that were opened in the period. */
export function casesOf({ from, to, as_of }: Period, fields: Narrowed): string {
  return `/cases${query({ view: "all", ...fields, from, to, ...(fields.figure && { as_of }) })}`;
}

/** The figure that a rate is, where there are cases behind it. */
export const figureOf = (id: string): CaseFigure | undefined => caseFigures.find((one) => one === id);

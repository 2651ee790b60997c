// The ledger's columns, and what stands in their cells. The workbook that the server makes has the same. Pure.
import type { LedgerRow } from "../api/types";
import { nameOf } from "../parts/names";
import { dateTime } from "../parts/time";

export const columns = [
  "no",
  "source",
  "opened",
  "enterprise",
  "code",
  "contact",
  "matter",
  "title",
  "track",
  "state",
  "lead",
  "handler",
  "due",
  "closed",
  "overdue",
  "grade",
  "redos",
  "supervised",
] as const;
export type Column = (typeof columns)[number];

export interface Words {
  track: (track: LedgerRow["track"]) => string;
  source: (source: string) => string;
  yes: string;
}

const EMPTY = "—";

export function cellOf(row: LedgerRow, column: Column, words: Words): string {
  switch (column) {
    case "opened":
    case "due":
    case "closed":
      return dateTime(row[column]);
    case "source":
      return words.source(row.source);
    case "track":
      return words.track(row.track);
    case "state":
      return row.state_title;
    case "lead":
      return nameOf(row.lead.department) || EMPTY;
    case "handler":
      return nameOf(row.handler) || EMPTY;
    case "overdue":
    case "supervised":
      return row[column] ? words.yes : EMPTY;
    case "redos":
      return row.redos > 0 ? String(row.redos) : EMPTY;
    case "no":
    case "enterprise":
    case "code":
    case "contact":
    case "matter":
    case "title":
    case "grade":
      return row[column] || EMPTY;
  }
}

// The ledger's columns: the server names them; where it names none, the members of a row stand for themselves. Pure.
import { dateTime } from "../parts/time";

export interface Column {
  id: string;
  title: string;
}
export interface LedgerPage {
  columns?: Column[];
  rows: Record<string, unknown>[];
  next: string | null;
}

export function columnsOf(page: LedgerPage | undefined): Column[] {
  if (!page) return [];
  if (page.columns) return page.columns.filter(({ id }) => id !== "id");
  return Object.keys(page.rows[0] ?? {})
    .filter((id) => id !== "id")
    .map((id) => ({ id, title: id }));
}

/** Instants of this century in milliseconds; no other number of a ledger comes near them. */
const isInstant = (value: number) => value > 946_684_800_000;

export function cellText(_id: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return "—";
  if (typeof value === "number") return isInstant(value) ? dateTime(value) : String(value);
  if (typeof value === "boolean") return value ? "✓" : "—";
  if (typeof value === "object") return "name" in value ? String(value.name) : Array.isArray(value) ? value.map((one) => cellText("", one)).join("、") : "";
  return String(value);
}

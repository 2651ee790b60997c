// Which parts of the console a person sees: those that one of their permissions leads into, and no other. Pure.
import type { Me } from "../api/types";

export interface RailEntry {
  id: "inbox" | "cases" | "ledger" | "dashboard" | "admin";
  path: string;
  /** The second key of `G …`. */
  key: string;
  /** Any of these opens it. */
  permissions: readonly string[];
}

export interface AdminEntry {
  id: "staff" | "organisation" | "queues" | "replies" | "audit";
  path: string;
  permissions: readonly string[];
}

export const adminEntries: readonly AdminEntry[] = [
  { id: "staff", path: "/admin/staff", permissions: ["staff.view"] },
  { id: "organisation", path: "/admin/organisation", permissions: ["organisation.edit"] },
  { id: "queues", path: "/admin/queues", permissions: ["organisation.edit"] },
  { id: "replies", path: "/admin/replies", permissions: ["canned_reply.edit"] },
  { id: "audit", path: "/admin/audit", permissions: ["audit.view"] },
];

export const railEntries: readonly RailEntry[] = [
  { id: "inbox", path: "/inbox", key: "i", permissions: ["thread.view"] },
  { id: "cases", path: "/cases", key: "c", permissions: ["case.view"] },
  { id: "ledger", path: "/ledger", key: "l", permissions: ["ledger.view"] },
  { id: "dashboard", path: "/dashboard", key: "d", permissions: ["report.view"] },
  { id: "admin", path: "/admin", key: "a", permissions: [...new Set(adminEntries.flatMap(({ permissions }) => permissions))] },
];

function visible<T extends { permissions: readonly string[] }>(entries: readonly T[], held: Me["permissions"]): T[] {
  return entries.filter(({ permissions }) => permissions.some((permission) => held[permission] !== undefined));
}

export const railOf = (held: Me["permissions"]) => visible(railEntries, held);
export const adminOf = (held: Me["permissions"]) => visible(adminEntries, held);

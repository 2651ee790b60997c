// Names of people and places, which may be missing.
import type { Named } from "../api/types";

export function nameOf(what: Named | null | undefined): string {
  return what?.name ?? "";
}

/** The parts that are there, with the middle dot that Chinese names of offices take. */
export function dotted(...parts: (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(" · ");
}

// Names as the server may give them: an object with an id, or the plain name.
import type { Named } from "../api/types";

export function nameOf(what: Named | string | null | undefined): string {
  return typeof what === "string" ? what : (what?.name ?? "");
}

/** The parts that are there, with the middle dot that Chinese names of offices take. */
export function dotted(...parts: (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(" · ");
}

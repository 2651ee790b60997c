// From the fields that the server names for an act to a form, and from the form back to what it takes. Pure.
import type { ActField } from "../api/types";

export type FormValues = Record<string, unknown>;

/** A date field stands for the end of that day; days are whole; what was left empty is not sent. */
export function fieldsOf(fields: readonly ActField[], values: FormValues): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (value === undefined || value === null || value === "") continue;
    switch (kind) {
      case "text":
        if (typeof value === "string" && value.trim() !== "") sent[name] = value.trim();
        break;
      case "days":
        sent[name] = Math.trunc(Number(value));
        break;
      case "date":
        sent[name] = endOfDay(value);
        break;
      case "bool":
        sent[name] = value === true;
        break;
      case "unit":
      case "staff":
      case "choice":
        sent[name] = value;
        break;
    }
  }
  return sent;
}

function endOfDay(value: unknown): number {
  if (typeof value === "number") return value;
  const dated = value as { endOf?: (unit: "day") => { valueOf: () => number } };
  return dated.endOf ? dated.endOf("day").valueOf() : Number(value);
}

/** Long texts get a large field: what is said to the enterprise, and reasons. */
export function isLong({ kind, name }: ActField): boolean {
  return kind === "text" && /^(text|reason|reply|answer|summary|basis)$/.test(name);
}

// When a message was said, as people read it: the hour today, 昨天, the weekday within a week, the date before.

import type { UiLang } from "../protocol";
import { strings } from "./strings";

/** Messages further apart than this get a time line between them. Milliseconds. */
export const GROUP_GAP_MS = 5 * 60 * 1000;

function startOfDay(ms: number): number {
  const date = new Date(ms);
  date.setHours(0, 0, 0, 0);
  return date.getTime();
}

export function timeLabel(at: number, now: number, lang: UiLang): string {
  const time = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  // Rounded, because a day has 23 or 25 hours where clocks change.
  const days = Math.round((startOfDay(now) - startOfDay(at)) / 86_400_000);
  if (days <= 0) return time;
  if (days === 1) return `${strings[lang].yesterday} ${time}`;
  if (days < 7) return `${new Intl.DateTimeFormat(lang, { weekday: "long" }).format(at)} ${time}`;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date: Intl.DateTimeFormatOptions = { month: "long", day: "numeric" };
  if (!sameYear) date.year = "numeric";
  return `${new Intl.DateTimeFormat(lang, date).format(at)} ${time}`;
}

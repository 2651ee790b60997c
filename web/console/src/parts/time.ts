// Times in words. All in the city's time zone, which is the browser's in practice; numbers are milliseconds.
import dayjs from "dayjs";
import i18next from "i18next";
import { useEffect, useState } from "react";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Renders again every `every` milliseconds. */
export function useNow(every = 15_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** "45 秒", "12 分", "3 小时 20 分", "4 天": the two largest parts that matter. */
export function span(ms: number): string {
  const t = i18next.t;
  const passed = Math.max(0, ms);
  if (passed < MINUTE) return t("time.seconds", { n: Math.floor(passed / 1000) });
  if (passed < HOUR) return t("time.minutes", { n: Math.floor(passed / MINUTE) });
  if (passed < DAY) {
    const minutes = Math.floor((passed % HOUR) / MINUTE);
    const hours = t("time.hours", { n: Math.floor(passed / HOUR) });
    return minutes === 0 ? hours : `${hours} ${t("time.minutes", { n: minutes })}`;
  }
  const hours = Math.floor((passed % DAY) / HOUR);
  const days = t("time.days", { n: Math.floor(passed / DAY) });
  return hours === 0 || passed >= 7 * DAY ? days : `${days} ${t("time.hours", { n: hours })}`;
}

export const clock = (at: number) => dayjs(at).format("HH:mm");
export const dateTime = (at: number) => (at > 0 ? dayjs(at).format("YYYY-MM-DD HH:mm") : "—");
export const dateTimeExact = (at: number) => (at > 0 ? dayjs(at).format("YYYY-MM-DD HH:mm:ss") : "—");
export const dateOnly = (at: number) => (at > 0 ? dayjs(at).format("YYYY-MM-DD") : "—");

/** For lists: the clock today, "昨天 14:02", then the date. */
export function shortTime(at: number, now: number): string {
  if (at <= 0) return "";
  const then = dayjs(at);
  const today = dayjs(now).startOf("day");
  if (then.isAfter(today)) return then.format("HH:mm");
  if (then.isAfter(today.subtract(1, "day"))) return `${i18next.t("time.yesterday")} ${then.format("HH:mm")}`;
  return then.year() === today.year() ? then.format("MM-DD HH:mm") : then.format("YYYY-MM-DD");
}

const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** For the line between the days of a thread. */
export function dayName(at: number, now: number): string {
  const then = dayjs(at);
  const today = dayjs(now).startOf("day");
  if (then.isSame(today, "day")) return i18next.t("time.today");
  if (then.isSame(today.subtract(1, "day"), "day")) return i18next.t("time.yesterday");
  const weekday = i18next.t(`time.weekday.${weekdays[then.day()] ?? "sun"}`);
  return `${then.format(then.year() === today.year() ? "MM-DD" : "YYYY-MM-DD")} ${weekday}`;
}

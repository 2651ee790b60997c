// The clocks of a case: the enterprise's, which the departments cannot stop, and those of the units.
import { useTranslation } from "react-i18next";
import type { CaseClock } from "../api/types";
import { Empty } from "../parts/states";
import { dateTime, span, useNow } from "../parts/time";
import { ColourChip } from "./colour-chip";

/** 0 … 1 of the time between start and due; 1 once it is over. */
export function shareGone({ started, due, ended }: Pick<CaseClock, "started" | "due" | "ended">, now: number): number {
  if (due <= started) return 1;
  const until = ended > 0 ? ended : now;
  return Math.min(1, Math.max(0, (until - started) / (due - started)));
}

function Clock({ clock, now }: { clock: CaseClock; now: number }) {
  const { t } = useTranslation();
  const share = shareGone(clock, now);
  const running = clock.ended === 0 && clock.due > 0 && clock.status === "running";
  const words = !running
    ? clock.ended > 0
      ? t("clock.ended", { time: dateTime(clock.ended) })
      : t("clock.still")
    : clock.due > now
      ? t("due.left", { span: span(clock.due - now) })
      : t("due.over", { span: span(now - clock.due) });
  const late = running ? clock.due <= now : clock.ended > clock.due && clock.due > 0;
  return (
    <li className={`clock${running ? "" : " clock-still"}${late ? " clock-late" : ""}`}>
      <p className="clock-head">
        <b>{clock.title}</b>
        {(clock.kind === "resolution" || clock.kind === "unit") && <span className="tag">{t(`clock.${clock.kind}`)}</span>}
        {clock.department && <span>{clock.department}</span>}
        <ColourChip colour={running ? clock.colour : ""} title="" />
      </p>
      <p className="clock-left">{words}</p>
      {clock.provisional_year > 0 && <p className="clock-note">{t("clock.provisional", { year: clock.provisional_year })}</p>}
      <progress max={1} value={share} aria-label={clock.title} />
      <p className="clock-foot">
        <span>{dateTime(clock.started)}</span>
        <span>
          {t("clock.due")} {dateTime(clock.due)}
        </span>
      </p>
    </li>
  );
}

export function Clocks({ clocks }: { clocks: readonly CaseClock[] }) {
  const { t } = useTranslation();
  const now = useNow();
  // The enterprise's clock first, then what is due soonest.
  const rank = (clock: CaseClock) => (clock.kind === "resolution" ? 0 : clock.due || Infinity);
  const running = clocks.filter(({ ended }) => ended === 0).sort((a, b) => rank(a) - rank(b));
  const still = clocks.filter(({ ended }) => ended !== 0);
  return (
    <section className="panel case-clocks" aria-label={t("cases.clocks")}>
      <h2>{t("cases.clocks")}</h2>
      {clocks.length === 0 && <Empty title={t("clock.none")} />}
      <ul className="clocks">
        {running.map((clock) => (
          <Clock key={clock.kind + clock.department} clock={clock} now={now} />
        ))}
      </ul>
      {still.length > 0 && (
        <details>
          <summary>{t("clock.stopped", { n: still.length })}</summary>
          <ul className="clocks">
            {still.map((clock) => (
              <Clock key={clock.kind + clock.department} clock={clock} now={now} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

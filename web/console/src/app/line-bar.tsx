// One bar at the top, only when there is something to say: the line is down (for how long), or it is back and brought
// so many things.
import { CheckCircleFilled, DisconnectOutlined } from "@ant-design/icons";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { span } from "../parts/time";
import { theDesk, useDesk } from "../stream/live-desk";

/** A short break mends itself before anybody could read about it. */
const PATIENCE_MS = 1_200;
const BACK_MS = 4_000;

export function LineBar() {
  const { t } = useTranslation();
  const lost_at = useDesk((state) => state.lost_at);
  const caught_up = useDesk((state) => (state.link === "live" ? state.caught_up : null));
  const [now, setNow] = useState(Date.now);
  const [wasLong, setWasLong] = useState(false);

  useEffect(() => {
    if (lost_at === 0) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [lost_at]);
  const down = lost_at > 0 && now - lost_at > PATIENCE_MS;
  useEffect(() => {
    if (down) setWasLong(true);
  }, [down]);
  useEffect(() => {
    if (caught_up === null) return;
    const timer = setTimeout(() => {
      theDesk().caughtUpShown();
      setWasLong(false);
    }, BACK_MS);
    return () => clearTimeout(timer);
  }, [caught_up]);

  if (down) {
    return (
      <div className="line-bar line-bar-down" role="status">
        <DisconnectOutlined /> {t("line.down", { span: span(now - lost_at) })}
        <span className="line-bar-hint">{t("line.down_hint")}</span>
        <button type="button" onClick={() => theDesk().nudge()}>
          {t("line.try_now")}
        </button>
      </div>
    );
  }
  if (caught_up !== null && wasLong) {
    return (
      <div className="line-bar line-bar-back" role="status">
        <CheckCircleFilled /> {caught_up > 0 ? t("line.caught_up", { n: caught_up }) : t("line.back")}
      </div>
    );
  }
  return null;
}

// The queues with their numbers, which come with the lists and so cannot disagree with them.
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { ThreadPage, View } from "../api/types";
import { useCurrentInSight } from "../parts/in-sight";
import { useMay } from "../session/session";
import { views } from "./list-order";

/** Beyond it nobody counts; the server stops counting mentions early. */
const limits: Partial<Record<View, number>> = { mentioned: 99 };

export function QueueNav({ view, counts }: { view: View; counts: ThreadPage["counts"] }) {
  const { t } = useTranslation();
  const row = useCurrentInSight(view);
  const callsBack = useMay("thread.call_back");
  return (
    <nav ref={row} className="queues" aria-label={t("inbox.queues")}>
      {views.map((one) => {
        const count = counts[one];
        if (one === "revisit" && !callsBack) return null;
        const limit = limits[one] ?? 999;
        return (
          <NavLink key={one} to={`/inbox/${one}`} className={`queue queue-${one}${one === view ? " active" : ""}`}>
            <span>{t(`inbox.view.${one}`)}</span>
            {count !== undefined && <b className={count === 0 ? "zero" : ""}>{count > limit ? `${limit}+` : count}</b>}
          </NavLink>
        );
      })}
    </nav>
  );
}

// One thread in the list, two lines and a foot: the firm and how long it waits; what was said last and by whom; who has it.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Id, Thread, View } from "../api/types";
import { nameOf } from "../parts/names";
import { shortTime, span } from "../parts/time";
import { DueChip } from "./due-chip";
import { gradeOf, isBad } from "./grades";
import { isUnread, useSeen } from "./seen";

interface Props {
  id: Id;
  row: Thread | undefined;
  gone: boolean;
  view: View;
  selected: boolean;
  now: number;
  top: number;
  onOpen: () => void;
}

function Clock({ row, now }: { row: Thread; now: number }) {
  const { t } = useTranslation();
  const waits = row.waiting_since > 0 && (row.owner.kind === "queue" || row.owner.kind === "human");
  if (!waits) return <time className="card-time">{shortTime(row.last.at, now)}</time>;
  return <span className="card-time card-waits">{t("inbox.waits", { span: span(now - row.waiting_since) })}</span>;
}

function Foot({ row, view }: { row: Thread; view: View }) {
  const { t } = useTranslation();
  if (row.owner.kind === "human" && view !== "mine") return <>{row.owner.name}</>;
  if (row.owner.kind === "bot") return <>{t("inbox.owner.bot")}</>;
  return <>{nameOf(row.department)}</>;
}

export const ThreadCard = memo(function ThreadCard({ id, row, gone, view, selected, now, top, onOpen }: Props) {
  const { t } = useTranslation();
  const upto = useSeen((seen) => seen.upto[id]);
  const unread = row ? isUnread(row, upto) : false;
  const left = gone || !row;
  const grade = row && gradeOf(row.grade);
  return (
    <div
      id={`thread-${id}`}
      role="option"
      aria-selected={selected}
      className={`card${selected ? " selected" : ""}${left ? " gone" : ""}${unread ? " unread" : ""}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onOpen}
    >
      <div className="card-line">
        {unread && <span className="dot" role="img" aria-label={t("inbox.unread")} />}
        <span className="card-firm">{row ? row.enterprise || t("inbox.unknown_firm", { visitor: row.visitor }) : t("inbox.gone")}</span>
        {row && <Clock row={row} now={now} />}
      </div>
      {row && (
        <>
          <div className="card-line card-said">
            <span className={`who who-${row.last.who}`}>{t(`inbox.who.${row.last.who}`)}</span>
            <span className="card-text">{row.last.text}</span>
          </div>
          <div className="card-line card-foot">
            {(row.matter || row.queue) && <span className="tag">{row.matter || row.queue}</span>}
            <span className="card-owner">{left ? t("inbox.gone") : <Foot row={row} view={view} />}</span>
            {row.accept_by > 0 && <span className="tag tag-accent">{t("inbox.to_accept")}</span>}
            {grade && <span className={isBad(grade) ? "tag tag-warn" : "tag"}>{t(`inbox.grade.g${grade}`)}</span>}
            <DueChip due={row.due} now={now} done={row.owner.kind === "closed" || row.owner.kind === "bot"} />
          </div>
        </>
      )}
    </div>
  );
});

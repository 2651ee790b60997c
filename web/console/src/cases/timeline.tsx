// Everything that happened to a case, newest first.
import { useTranslation } from "react-i18next";
import type { TimelineEntry } from "../api/types";
import { dotted, nameOf } from "../parts/names";
import { dateTime } from "../parts/time";

export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation();
  const newest = [...entries].sort((a, b) => b.seq - a.seq);
  return (
    <ol className="timeline">
      {newest.map((entry) => (
        <li key={entry.seq}>
          <p className="timeline-head">
            <b>{entry.title}</b>
            {entry.from_title !== entry.to_title && entry.to_title && (
              <span className="timeline-move">
                {entry.from_title && `${entry.from_title} → `}
                {entry.to_title}
              </span>
            )}
            <time>{dateTime(entry.at)}</time>
          </p>
          <p className="timeline-by">{dotted(entry.by.name, entry.by.role_title, entry.by.department)}</p>
          {entry.text && <p className="timeline-text">{entry.text}</p>}
          {entry.reason && <p className="timeline-reason">{t("inbox.reason", { reason: entry.reason })}</p>}
          {entry.to_unit && <p className="timeline-reason">{t("cases.to_unit", { unit: dotted(nameOf(entry.to_unit.department), nameOf(entry.to_unit.region)) })}</p>}
          {entry.days > 0 && <p className="timeline-reason">{t("cases.days", { n: entry.days })}</p>}
          {entry.basis && <p className="timeline-reason">{t("cases.basis", { basis: entry.basis })}</p>}
          {entry.grade && <p className="timeline-reason">{t("cases.graded", { grade: entry.grade })}</p>}
        </li>
      ))}
    </ol>
  );
}

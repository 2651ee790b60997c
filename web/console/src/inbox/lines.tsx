// The lines of a thread: bubbles with a written label, system lines, the handoff with its summary, notes, and what is on
// its way. Everything that people wrote is text and stays text.
import { EyeInvisibleFilled, FileOutlined, LockOutlined, PictureOutlined, SwapOutlined } from "@ant-design/icons";
import i18next from "i18next";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Note, ThreadEvent } from "../api/types";
import { dotted } from "../parts/names";
import { clock, dateTimeExact, dayName } from "../parts/time";
import { NoteText } from "./note-text";
import { callResults, closeOutcomes, gradeOf } from "./grades";
import type { BubbleRow, HandoffRow, LogRow } from "./log-rows";
import { OutgoingState } from "./outgoing-state";
import type { Outgoing } from "./outgoing";

function labelOf({ side, event }: BubbleRow): string {
  if (side === "bot") return i18next.t("inbox.speaker.bot");
  if (side === "staff") return event.name || String(event.body["name"] ?? "") || i18next.t("inbox.speaker.staff");
  return event.name || i18next.t("inbox.speaker.user");
}

const Bubble = memo(function Bubble({ row, found }: { row: BubbleRow; found: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={`line line-${row.side}${row.continued ? " continued" : ""}${found ? " found" : ""}`} data-seq={row.event.seq}>
      {!row.continued && (
        <p className="line-label">
          <b>{labelOf(row)}</b>
          <time dateTime={new Date(row.event.at).toISOString()} title={dateTimeExact(row.event.at)}>
            {clock(row.event.at)}
          </time>
        </p>
      )}
      <div className="bubble">
        {row.case_no && (
          <p className="bubble-case">
            {t("inbox.case_reply")} <Link to={`/cases?q=${encodeURIComponent(row.case_no)}`}>{row.case_no}</Link>
          </p>
        )}
        {row.media && (
          <p className="bubble-media">
            {row.media === "image" ? <PictureOutlined /> : <FileOutlined />} {t("inbox.media", { kind: row.media })}
          </p>
        )}
        {row.text && <p>{row.text}</p>}
        {row.hint && <p className="bubble-hint">{row.hint}</p>}
        {row.options.length > 0 && (
          <ul className="bubble-options" aria-label={t("inbox.options")}>
            {row.options.map((option, i) => (
              <li key={i}>{option}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
});

const officialActs = ["take", "transfer", "release", "hand_back", "close", "accept"] as const;

function calledBack(body: ThreadEvent["body"]): string {
  const result = callResults.find((one) => one === body["result"]);
  const grade = gradeOf(Number(body["grade"]));
  return dotted(result && i18next.t(`sheet.revisit.${result}`), grade && i18next.t(`inbox.grade.g${grade}`));
}

function sentence({ kind, body, name }: ThreadEvent): string {
  const t = i18next.t;
  const who = name || t("inbox.speaker.staff");
  if (kind === "official") {
    const what = officialActs.find((one) => one === body["what"]);
    const to = typeof body["to_name"] === "string" ? body["to_name"] : "";
    return what ? t(`inbox.did.${what}`, { who, to: to || t("inbox.colleague") }) : who;
  }
  if (kind === "revisit") return t("inbox.did.revisit", { who, result: calledBack(body) });
  if (kind === "ended") return t("inbox.did.ended");
  return t(kind === "withdrawn" ? "inbox.did.withdrawn" : "inbox.did.returned");
}

function SystemLine({ event }: { event: ThreadEvent }) {
  const { t } = useTranslation();
  const words = (name: string) => (typeof event.body[name] === "string" ? event.body[name] : "");
  const reason = words("reason");
  const outcome = words("what") === "close" ? closeOutcomes.find((one) => one === reason) : undefined;
  const said = event.kind === "revisit" ? words("text") : "";
  return (
    <p className="line line-system" title={dateTimeExact(event.at)}>
      <span>
        {sentence(event)} <time>{clock(event.at)}</time>
      </span>
      {said && <span className="line-reason">{said}</span>}
      {reason && (
        <span className="line-reason">{outcome ? t("inbox.outcome", { outcome: t(`sheet.close.${outcome}`) }) : t("inbox.reason", { reason })}</span>
      )}
    </p>
  );
}

function HandoffLine({ row }: { row: HandoffRow }) {
  const { t } = useTranslation();
  return (
    <div className="handoff">
      <p className="handoff-title">
        <SwapOutlined /> {t("inbox.handoff")} {row.queue && <span className="tag">{row.queue}</span>} <time>{clock(row.event.at)}</time>
      </p>
      {row.note && <p className="handoff-note">{row.note}</p>}
      {row.slots.length > 0 && (
        <dl>
          {row.slots.map(({ label, value }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value || t("inbox.slot_missing")}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

export const RowLine = memo(function RowLine({ row, now, found }: { row: LogRow; now: number; found: boolean }) {
  if (row.type === "day") {
    return (
      <p className="day">
        <span>{dayName(row.at, now)}</span>
      </p>
    );
  }
  if (row.type === "system") return <SystemLine event={row.event} />;
  if (row.type === "handoff") return <HandoffLine row={row} />;
  return <Bubble row={row} found={found} />;
});

export const NoteLine = memo(function NoteLine({ note }: { note: Note }) {
  const { t } = useTranslation();
  return (
    <div className={`line line-note${note.whisper ? " line-whisper" : ""}`}>
      <p className="line-label">
        {note.whisper ? (
          <b className="whisper-tag">
            <EyeInvisibleFilled /> {t("inbox.whisper")}
          </b>
        ) : (
          <b>
            <LockOutlined /> {t("inbox.note_label")}
          </b>
        )}
        <span>{note.whisper && note.to.length > 0 ? t("inbox.whisper_to", { name: note.by.name, to: note.to.map(({ name }) => name).join("、") }) : note.by.name}</span>
        <time title={dateTimeExact(note.at)}>{clock(note.at)}</time>
      </p>
      <div className="bubble">
        <NoteText note={note} />
      </div>
    </div>
  );
});

export function OutgoingLine({ one }: { one: Outgoing }) {
  return (
    <div className={`line line-staff line-outgoing line-${one.state}`}>
      <div className="bubble">
        <p>{one.text}</p>
      </div>
      <OutgoingState one={one} />
    </div>
  );
}

// Beside the thread: who the enterprise is, how far the script came, its cases, the notes.
import { CloseOutlined, EyeInvisibleFilled, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useKeyCap } from "../app/keys";
import type { CaseRow, Labelled, Note, Thread, ThreadPageFull } from "../api/types";
import { ColourChip } from "../cases/colour-chip";
import { Empty, SkeletonRows } from "../parts/states";
import { dateTime, span, useNow } from "../parts/time";
import { Tabs } from "../parts/tabs";
import { useMay } from "../session/session";
import { useDesk } from "../stream/live-desk";
import { withoutHoles } from "./script-words";
import { NoteText } from "./note-text";
import { useScript } from "./thread-queries";

const MiniGraph = lazy(() => import("./mini-graph"));

function Facts({ rows }: { rows: readonly Labelled[] }) {
  const { t } = useTranslation();
  return (
    <dl className="facts">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={value ? "" : "missing"}>{value || t("inbox.slot_missing")}</dd>
        </div>
      ))}
    </dl>
  );
}

function languageName(tag: string): string {
  const names = { "zh-CN": "简体中文", en: "English", ja: "日本語", ko: "한국어" } as Record<string, string>;
  return names[tag] ?? tag;
}

function Profile({ full, row }: { full: ThreadPageFull; row: Thread }) {
  const { t } = useTranslation();
  const about: Labelled[] = [
    { label: t("inbox.profile.channel"), value: row.channel === "web" ? t("inbox.profile.web") : row.channel },
    { label: t("inbox.profile.visitor"), value: row.visitor },
    { label: t("inbox.profile.queue"), value: row.queue },
    { label: t("inbox.profile.region"), value: row.region?.name ?? "" },
    { label: t("inbox.profile.language"), value: languageName(row.language) },
  ].filter(({ value }) => value !== "");
  return (
    <>
      {full.context.profile.length > 0 ? <Facts rows={full.context.profile} /> : <Empty title={t("inbox.profile.none")} hint={t("inbox.profile.none_hint")} />}
      <h3 className="context-sub">{t("inbox.profile.thread")}</h3>
      <Facts rows={about} />
    </>
  );
}

function Progress({ full, row }: { full: ThreadPageFull; row: Thread }) {
  const { t } = useTranslation();
  const { context } = full;
  const why = context.why || row.reason;
  const script = useScript(row.id);
  return (
    <>
      {why && (
        <p className="context-why">
          <b>{t("inbox.progress.why")}</b>
          {why}
        </p>
      )}
      {context.dialog_title && (
        <p className="context-at">
          <b>{context.dialog_title}</b>
          {context.question && <span>{withoutHoles(context.question)}</span>}
        </p>
      )}
      {context.slots.length > 0 && <Facts rows={context.slots} />}
      {!context.dialog_title && context.slots.length === 0 && !why && <Empty title={t("inbox.progress.none")} />}
      {script.data && script.data.dialogs.length > 0 && (
        <Suspense fallback={<SkeletonRows kind="block" rows={1} />}>
          <MiniGraph script={script.data} />
        </Suspense>
      )}
    </>
  );
}

function Cases({ cases, onNew }: { cases: readonly CaseRow[]; onNew: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const may = useMay("case.create");
  return (
    <>
      {cases.length === 0 && <Empty title={t("inbox.cases_none")} hint={t("inbox.cases_none_hint")} />}
      <ul className="case-cards">
        {cases.map((one) => (
          <li key={one.id}>
            <Link to={`/cases/${one.id}`}>{one.title}</Link>
            <p>
              <span className="tag">{one.state_title}</span>
              <ColourChip colour={one.colour} title={one.alarm_title} />
            </p>
            <p className="case-card-foot">
              <code>{one.no}</code>
              {one.due > 0 && <span>{one.due > now ? t("due.left", { span: span(one.due - now) }) : t("due.over", { span: span(now - one.due) })}</span>}
            </p>
          </li>
        ))}
      </ul>
      {may && (
        <Button block icon={<PlusOutlined />} onClick={onNew}>
          {t("cases.create")}
        </Button>
      )}
    </>
  );
}

function Notes({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation();
  const note = useKeyCap("note");
  if (notes.length === 0) return <Empty title={t("inbox.notes_none")} hint={t("inbox.notes_none_hint", { note })} />;
  return (
    <ul className="note-cards">
      {[...notes].reverse().map((note) => (
        <li key={note.id} className={note.whisper ? "whispered" : ""}>
          <NoteText note={note} />
          <small>
            {note.whisper && (
              <b className="whisper-tag">
                <EyeInvisibleFilled /> {t("inbox.whisper")}
              </b>
            )}
            {note.by.name} · {dateTime(note.at)}
          </small>
        </li>
      ))}
    </ul>
  );
}

interface Props {
  full: ThreadPageFull;
  row: Thread;
  open: boolean;
  onClose: () => void;
  onNewCase: () => void;
}

export function ContextPane({ full, row, open, onClose, onNewCase }: Props) {
  const { t } = useTranslation();
  const notes = useDesk((state) => state.notes.get(row.id)) ?? full.notes;
  const counted = (words: string, n: number) => (
    <>
      {words}
      {n > 0 && <small>{n}</small>}
    </>
  );
  const tabs = [
    { key: "progress", label: t("inbox.tab.progress"), children: <Progress full={full} row={row} /> },
    { key: "profile", label: t("inbox.tab.profile"), children: <Profile full={full} row={row} /> },
    { key: "cases", label: counted(t("inbox.tab.cases"), full.cases.length), children: <Cases cases={full.cases} onNew={onNewCase} /> },
    { key: "notes", label: counted(t("inbox.tab.notes"), notes.length), children: <Notes notes={notes} /> },
  ];
  return (
    <aside className={`context${open ? " context-shown" : ""}`} aria-label={t("inbox.context")}>
      <Button className="context-close" type="text" size="small" icon={<CloseOutlined />} aria-label={t("app.close")} onClick={onClose} />
      <Tabs tabs={tabs} label={t("inbox.context")} />
    </aside>
  );
}

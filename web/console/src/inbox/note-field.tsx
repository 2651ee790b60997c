// Where notes are written: for all colleagues, or as a whisper to the one who has the thread. Its only way out is the notes'
// address; nothing here can reach an enterprise. `@` names a colleague, who is told; `#` puts in a case of this thread.
import { BellOutlined, EyeInvisibleOutlined, LockOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { actId } from "../api/act-id";
import { act } from "../api/client";
import type { CaseRow, Note, Thread } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { nameOf } from "../parts/names";
import { theDesk } from "../stream/live-desk";
import { ChoiceList } from "./choice-menu";
import { isComposing } from "./composing";
import { useComposing } from "./composing-text";
import { knownNames, nameableQuery } from "./nameable";
import { namedIn, namesSomebody } from "./note-marks";
import { useMarkMenus } from "./note-menus";

const MANY = 20; // people in one note, as the server takes them

interface Props {
  row: Thread;
  cases: readonly CaseRow[];
  /** To the one who has the thread now, and not for every colleague's eyes. */
  whisper: boolean;
  focus: number;
}

export function NoteField({ row, cases, whisper, focus }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const kind = whisper ? "whisper" : "note";
  // Kept beside the replies' texts, so that a look at another thread loses nothing.
  const place = `${kind} ${row.id}`;
  const text = useComposing(({ texts }) => texts[place]) ?? "";
  const write = (words: string) => useComposing.getState().set(place, words);
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const attempt = useRef({ of: "", id: "" });
  const menus = useMarkMenus({ area, thread: row.id, text, write, cases, naming: !whisper });
  // A whisper goes to one person, whoever stands in it.
  const named = whisper ? [] : namedIn(text, menus.people, menus.chosen);
  useEffect(() => {
    if (focus > 0) area.current?.focus();
  }, [focus]);

  /** Names are known only with the list: without it nobody would be told, and nobody would notice. */
  const namedBy = async (words: string) => {
    if (!namesSomebody(words)) return {};
    await queries.ensureQueryData(nameableQuery(row.id));
    const to = namedIn(words, knownNames(queries, row.id), menus.chosen).map((one) => one.id);
    return to.length > 0 ? { to } : {};
  };
  const save = async () => {
    const words = text.trim();
    if (words === "" || busy || named.length > MANY) return;
    setBusy(true);
    try {
      const body = { text: words, ...(whisper ? { whisper: true } : await namedBy(words)) };
      // The same words are the same note, however often it takes to bring them over; other words are another one.
      const of = JSON.stringify(body);
      if (attempt.current.of !== of) attempt.current = { of, id: actId() };
      const { note } = await act<{ note: Note }>(`/threads/${row.id}/notes`, body, attempt.current.id);
      theDesk().learnNotes(row.id, [note]);
      write("");
      attempt.current = { of: "", id: "" };
    } catch (fault) {
      void message.error(sentenceOf(fault));
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    if (menus.onKey(event)) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div className="field">
      {menus.person.open && (
        <ChoiceList id="person" title={t("inbox.name_somebody")} none={t("app.loading")} menu={menus.person} keyOf={(one) => one.id}>
          {(one) => (
            <>
              <b>{one.name}</b>
              <span>{nameOf(one.department)}</span>
            </>
          )}
        </ChoiceList>
      )}
      {menus.case.open && (
        <ChoiceList id="case" title={t("inbox.mean_case")} none={t("inbox.cases_none")} menu={menus.case} keyOf={(one) => one.id}>
          {(one) => (
            <>
              <b>{one.no}</b>
              <span>{one.title}</span>
              <small>{one.state_title}</small>
            </>
          )}
        </ChoiceList>
      )}
      <textarea
        ref={area}
        rows={2}
        value={text}
        maxLength={4000}
        aria-label={t(`inbox.${kind}_field`)}
        placeholder={t(`inbox.${kind}_hint`, { name: row.owner.name })}
        {...menus.aria}
        onChange={(event) => write(event.target.value)}
        {...menus.watch}
        onKeyDown={onKey}
      />
      <div className="field-foot">
        <span className="field-state" role="status">
          {named.length > MANY ? (
            <em>{t("inbox.too_many_named", { n: MANY })}</em>
          ) : named.length > 0 ? (
            <>
              <BellOutlined /> {t("inbox.will_tell", { names: named.map(({ name }) => name).join("、") })}
            </>
          ) : (
            <>
              {whisper ? <EyeInvisibleOutlined /> : <LockOutlined />} {whisper ? t("inbox.whisper_label", { name: row.owner.name }) : t("inbox.note_label")}
            </>
          )}
        </span>
        <Button loading={busy} disabled={text.trim() === "" || named.length > MANY} onClick={() => void save()}>
          {t(`inbox.${kind}_save`)}
        </Button>
      </div>
    </div>
  );
}

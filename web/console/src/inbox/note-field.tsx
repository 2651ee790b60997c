// Where notes are written. Its only way out is the notes' address; nothing here can reach an enterprise.
import { LockOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { actId } from "../api/act-id";
import { act } from "../api/client";
import type { Id, Note } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { theDesk } from "../stream/live-desk";
import { isComposing } from "./composing";

export function NoteField({ thread, focus }: { thread: Id; focus: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const id = useRef(actId());
  useEffect(() => {
    if (focus > 0) area.current?.focus();
  }, [focus]);

  const save = async () => {
    const words = text.trim();
    if (words === "" || busy) return;
    setBusy(true);
    try {
      const { note } = await act<{ note: Note }>(`/threads/${thread}/notes`, { text: words }, id.current);
      theDesk().learnNotes(thread, [note]);
      setText("");
      id.current = actId();
    } catch (fault) {
      void message.error(sentenceOf(fault));
    } finally {
      setBusy(false);
    }
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    if (event.key === "Escape") event.currentTarget.blur();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    }
  };
  return (
    <div className="field">
      <textarea
        ref={area}
        rows={2}
        value={text}
        maxLength={4000}
        aria-label={t("inbox.note_field")}
        placeholder={t("inbox.note_hint")}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <div className="field-foot">
        <span className="field-state">
          <LockOutlined /> {t("inbox.note_label")}
        </span>
        <Button loading={busy} disabled={text.trim() === ""} onClick={() => void save()}>
          {t("inbox.note_save")}
        </Button>
      </div>
    </div>
  );
}

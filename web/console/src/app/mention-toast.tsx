// Told at once, wherever in the console one is: a colleague names me in a note, or whispers to me. Not while that very
// thread lies open before me.
import { BellFilled, EyeInvisibleFilled } from "@ant-design/icons";
import { App, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import type { Id, Note } from "../api/types";

const SHOWN_S = 10;
const BRIEF = 80;

export function useMentionToast(): (thread: Id, note: Note) => void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const tell = (thread: Id, note: Note) => {
    if (!document.hidden && pathname.startsWith("/inbox/") && pathname.endsWith(`/${thread}`)) return;
    const key = `mention ${thread}`;
    const go = () => {
      notification.destroy(key);
      void navigate(`/inbox/mentioned/${thread}`);
    };
    const letters = [...note.text];
    notification.open({
      key,
      className: note.whisper ? "mention mention-whisper" : "mention",
      icon: note.whisper ? <EyeInvisibleFilled /> : <BellFilled />,
      title: t(note.whisper ? "inbox.whispers" : "inbox.names_you", { name: note.by.name }),
      description: letters.length > BRIEF ? `${letters.slice(0, BRIEF).join("")}…` : note.text,
      actions: (
        <Button size="small" type="primary" onClick={go}>
          {t("inbox.look")}
        </Button>
      ),
      duration: SHOWN_S,
    });
  };
  // The stream holds on to one function; it shall see the page of the moment.
  const latest = useRef(tell);
  latest.current = tell;
  const steady = useRef((thread: Id, note: Note) => latest.current(thread, note));
  return steady.current;
}

// The reply field: Enter sends unless an input method is at work, `/` brings the canned replies, and what is typed is kept
// on the server.
import { SendOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../app/preferences";
import { put } from "../api/client";
import type { Thread } from "../api/types";
import { theDesk } from "../stream/live-desk";
import { CannedMenu, useCanned } from "./canned-menu";
import { isComposing } from "./composing";
import { useComposing } from "./composing-text";
import { DraftKeeper, type DraftState } from "./draft-keeper";
import { say } from "./outgoing";

export const REPLY_LIMIT = 2000;
const TYPING_MS = 3_000;

function useDraft(thread: string, draft: string) {
  const [state, setState] = useState<DraftState>("clean");
  const keeper = useRef<DraftKeeper | null>(null);
  const { set } = useComposing.getState();
  useEffect(() => {
    const held = useComposing.getState().texts[thread];
    if (held === undefined) set(thread, draft);
    const one = new DraftKeeper(draft, (text, leaving) => put(`/threads/${thread}/draft`, { text }, { keepalive: leaving }), setState);
    if (held !== undefined && held !== draft) one.edit(held);
    keeper.current = one;
    const leave = () => one.leave();
    addEventListener("pagehide", leave);
    return () => {
      removeEventListener("pagehide", leave);
      leave();
    };
    // The server's draft is only where typing began; later answers must not overwrite what is being typed.
  }, [thread]);
  return { state, keeper };
}

/** As high as its text, up to a limit that the style sheet sets. */
function useGrowing(text: string) {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  return area;
}

export function ReplyField({ row, draft, focus, onRefused }: { row: Thread; draft: string; focus: number; onRefused: (fault: unknown) => void }) {
  const { t } = useTranslation();
  const text = useComposing(({ texts }) => texts[row.id]) ?? draft;
  const enterSends = usePreferences((preferences) => preferences.enter_sends);
  const { state, keeper } = useDraft(row.id, draft);
  const area = useGrowing(text);
  const touch = useMemo(() => matchMedia("(hover: none)").matches, []);
  const typed = useRef(0);
  useEffect(() => {
    if (focus > 0) area.current?.focus();
  }, [focus, area]);

  const edit = (words: string) => {
    useComposing.getState().set(row.id, words);
    keeper.current?.edit(words);
    if (words !== "" && Date.now() - typed.current > TYPING_MS) {
      typed.current = Date.now();
      theDesk().typing(row.id);
    }
  };
  const canned = useCanned(text, edit);
  const send = () => {
    const words = text.trim();
    if (words === "" || words.length > REPLY_LIMIT) return;
    useComposing.getState().set(row.id, "");
    keeper.current?.clear();
    area.current?.focus();
    void say(row, words).then(({ thread, fault }) => {
      if (thread) theDesk().learn([thread]);
      if (fault) onRefused(fault);
    });
  };
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isComposing(event)) return;
    if (canned.onKey(event)) return;
    if (event.key === "Escape") return event.currentTarget.blur();
    if (event.key !== "Enter") return;
    const mod = event.ctrlKey || event.metaKey;
    if (mod || (enterSends && !event.shiftKey && !event.altKey)) {
      event.preventDefault();
      send();
    }
  };
  const over = text.length - REPLY_LIMIT;

  return (
    <div className="field">
      {canned.open && <CannedMenu canned={canned} />}
      <textarea
        ref={area}
        rows={2}
        value={text}
        aria-label={t("inbox.reply_label")}
        placeholder={t(touch ? "inbox.reply_hint_touch" : enterSends ? "inbox.reply_hint" : "inbox.reply_hint_mod")}
        {...canned.aria}
        onChange={(event) => edit(event.target.value)}
        onKeyDown={onKey}
      />
      <div className="field-foot">
        <span className="field-state" role="status">
          {over > 0 ? <em>{t("inbox.too_long", { n: over })}</em> : state === "clean" ? "" : t(`inbox.draft.${state}`)}
        </span>
        <Button type="primary" icon={<SendOutlined />} disabled={text.trim() === "" || over > 0} onClick={send}>
          {t("inbox.send")}
        </Button>
      </div>
    </div>
  );
}

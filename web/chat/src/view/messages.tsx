// The scrolling log. Stays at the newest line while the reader is there, and stays put while they read older ones.

import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { UiLang } from "../protocol";
import { hasOlder, type ChatState, type Pending } from "../store";
import type { Strings } from "../i18n/strings";
import { timeLabel } from "../i18n/time";
import { Mine, Theirs, Typing } from "./bubble";
import { DownIcon } from "./icons";
import { rowsOf, type Row } from "./rows";

/** A reader within this distance of the end is following the conversation. CSS pixels. */
const NEAR_END_PX = 80;
/** Unsent for longer than this, a message is marked; it is still delivered when the line returns. Milliseconds. */
const STALLED_MS = 15_000;

interface Props {
  state: ChatState;
  lang: UiLang;
  service: string;
  t: Strings;
  now: number;
  onPick: (value: string) => void;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
  onOlder: () => void;
}

export function Messages(props: Props) {
  const { state, t } = props;
  const log = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => rowsOf(state), [state.events, state.pending, state.owner]);
  const { unseen, onScroll, toEnd } = useStickyEnd(log, state, rows);

  return (
    <main class="log-frame">
      <div class="log" ref={log} role="log" aria-live="polite" aria-label={t.messages} tabIndex={0} onScroll={onScroll}>
        <div class="lines">
          {hasOlder(state) && (
            <button type="button" class="older" disabled={state.loadingOlder} onClick={props.onOlder}>
              {state.loadingOlder ? t.loading : t.loadOlder}
            </button>
          )}
          {!state.synced && rows.length === 0 && <Skeleton label={t.loading} />}
          {rows.map((row) => (
            <Line key={row.key} row={row} {...props} />
          ))}
          {state.awaitingReply && <Typing label={t.typing} />}
        </div>
      </div>
      {unseen && (
        <button type="button" class="to-end" onClick={toEnd}>
          <DownIcon />
          {t.newMessages}
        </button>
      )}
    </main>
  );
}

function Line({ row, t, lang, service, now, onPick, onRetry, onDiscard }: { row: Row } & Props) {
  switch (row.type) {
    case "time":
      return <p class="centre">{timeLabel(row.at, now, lang)}</p>;
    case "notice":
      return <p class="centre notice">{t[row.notice]}</p>;
    case "mine":
      return <Mine text={row.text} pending={row.pending} stalled={isStalled(row.pending, now)} t={t} onRetry={onRetry} onDiscard={onDiscard} />;
    case "theirs":
      return (
        <Theirs from={row.from} name={row.name} service={service || t.service} text={row.text} options={row.options} live={row.live} t={t} onPick={onPick} />
      );
  }
}

function isStalled(message: Pending | null, now: number): boolean {
  return message !== null && message.state !== "acked" && now - message.at > STALLED_MS;
}

function useStickyEnd(log: { current: HTMLDivElement | null }, state: ChatState, rows: Row[]) {
  const [unseen, setUnseen] = useState(false);
  const following = useRef(true);
  const height = useRef(0);
  const firstSeq = state.events[0]?.seq ?? 0;
  const previousFirst = useRef(firstSeq);
  const previousLast = useRef(state.lastSeq);
  const mine = state.pending.length;
  const previousMine = useRef(mine);

  const toEnd = useCallback(() => {
    const box = log.current;
    if (box) box.scrollTop = box.scrollHeight;
    following.current = true;
    setUnseen(false);
  }, []);

  const onScroll = useCallback(() => {
    const box = log.current;
    if (!box) return;
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (following.current) setUnseen(false);
  }, []);

  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    const wrote = mine > previousMine.current;
    if (firstSeq < previousFirst.current && !following.current) {
      box.scrollTop += box.scrollHeight - height.current; // older lines came in above: what is being read stays in place
    } else if (following.current || wrote) {
      toEnd();
    } else if (state.lastSeq > previousLast.current) {
      setUnseen(true);
    }
    height.current = box.scrollHeight;
    previousFirst.current = firstSeq;
    previousLast.current = state.lastSeq;
    previousMine.current = mine;
  }, [rows, state.awaitingReply]);

  useEffect(() => {
    // The keyboard, a rotation or a growing composer changes the room: followers stay at the end.
    const box = log.current;
    if (!box || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      if (following.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return { unseen, onScroll, toEnd };
}

function Skeleton({ label }: { label: string }) {
  return (
    <div class="skeleton" role="img" aria-label={label}>
      <div class="ghost wide" />
      <div class="ghost" />
      <div class="ghost right" />
    </div>
  );
}

// What was said. Keeps its place when older lines come in above, follows new ones only when the reader is at the end, and
// tells a screen reader about new lines alone.
import { ArrowDownOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Id, Note } from "../api/types";
import { Failure } from "../parts/failure";
import { Empty, SkeletonRows } from "../parts/states";
import { useNow } from "../parts/time";
import type { ThreadLog } from "../stream/thread-log";
import { NoteLine, OutgoingLine, RowLine } from "./lines";
import { rowsOf, type LogRow } from "./log-rows";
import { unshown, useOutgoing } from "./outgoing";
import { fetchOlder, useReach, type useThreadEvents } from "./thread-queries";

const NEAR_PX = 120;
const MINUTE = 60_000;

type Line = LogRow | { type: "note"; key: string; note: Note };

/** Notes have no seq: they stand where their time puts them. */
function mingled(rows: LogRow[], notes: readonly Note[], older: boolean): Line[] {
  const first = rows.find((row) => row.type !== "day");
  const floor = older && first ? first.event.at : 0;
  const lines: Line[] = [...rows];
  for (const note of notes.filter(({ at }) => at >= floor)) {
    let at = lines.length;
    while (at > 0) {
      const before = lines[at - 1] as Line;
      const time = before.type === "note" ? before.note.at : before.type === "day" ? before.at : before.event.at;
      if (time <= note.at) break;
      at -= 1;
    }
    lines.splice(at, 0, { type: "note", key: `n${note.id}`, note });
  }
  return lines;
}

interface Props {
  id: Id;
  log: ThreadLog;
  notes: readonly Note[];
  events: ReturnType<typeof useThreadEvents>["page"];
  /** A seq to show and to mark, instead of the end. */
  at: number | undefined;
}

export function MessageLog({ id, log, notes, events, at }: Props) {
  const { t } = useTranslation();
  const now = useNow(MINUTE);
  const all = useOutgoing((state) => state.all);
  const lines = useMemo(() => mingled(rowsOf(log.events), notes, log.older), [log, notes]);
  const waiting = useMemo(() => unshown(all.filter((one) => one.thread === id), log.events, log.last), [all, id, log]);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const floor = useRef<number | undefined>(undefined);
  const [below, setBelow] = useState(0);
  const [fetching, setFetching] = useState(false);
  const count = lines.length + waiting.length;

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const first = log.events[0]?.seq;
    if (floor.current !== undefined && first !== undefined && first < floor.current) {
      element.scrollTop += element.scrollHeight - height.current;
    } else if (atEnd.current) {
      element.scrollTop = element.scrollHeight;
    }
    floor.current = first;
    height.current = element.scrollHeight;
  }, [count, log]);
  // The field below grows, lines get their real height: who was at the end stays there.
  useEffect(() => {
    const element = box.current;
    if (!element?.lastElementChild) return;
    const sizes = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
      height.current = element.scrollHeight;
    });
    sizes.observe(element);
    sizes.observe(element.lastElementChild);
    return () => sizes.disconnect();
  }, []);
  useEffect(() => {
    if (!atEnd.current) setBelow((n) => n + 1);
  }, [log.last]);

  // What was found lies anywhere; once it is there, it stands in the middle, however the lines around it settle.
  const reached = useReach(id, at, events.isSuccess);
  useLayoutEffect(() => {
    if (!reached) return;
    atEnd.current = false;
    const show = () => box.current?.querySelector(`[data-seq="${at}"]`)?.scrollIntoView({ block: "center" });
    show();
    const frame = requestAnimationFrame(show);
    return () => cancelAnimationFrame(frame);
  }, [reached, at]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (atEnd.current) setBelow(0);
  };
  const older = () => {
    setFetching(true);
    void fetchOlder(id).finally(() => setFetching(false));
  };
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight, behavior: "smooth" });

  return (
    <div className="log-frame">
      <div ref={box} className="log-box" onScroll={onScroll} tabIndex={0} role="region" aria-label={t("inbox.log")}>
        {events.isPending && <SkeletonRows kind="bubble" rows={5} />}
        {events.isError && <Failure fault={events.error} retry={() => void events.refetch()} />}
        {events.isSuccess && log.older && log.events.length > 0 && (
          <Button size="small" type="text" className="older" loading={fetching} onClick={older}>
            {t("inbox.older")}
          </Button>
        )}
        {events.isSuccess && lines.length === 0 && waiting.length === 0 && <Empty title={t("inbox.nothing_said")} />}
        <div className="log" role="log" aria-live="polite" aria-relevant="additions" aria-label={t("inbox.log")}>
          {lines.map((line) => (line.type === "note" ? <NoteLine key={line.key} note={line.note} /> : <RowLine key={line.key} row={line} now={now} found={line.type === "bubble" && line.event.seq === at} />))}
          {waiting.map((one) => (
            <OutgoingLine key={one.id} one={one} />
          ))}
        </div>
      </div>
      {below > 0 && (
        <button type="button" className="below-pill" onClick={toEnd}>
          <ArrowDownOutlined /> {t("inbox.below", { n: below })}
        </button>
      )}
    </div>
  );
}

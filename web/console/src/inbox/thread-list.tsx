// The list of one queue: virtual, paged by key, and still while somebody points at it.
import { ArrowUpOutlined, SearchOutlined } from "@ant-design/icons";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { useKeyCap } from "../app/keys";
import type { Id, ThreadPage, View } from "../api/types";
import { Failure } from "../parts/failure";
import { Empty, SkeletonRows } from "../parts/states";
import { useNow } from "../parts/time";
import { useMe } from "../session/session";
import { useDesk } from "../stream/live-desk";
import { settle, wanted } from "./list-order";
import { ThreadCard } from "./thread-card";
import { useThreadList } from "./thread-queries";

const CARD_PX = 76;

interface Props {
  view: View;
  selected: Id | undefined;
  counts: ThreadPage["counts"];
  onShown: (ids: readonly string[]) => void;
}

/** The shown order, and how many new rows wait for the list to be let go. */
function useStillOrder(next: readonly string[], held: boolean) {
  const [shown, setShown] = useState<readonly string[]>(next);
  const settled = useMemo(() => settle(shown, next, held), [shown, next, held]);
  useEffect(() => {
    if (settled.shown !== shown) setShown(settled.shown);
  }, [settled, shown]);
  return { ...settled, release: () => setShown(next) };
}

export function ThreadList({ view, selected, counts, onShown }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const navigate = useNavigate();
  const take = useKeyCap("take");
  const rows = useDesk((state) => state.rows);
  const list = useThreadList(view);
  const complete = !list.hasNextPage;
  const next = useMemo(
    () => (list.data ? wanted({ view, me, now, ids: list.ids, complete, rows }) : []),
    [list.data, list.ids, complete, view, me, now, rows],
  );
  const [pointed, setPointed] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const { shown, fresh, release } = useStillOrder(next, pointed || scrolled);
  const present = useMemo(() => new Set(next), [next]);
  useEffect(() => {
    onShown(shown);
  }, [shown, onShown]);

  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => CARD_PX,
    getItemKey: (i) => shown[i] ?? i,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const bottom = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && bottom >= shown.length - 8) void fetchNextPage();
  }, [bottom, shown.length, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const at = selected ? shown.indexOf(selected) : -1;
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: "auto" });
  }, [at, virtual]);

  const onKey = (event: KeyboardEvent) => {
    const to = event.key === "ArrowDown" ? at + 1 : event.key === "ArrowUp" ? at - 1 : event.key === "Home" ? 0 : event.key === "End" ? shown.length - 1 : null;
    const id = to === null ? undefined : shown[to];
    if (!id) return;
    event.preventDefault();
    void navigate(`/inbox/${view}/${id}`);
  };

  return (
    <section className="threads" aria-label={t(`inbox.view.${view}`)}>
      <header className="threads-head">
        <h2>{t(`inbox.view.${view}`)}</h2>
        {counts[view] !== undefined && <span className="count">{counts[view]}</span>}
        <Link to="/search" className="icon-link" aria-label={t("inbox.search")} title={t("inbox.search")}>
          <SearchOutlined />
        </Link>
      </header>
      {fresh > 0 && (
        <button
          type="button"
          className="fresh-pill"
          onClick={() => {
            release();
            box.current?.scrollTo({ top: 0 });
          }}
        >
          <ArrowUpOutlined /> {t("inbox.fresh", { n: fresh })}
        </button>
      )}
      <div
        ref={box}
        className="threads-box"
        onPointerEnter={(event) => setPointed(event.pointerType === "mouse")}
        onPointerLeave={() => setPointed(false)}
        onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 8)}
      >
        {list.isPending && <SkeletonRows kind="card" rows={8} />}
        {list.isError && !list.data && <Failure fault={list.error} retry={() => void list.refetch()} />}
        {list.data && shown.length === 0 && <Empty title={t(`inbox.empty.${view}`)} hint={t(`inbox.empty_hint.${view}`, { take })} />}
        {shown.length > 0 && (
          <div
            role="listbox"
            tabIndex={0}
            aria-label={t(`inbox.view.${view}`)}
            aria-activedescendant={at >= 0 ? `thread-${selected}` : undefined}
            className="threads-list"
            style={{ height: virtual.getTotalSize() }}
            onKeyDown={onKey}
          >
            {items.map(({ key, index, start }) => {
              const row = rows.get(shown[index] ?? "");
              const id = shown[index] ?? "";
              return (
                <ThreadCard
                  key={key}
                  id={id}
                  row={row}
                  gone={!present.has(id)}
                  view={view}
                  selected={id === selected}
                  now={now}
                  top={start}
                  onOpen={() => void navigate(`/inbox/${view}/${id}`)}
                />
              );
            })}
          </div>
        )}
        {isFetchingNextPage && <SkeletonRows kind="card" rows={2} />}
      </div>
    </section>
  );
}

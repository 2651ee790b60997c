// Search over everything that was ever said, as far as my rights reach.
import { SearchOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { get, query } from "../api/client";
import type { SearchHit } from "../api/types";
import { Failure } from "../parts/failure";
import { marked } from "../parts/marked";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTime } from "../parts/time";
import { useMe } from "../session/session";
import { listOf } from "./list-order";

function Hit({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation();
  const { thread } = hit;
  const me = useMe();
  return (
    <li>
      <Link to={`/inbox/${listOf(thread, me.id)}/${thread.id}?at=${hit.seq}`}>
        <p className="hit-head">
          <b>{thread.enterprise || t("inbox.unknown_firm", { visitor: thread.visitor })}</b>
          {thread.matter && <span className="tag">{thread.matter}</span>}
          <time>{dateTime(hit.at)}</time>
        </p>
        <p className="hit-text">
          <span className={`who who-${hit.who}`}>{t(`inbox.who.${hit.who}`)}</span>
          {marked(hit.text, hit.marks).map(({ text, hit: on }, i) => (on ? <mark key={i}>{text}</mark> : <span key={i}>{text}</span>))}
        </p>
      </Link>
    </li>
  );
}

export default function SearchPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const words = params.get("q") ?? "";
  const found = useInfiniteQuery({
    queryKey: ["search", words],
    queryFn: ({ pageParam, signal }) => get<{ hits: SearchHit[]; next: string | null }>(`/search${query({ q: words, after: pageParam })}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: words !== "",
  });
  const hits = found.data?.pages.flatMap((page) => page.hits) ?? [];
  // A page may be empty and not be the last: what it looked at lay outside my area.
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = found;
  const looking = hits.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (looking && !isFetchingNextPage) void fetchNextPage();
  }, [looking, isFetchingNextPage, fetchNextPage]);
  return (
    <main className="page page-narrow">
      <PageHead title={t("search.title")} hint={t("search.hint")} />
      <Input.Search
        key={words}
        autoFocus
        size="large"
        allowClear
        defaultValue={words}
        prefix={<SearchOutlined />}
        enterButton={t("search.go")}
        aria-label={t("search.title")}
        placeholder={t("search.placeholder")}
        maxLength={100}
        onSearch={(value) => setParams(value.trim() === "" ? {} : { q: value.trim() })}
      />
      {words !== "" && (found.isPending || looking) && <SkeletonRows kind="line" rows={6} />}
      {found.isError && <Failure fault={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && hits.length === 0 && !looking && <Empty title={t("search.none", { words })} hint={t("search.none_hint")} />}
      <ul className="hits">
        {hits.map((hit) => (
          <Hit key={`${hit.thread.id}.${hit.seq}`} hit={hit} />
        ))}
      </ul>
      {hasNextPage && !looking && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </main>
  );
}

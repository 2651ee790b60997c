// The cases, by what they ask of me.
import { PlusOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { CaseRow, CaseView } from "../api/types";
import { Failure } from "../parts/failure";
import { useCurrentInSight } from "../parts/in-sight";
import { dotted, nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTime, span, useNow } from "../parts/time";
import { SavedViewsMenu } from "../saved-views/saved-views-menu";
import { useMay } from "../session/session";
import { caseFigures, caseViews, useCases } from "./case-queries";
import "./cases.css";
import { ColourChip } from "./colour-chip";

const CaseSheet = lazy(() => import("./case-sheet"));

function Due({ due, now, over }: { due: number; now: number; over: boolean }) {
  const { t } = useTranslation();
  if (due <= 0) return <>—</>;
  return (
    <>
      <time>{dateTime(due)}</time>
      {!over && <small>{due > now ? t("due.left", { span: span(due - now) }) : t("due.over", { span: span(now - due) })}</small>}
    </>
  );
}

function Flags({ one }: { one: CaseRow }) {
  const { t } = useTranslation();
  return (
    <>
      {one.track === "urgent" && <span className="tag tag-urgent">{t("cases.urgent")}</span>}
      {one.supervised && <span className="tag tag-warn">{t("cases.supervised")}</span>}
      {one.level > 0 && <span className="tag tag-warn">{t("cases.level", { n: one.level })}</span>}
      {one.redos > 0 && <span className="tag">{t("cases.redos", { n: one.redos })}</span>}
      {one.disputed && <span className="tag">{t("cases.disputed")}</span>}
    </>
  );
}

function Row({ one, now }: { one: CaseRow; now: number }) {
  const { t } = useTranslation();
  return (
    <tr>
      <td className="case-what">
        <Link to={`/cases/${one.id}`}>{one.title}</Link>
        <p>
          <code>{one.no}</code>
          <span>{one.enterprise}</span>
          {one.matter && <span>{one.matter}</span>}
        </p>
      </td>
      <td data-label={t("cases.col.state")}>
        <span className="tag tag-accent">{one.state_title}</span> <Flags one={one} />
      </td>
      <td data-label={t("cases.col.lead")}>
        {nameOf(one.lead.department) || "—"}
        <small>{one.handler ? one.handler.name : t("cases.no_handler")}</small>
      </td>
      <td data-label={t("cases.col.due")} className="case-due">
        <Due due={one.due} now={now} over={one.closed > 0} />
      </td>
      <td data-label={t("cases.col.unit_due")} className="case-due">
        <Due due={one.unit_due} now={now} over={one.closed > 0} />
      </td>
      <td>
        <ColourChip colour={one.colour} title={one.alarm_title} />
      </td>
    </tr>
  );
}

export default function CaseListPage() {
  const { t } = useTranslation();
  const now = useNow();
  const mayCreate = useMay("case.create");
  const [creating, setCreating] = useState(false);
  const [params, setParams] = useSearchParams();
  const asked = params.get("view");
  const q = params.get("q") ?? "";
  // A number or a name that somebody looks for may lie anywhere.
  const view: CaseView = caseViews.find((one) => one === asked) ?? (q || params.size > 0 ? "all" : "todo");
  const value = (name: string) => params.get(name) ?? undefined;
  const list = useCases({ view, q: q || undefined, state: value("state"), from: value("from"), to: value("to"), department: value("department"), matter: value("matter"), figure: value("figure"), part: value("part"), as_of: value("as_of") });
  const cases = list.data?.pages.flatMap((page) => page.cases) ?? [];
  const counts = list.data?.pages[0]?.counts ?? {};
  const filtered = [...params.keys()].some((key) => key !== "view" && key !== "q");
  const row = useCurrentInSight(view);
  const figure = caseFigures.find((one) => one === value("figure"));
  const go = (to: CaseView) => setParams(q ? { view: to, q } : { view: to });

  return (
    <main className="page">
      <PageHead title={t("rail.cases")}>
        <SavedViewsMenu place="cases" />
        {mayCreate && (
          <Button icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t("cases.create")}
          </Button>
        )}
        <Input
          key={q}
          className="case-search"
          allowClear
          defaultValue={q}
          prefix={<SearchOutlined />}
          placeholder={t("cases.search")}
          aria-label={t("cases.search")}
          onPressEnter={(event) => setParams({ view, ...(event.currentTarget.value.trim() && { q: event.currentTarget.value.trim() }) })}
          onClear={() => setParams({ view })}
        />
      </PageHead>
      <nav ref={row} className="views" aria-label={t("cases.views")}>
        {caseViews.map((one) => (
          <button key={one} type="button" aria-current={one === view ? "page" : undefined} onClick={() => go(one)}>
            {t(`cases.view.${one}`)}
            {counts[one] !== undefined && <b className={counts[one] === 0 ? "zero" : ""}>{counts[one]}</b>}
          </button>
        ))}
        {figure && (
          <span className="views-figure">
            {dotted(t("cases.counted", { figure: t(`cases.figure.${figure}`) }), value("part") === "good" ? t("cases.good_part") : "")}
          </span>
        )}
        {filtered && (
          <button type="button" className="views-clear" onClick={() => setParams({ view })}>
            {t("cases.clear_filter")}
          </button>
        )}
      </nav>
      {list.isPending && <SkeletonRows kind="line" rows={8} />}
      {list.isError && !list.data && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && cases.length === 0 && <Empty title={q ? t("search.none", { words: q }) : t(`cases.empty.${view}`)} hint={t("cases.empty_hint")} />}
      {cases.length > 0 && (
        <table className="grid case-grid">
          <thead>
            <tr>
              {(["title", "state", "lead", "due", "unit_due", "alarm"] as const).map((one) => (
                <th key={one} scope="col">
                  {t(`cases.col.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cases.map((one) => (
              <Row key={one.id} one={one} now={now} />
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
      {creating && (
        <Suspense fallback={null}>
          <CaseSheet full={null} onClose={() => setCreating(false)} />
        </Suspense>
      )}
      <span className="unseen">{dotted(t("rail.cases"), t(`cases.view.${view}`))}</span>
    </main>
  );
}

// The figures. Each one says what it is a share of, and leads to the very cases that it counts.
import { RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { DatePicker, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { get, query } from "../api/client";
import type { Overview, Rate } from "../api/types";
import { Failure } from "../parts/failure";
import { nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTime } from "../parts/time";
import "./dashboard.css";
import { drillPath, figureOf, percent, ratesOf } from "./figures";

const Charts = lazy(() => import("./charts"));
const DAYS = [7, 30, 90] as const;

function Figure({ label, value, drill, tone }: { label: string; value: number; drill: string; tone: string }) {
  const { t } = useTranslation();
  return (
    <div className={`figure figure-${tone}`}>
      <p>{label}</p>
      <b>{value.toLocaleString("zh-CN")}</b>
      {drill && (
        <Link to={drillPath(drill)}>
          {t("dashboard.drill")} <RightOutlined />
        </Link>
      )}
    </div>
  );
}

function RateCard({ rate }: { rate: Rate }) {
  const { t } = useTranslation();
  const share = percent(rate.numerator, rate.denominator);
  return (
    <article className="rate">
      <h2>{rate.title}</h2>
      <p className="rate-share">{share === null ? <span>{t("dashboard.no_base")}</span> : <b>{share}</b>}</p>
      <progress max={Math.max(rate.denominator, 1)} value={rate.numerator} aria-label={rate.title} />
      <p className="rate-base">
        {t("dashboard.base", { numerator: rate.numerator.toLocaleString("zh-CN"), denominator: rate.denominator.toLocaleString("zh-CN") })}
        {rate.drill && <Link to={drillPath(rate.drill)}>{t("dashboard.drill")}</Link>}
      </p>
      <p className="rate-definition">{rate.definition}</p>
    </article>
  );
}

function Departments({ rows }: { rows: Overview["by_department"] }) {
  const { t } = useTranslation();
  const number = (value: unknown) => (typeof value === "number" ? value.toLocaleString("zh-CN") : "—");
  return (
    <section className="panel" aria-label={t("dashboard.by_department")}>
      <h2>{t("dashboard.by_department")}</h2>
      {rows.length === 0 ? (
        <Empty title={t("dashboard.none")} />
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("cases.col.lead")}</th>
              <th scope="col">{t("dashboard.open")}</th>
              <th scope="col">{t("dashboard.overdue")}</th>
              <th scope="col">{t("dashboard.closed")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={nameOf(row.department)}>
                <td>{row.drill ? <Link to={drillPath(row.drill)}>{nameOf(row.department)}</Link> : nameOf(row.department)}</td>
                <td>{number(row.open)}</td>
                <td className={row.overdue ? "bad" : ""}>{number(row.overdue)}</td>
                <td>{number(row.closed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export default function DashboardPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const today = dayjs().endOf("day");
  const from = Number(params.get("from")) || today.subtract(29, "day").startOf("day").valueOf();
  const to = Number(params.get("to")) || today.valueOf();
  const report = useQuery({
    queryKey: ["overview", from, to],
    queryFn: ({ signal }) => get<Overview>(`/reports/overview${query({ from, to, as_of: Math.min(to, Date.now()) })}`, signal),
    refetchInterval: 120_000,
  });
  const days = Math.round((to - from) / 86_400_000);
  const choose = (a: Dayjs, b: Dayjs) => setParams({ from: String(a.startOf("day").valueOf()), to: String(b.endOf("day").valueOf()) });
  const data = report.data;

  return (
    <main className="page dashboard">
      <PageHead title={t("rail.dashboard")} hint={t("dashboard.as_of", { time: dateTime(Math.min(to, report.dataUpdatedAt || Date.now())) })}>
        <Segmented
          aria-label={t("ledger.period")}
          value={DAYS.find((n) => n === days) ?? ""}
          options={DAYS.map((n) => ({ value: n, label: t("dashboard.days", { n }) }))}
          onChange={(n) => choose(today.subtract(Number(n) - 1, "day"), today)}
        />
        <DatePicker.RangePicker allowClear={false} value={[dayjs(from), dayjs(to)]} onChange={(range) => range?.[0] && range[1] && choose(range[0], range[1])} />
      </PageHead>
      {report.isPending && <SkeletonRows kind="block" rows={4} />}
      {report.isError && <Failure fault={report.error} retry={() => void report.refetch()} />}
      {data && (
        <>
          <div className="figures">
            <Figure label={t("dashboard.waiting")} tone="plain" {...figureOf(data.waiting)} />
            <Figure label={t("dashboard.overdue")} tone="bad" {...figureOf(data.overdue)} />
            <Figure label={t("dashboard.by_bot")} tone="plain" value={data.self_service.bot} drill="" />
            <Figure label={t("dashboard.handed_over")} tone="plain" value={data.self_service.handed_over} drill={data.self_service.drill ?? ""} />
          </div>
          <div className="rates">
            {[...data.rates, ...ratesOf(data.coverage, t("dashboard.coverage"))].map((rate) => (
              <RateCard key={rate.id} rate={rate} />
            ))}
          </div>
          <Suspense fallback={<SkeletonRows kind="block" rows={1} />}>
            <Charts data={data} />
          </Suspense>
          <Departments rows={data.by_department} />
        </>
      )}
    </main>
  );
}

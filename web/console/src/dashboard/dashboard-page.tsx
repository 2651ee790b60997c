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
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTime } from "../parts/time";
import { useMay } from "../session/session";
import "./dashboard.css";
import { casesOf, figureOf, percent, type Period } from "./figures";

const Charts = lazy(() => import("./charts"));
const DAYS = [7, 30, 90] as const;

function Figure({ label, value, to, tone = "plain" }: { label: string; value: number; to?: string | null; tone?: "plain" | "bad" }) {
  const { t } = useTranslation();
  return (
    <div className={`figure figure-${value > 0 ? tone : "plain"}`}>
      <p>{label}</p>
      <b>{value.toLocaleString("zh-CN")}</b>
      {to && (
        <Link to={to}>
          {t("dashboard.drill")} <RightOutlined />
        </Link>
      )}
    </div>
  );
}

/** "182 ÷ 190", and each number leads to the cases that it counts. */
function Base({ rate, period, department }: { rate: Rate; period: Period | null; department?: string }) {
  const { t } = useTranslation();
  const figure = figureOf(rate.id);
  const part = (count: number, words: string, fields: { part?: "good" }) =>
    period && figure ? (
      <Link to={casesOf(period, { figure, ...fields, ...(department && { department }) })} aria-label={words}>
        {count.toLocaleString("zh-CN")}
      </Link>
    ) : (
      <>{count.toLocaleString("zh-CN")}</>
    );
  return (
    <>
      {part(rate.numerator, t("dashboard.good", { title: rate.title, n: rate.numerator }), { part: "good" })} ÷{" "}
      {part(rate.denominator, t("dashboard.whole", { title: rate.title, n: rate.denominator }), {})}
    </>
  );
}

function RateCard({ rate, period }: { rate: Rate; period: Period | null }) {
  const { t } = useTranslation();
  const share = percent(rate.numerator, rate.denominator);
  return (
    <article className="rate">
      <h2>{rate.title}</h2>
      <p className="rate-share">{share === null ? <span>{t("dashboard.no_base")}</span> : <b>{share}</b>}</p>
      <progress max={Math.max(rate.denominator, 1)} value={rate.numerator} aria-label={rate.title} />
      <p className="rate-base">
        <Base rate={rate} period={period} />
      </p>
      <p className="rate-definition">{rate.definition}</p>
    </article>
  );
}

function Departments({ rows, period, drill }: { rows: Overview["by_department"]; period: Period; drill: boolean }) {
  const { t } = useTranslation();
  const heads = rows[0]?.rates ?? [];
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
              <th scope="col">{t("dashboard.dispatched")}</th>
              {heads.map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>{row.name}</td>
                <td data-label={t("dashboard.dispatched")}>
                  {drill ? (
                    <Link to={casesOf(period, { figure: "dispatched", department: row.id })}>{row.dispatched.toLocaleString("zh-CN")}</Link>
                  ) : (
                    row.dispatched.toLocaleString("zh-CN")
                  )}
                </td>
                {row.rates.map((rate) => (
                  <td key={rate.id} data-label={rate.title}>
                    {percent(rate.numerator, rate.denominator) ?? "—"}
                    <small>
                      <Base rate={rate} period={drill ? period : null} department={row.id} />
                    </small>
                  </td>
                ))}
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
  const period = { from, to, as_of: data?.as_of ?? to };
  const drill = useMay("case.view");
  const threads = useMay("thread.view");

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
      {report.isError && !report.data && <Failure fault={report.error} retry={() => void report.refetch()} />}
      {data && (
        <>
          <div className="figures">
            <Figure label={t("dashboard.waiting")} value={data.waiting} to={threads ? "/inbox/waiting" : null} />
            <Figure label={t("dashboard.overdue_threads")} tone="bad" value={data.overdue_threads} to={threads ? "/inbox/overdue" : null} />
            <Figure label={t("dashboard.open_now")} value={data.open_now} to={drill ? casesOf(period, { figure: "open_now" }) : null} />
            <Figure label={t("dashboard.overdue")} tone="bad" value={data.overdue} to={drill ? casesOf(period, { figure: "overdue" }) : null} />
            <Figure label={t("dashboard.opened")} value={data.opened} to={drill ? casesOf(period, { figure: "opened" }) : null} />
            <Figure label={t("dashboard.closed")} value={data.closed} to={drill ? casesOf(period, { figure: "closed" }) : null} />
          </div>
          <div className="rates">
            {data.rates.map((rate) => (
              <RateCard key={rate.id} rate={rate} period={drill ? period : null} />
            ))}
          </div>
          <Suspense fallback={<SkeletonRows kind="block" rows={1} />}>
            <Charts data={data} drill={drill} />
          </Suspense>
          <Departments rows={data.by_department} period={period} drill={drill} />
        </>
      )}
    </main>
  );
}

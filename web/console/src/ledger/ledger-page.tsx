// The ledger (台账): one row a case, filtered, and as a spreadsheet from the server, which records who took it.
import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { get, query } from "../api/client";
import type { LedgerPage as Page } from "../api/types";
import { caseStates } from "../cases/case-states";
import { unitOptions, useOrganisation } from "../cases/field-input";
import { Failure } from "../parts/failure";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { SavedViewsMenu } from "../saved-views/saved-views-menu";
import { useMay } from "../session/session";
import { cellOf, columns, type Words } from "./ledger-columns";
import "./ledger.css";

export default function LedgerPage() {
  const { t } = useTranslation();
  const mayExport = useMay("ledger.export");
  const organisation = useOrganisation();
  const [params, setParams] = useSearchParams();
  const filter = Object.fromEntries(["from", "to", "state", "department", "q"].map((name) => [name, params.get(name) ?? ""]));
  const set = (fields: Record<string, string>) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(fields)) value === "" ? next.delete(name) : next.set(name, value);
    setParams(next);
  };
  const list = useInfiniteQuery({
    queryKey: ["ledger", filter],
    queryFn: ({ pageParam, signal }) => get<Page>(`/ledger${query({ ...filter, after: pageParam, limit: 50 })}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const words: Words = {
    track: (track) => t(`cases.track.${track}`),
    source: (source) => t(source === "dialog" ? "ledger.source.dialog" : "ledger.source.desk"),
    yes: t("ledger.yes"),
  };
  const day = (name: string) => (filter[name] ? dayjs(Number(filter[name])) : null);

  return (
    <main className="page ledger">
      <PageHead title={t("rail.ledger")} hint={t("ledger.hint")}>
        <SavedViewsMenu place="ledger" />
        {mayExport && (
          <Button icon={<DownloadOutlined />} href={`/api/v1/ledger.xlsx${query(filter)}`} download>
            {t("ledger.export")}
          </Button>
        )}
      </PageHead>
      <div className="filters" role="search" aria-label={t("ledger.filters")}>
        <DatePicker.RangePicker
          value={[day("from"), day("to")]}
          allowEmpty={[true, true]}
          aria-label={t("ledger.period")}
          onChange={(range) =>
            set({ from: range?.[0] ? String(range[0].startOf("day").valueOf()) : "", to: range?.[1] ? String(range[1].endOf("day").valueOf()) : "" })
          }
        />
        <Select
          allowClear
          aria-label={t("cases.col.state")}
          placeholder={t("cases.col.state")}
          value={filter["state"] || null}
          options={caseStates.map((value) => ({ value, label: t(`cases.state.${value}`) }))}
          onChange={(value: string | undefined) => set({ state: value ?? "" })}
        />
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("cases.col.lead")}
          placeholder={t("cases.col.lead")}
          value={filter["department"] || null}
          options={organisation.data ? unitOptions(organisation.data) : []}
          onChange={(value: string | undefined) => set({ department: value ?? "" })}
        />
        <Input.Search
          key={filter["q"]}
          allowClear
          defaultValue={filter["q"]}
          placeholder={t("ledger.search")}
          aria-label={t("ledger.search")}
          onSearch={(value) => set({ q: value.trim() })}
        />
      </div>
      {list.isPending && <SkeletonRows kind="line" rows={8} />}
      {list.isError && !list.data && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t("ledger.none")} hint={t("ledger.none_hint")} />}
      {rows.length > 0 && (
        <div className="ledger-scroll" tabIndex={0} role="region" aria-label={t("rail.ledger")}>
          <table className="grid">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {t(`ledger.col.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  {columns.map((column) => {
                    const text = cellOf(row, column, words);
                    return (
                      <td key={column} title={text} className={column === "overdue" && row.overdue ? "bad" : ""}>
                        {column === "no" ? <Link to={`/cases/${row.id}`}>{text}</Link> : text}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </main>
  );
}

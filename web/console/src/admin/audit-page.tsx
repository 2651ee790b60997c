// The records: who did what to whom, from where. Nobody can change them here, and the server can prove that nobody did.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Select } from "antd";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { get, query } from "../api/client";
import type { AuditRow } from "../api/types";
import { Failure } from "../parts/failure";
import { nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTimeExact } from "../parts/time";
import { auditActs } from "./audit-acts";

/** The largest id there can be: what lies before it is everything. */
const FROM_THE_NEWEST = "9223372036854775807";

/** In words where there are some; a newer server may record what this page does not know. */
function titleOf(act: string): string {
  const key = `admin.audit.title_of.${act.replaceAll(".", "_")}`;
  return i18next.exists(key) ? i18next.t(key as "admin.audit.title_of.set_up") : "";
}

export default function AuditPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const act = params.get("act") ?? "";
  const subject = params.get("subject") ?? "";
  const look = (fields: { act?: string; subject?: string }) => {
    const asked = Object.entries({ act, subject, ...fields }).filter(([, value]) => value !== "");
    setParams(Object.fromEntries(asked));
  };
  const list = useInfiniteQuery({
    queryKey: ["audit", act, subject],
    queryFn: ({ pageParam, signal }) => get<{ records: AuditRow[]; next: string | null }>(`/audit${query({ before: pageParam, limit: 100, act, subject })}`, signal),
    initialPageParam: FROM_THE_NEWEST,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap(({ records }) => records) ?? [];
  return (
    <>
      <PageHead title={t("admin.audit.title")} hint={t("admin.audit.hint")}>
        <Select
          className="audit-act"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          aria-label={t("admin.audit.act")}
          placeholder={t("admin.audit.act")}
          value={act || null}
          options={auditActs.map((value) => ({ value, label: titleOf(value) }))}
          onChange={(value: string | undefined) => look({ act: value ?? "" })}
        />
        <Input.Search
          key={subject}
          className="audit-subject"
          allowClear
          defaultValue={subject}
          aria-label={t("admin.audit.subject")}
          placeholder={t("admin.audit.subject_hint")}
          onSearch={(value) => look({ subject: value.trim() })}
        />
      </PageHead>
      {list.isPending && <SkeletonRows kind="line" rows={10} />}
      {list.isError && !list.data && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t("admin.audit.none")} />}
      {rows.length > 0 && (
        <table className="grid audit">
          <thead>
            <tr>
              {(["at", "actor", "act", "subject", "detail", "address"] as const).map((one) => (
                <th key={one} scope="col">
                  {t(`admin.audit.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id}>
                <td className="nowrap">{dateTimeExact(one.at)}</td>
                <td data-label={t("admin.audit.actor")}>{nameOf(one.actor) || t("admin.audit.system")}</td>
                <td data-label={t("admin.audit.act")}>
                  {titleOf(one.act)}
                  <small>
                    <code>{one.act}</code>
                  </small>
                </td>
                <td data-label={t("admin.audit.subject")}>{one.subject}</td>
                <td data-label={t("admin.audit.detail")}>{one.detail || "—"}</td>
                <td data-label={t("admin.audit.address")} className="nowrap">
                  {one.address || "—"}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </>
  );
}

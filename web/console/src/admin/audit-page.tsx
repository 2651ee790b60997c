// The records: who did what to whom, from where. Nobody can change them here, and the server can prove that nobody did.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { get, query } from "../api/client";
import type { AuditRow } from "../api/types";
import { Failure } from "../parts/failure";
import { nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { dateTimeExact } from "../parts/time";

/** In words where there are some; a newer server may record what this page does not know. */
function titleOf(act: string): string {
  const key = `admin.audit.title_of.${act.replaceAll(".", "_")}`;
  return i18next.exists(key) ? i18next.t(key as "admin.audit.title_of.set_up") : "";
}

export default function AuditPage() {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam, signal }) => get<{ records: AuditRow[]; next: string | null }>(`/audit${query({ after: pageParam, limit: 100 })}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const rows = list.data?.pages.flatMap(({ records }) => records) ?? [];
  return (
    <>
      <PageHead title={t("admin.audit.title")} hint={t("admin.audit.hint")} />
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

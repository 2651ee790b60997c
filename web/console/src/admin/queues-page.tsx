// Where the handoffs of a script's queue go.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { get, put } from "../api/client";
import type { Id, QueueRow } from "../api/types";
import { unitOptions, useOrganisation } from "../cases/field-input";
import { Failure } from "../parts/failure";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { useChange } from "./change";

export default function QueuesPage() {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: ["queues"], queryFn: ({ signal }) => get<{ queues: QueueRow[] }>("/queues", signal).then(({ queues }) => queues) });
  const organisation = useOrganisation();
  const { busy, change } = useChange("queues");
  const assign = (name: string, department: Id | undefined) => void change(() => put(`/queues/${encodeURIComponent(name)}`, department ? { department } : {}));
  return (
    <>
      <PageHead title={t("admin.queues.title")} hint={t("admin.queues.hint")} />
      {list.isPending && <SkeletonRows kind="line" rows={4} />}
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data?.length === 0 && <Empty title={t("admin.queues.none")} hint={t("admin.queues.none_hint")} />}
      {list.data && list.data.length > 0 && (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("admin.queues.queue")}</th>
              <th scope="col">{t("admin.staff.department")}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.map(({ name, department }) => (
              <tr key={name}>
                <td>{name}</td>
                <td data-label={t("admin.staff.department")}>
                  <Select
                    className="wide-select"
                    allowClear
                    disabled={busy}
                    showSearch={{ optionFilterProp: "label" }}
                    aria-label={t("admin.queues.to", { name })}
                    placeholder={t("admin.queues.nowhere")}
                    value={department?.id ?? null}
                    options={organisation.data ? unitOptions(organisation.data) : department ? [{ value: department.id, label: department.name }] : []}
                    onChange={(id: Id | undefined) => assign(name, id)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

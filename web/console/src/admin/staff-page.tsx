// The accounts. Who creates them cannot give them rights, and the other way round: the buttons follow the permissions.
import { EllipsisOutlined, PlusOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { del, get, put, query } from "../api/client";
import type { StaffRow } from "../api/types";
import { Failure } from "../parts/failure";
import { nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { useMay, useMe } from "../session/session";
import { useChange } from "./change";
import { StaffSheet, type StaffSheetKind } from "./staff-sheets";

interface Page {
  staff: StaffRow[];
  next: string | null;
}

function useStaff() {
  return useInfiniteQuery({
    queryKey: ["staff"],
    queryFn: ({ pageParam, signal }) => get<Page>(`/staff${query({ after: pageParam, limit: 100 })}`, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

function Acts({ one, onSheet }: { one: StaffRow; onSheet: (kind: StaffSheetKind) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { modal } = App.useApp();
  const { change } = useChange("staff");
  const grant = useMay("role.grant");
  const disable = useMay("account.disable");
  const reset = useMay("credential.reset");
  const revoke = useMay("session.revoke");
  const sure = (title: string, run: () => Promise<unknown>) =>
    void modal.confirm({ title, content: one.name, okText: t("app.yes"), okButtonProps: { danger: true }, onOk: () => change(run) });
  const items = [
    grant && { key: "roles", label: t("admin.staff.roles"), onClick: () => onSheet("roles") },
    grant && { key: "department", label: t("admin.staff.move"), onClick: () => onSheet("department") },
    reset && { key: "password", label: t("admin.staff.reset"), onClick: () => onSheet("password") },
    revoke && { key: "sessions", label: t("admin.staff.sign_out"), onClick: () => sure(t("admin.staff.sign_out"), () => del(`/staff/${one.id}/sessions`)) },
    disable &&
      one.id !== me.id && {
        key: "disabled",
        danger: !one.disabled,
        label: t(one.disabled ? "admin.staff.enable" : "admin.staff.disable"),
        onClick: () => sure(t(one.disabled ? "admin.staff.enable" : "admin.staff.disable"), () => put(`/staff/${one.id}/disabled`, { disabled: !one.disabled })),
      },
  ].filter((item) => item !== false);
  if (items.length === 0) return null;
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button type="text" size="small" icon={<EllipsisOutlined />} aria-label={t("admin.acts_on", { name: one.name })} />
    </Dropdown>
  );
}

export default function StaffPage() {
  const { t } = useTranslation();
  const list = useStaff();
  const create = useMay("account.create");
  const [sheet, setSheet] = useState<{ kind: StaffSheetKind; one: StaffRow | null } | null>(null);
  const rows = list.data?.pages.flatMap(({ staff }) => staff) ?? [];
  return (
    <>
      <PageHead title={t("admin.staff.title")} hint={t("admin.staff.hint")}>
        {create && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setSheet({ kind: "create", one: null })}>
            {t("admin.staff.create")}
          </Button>
        )}
      </PageHead>
      {list.isPending && <SkeletonRows kind="line" rows={6} />}
      {list.isError && !list.data && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && rows.length === 0 && <Empty title={t("admin.staff.none")} />}
      {rows.length > 0 && (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">{t("setup.name")}</th>
              <th scope="col">{t("admin.staff.department")}</th>
              <th scope="col">{t("admin.staff.roles")}</th>
              <th scope="col">{t("admin.staff.state")}</th>
              <th scope="col">
                <span className="unseen">{t("admin.acts")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.id} className={one.disabled ? "dim" : ""}>
                <td>
                  {one.name}
                  <small>{one.login}</small>
                </td>
                <td data-label={t("admin.staff.department")}>{nameOf(one.department)}</td>
                <td data-label={t("admin.staff.roles")}>
                  {one.roles.length === 0
                    ? "—"
                    : one.roles.map(({ id, title }) => (
                        <span key={id} className="tag">
                          {title}
                        </span>
                      ))}
                </td>
                <td data-label={t("admin.staff.state")}>
                  {one.disabled ? <span className="tag tag-warn">{t("admin.staff.disabled")}</span> : t("admin.staff.enabled")}
                  <small>{t(one.second_factor ? "admin.staff.factor" : "admin.staff.no_factor")}</small>
                </td>
                <td className="row-acts">
                  <Acts one={one} onSheet={(kind) => setSheet({ kind, one })} />
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
      {sheet && <StaffSheet {...sheet} onClose={() => setSheet(null)} />}
    </>
  );
}

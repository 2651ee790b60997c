// Creating an account, its roles, its department, a new first password.
import { Checkbox, Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { post, put } from "../api/client";
import type { Id, StaffRow } from "../api/types";
import { unitOptions, useOrganisation } from "../cases/field-input";
import { useChange } from "./change";
import { roleIds, separated } from "./roles";

export type StaffSheetKind = "create" | "roles" | "department" | "password";

interface Fields {
  login: string;
  name: string;
  department: Id;
  password: string;
  roles: string[];
}

export function StaffSheet({ kind, one, onClose }: { kind: StaffSheetKind; one: StaffRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const organisation = useOrganisation(kind === "create" || kind === "department");
  const { busy, change } = useChange("staff");
  const [form] = Form.useForm<Fields>();
  const required = { required: true, message: t("form.required") };
  const run = ({ login, name, department, password, roles }: Fields): Promise<unknown> => {
    if (kind === "create") return post("/staff", { login: login.trim(), name: name.trim(), department, password });
    const at = `/staff/${one?.id ?? ""}`;
    if (kind === "roles") return put(`${at}/roles`, { roles, expected: one?.roles.map(({ id }) => id) ?? [] });
    if (kind === "department") return put(`${at}/department`, { department });
    return put(`${at}/password`, { password });
  };
  const finish = async (fields: Fields) => {
    if (await change(() => run(fields))) onClose();
  };
  return (
    <Modal open title={t(`admin.staff.sheet.${kind}`, { name: one?.name ?? "" })} okButtonProps={{ loading: busy }} onOk={() => form.submit()} onCancel={onClose} width={480}>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={finish} initialValues={{ department: one?.department.id, roles: one?.roles.map(({ id }) => id) }}>
        {kind === "create" && (
          <>
            <Form.Item name="name" label={t("setup.name")} rules={[{ ...required, whitespace: true }]}>
              <Input maxLength={60} autoFocus />
            </Form.Item>
            <Form.Item name="login" label={t("login.login")} rules={[{ ...required, whitespace: true }]}>
              <Input maxLength={64} autoCapitalize="none" spellCheck={false} autoComplete="off" />
            </Form.Item>
          </>
        )}
        {(kind === "create" || kind === "department") && (
          <Form.Item name="department" label={t("admin.staff.department")} rules={[required]}>
            <Select showSearch={{ optionFilterProp: "label" }} loading={organisation.isPending} options={organisation.data ? unitOptions(organisation.data) : []} />
          </Form.Item>
        )}
        {(kind === "create" || kind === "password") && (
          <Form.Item name="password" label={t("admin.staff.first_password")} extra={t("admin.staff.first_password_hint")} rules={[required]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
        )}
        {kind === "roles" && (
          <Form.Item
            name="roles"
            extra={t("admin.staff.separated")}
            rules={[{ validator: (_, value: string[]) => (separated(value ?? []) ? Promise.resolve() : Promise.reject(new Error(t("admin.staff.separated")))) }]}
          >
            <Checkbox.Group className="radio-column" options={roleIds.map((value) => ({ value, label: t(`admin.role.${value}`) }))} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

// The canned replies: of one department, or of all.
import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { del, post, put } from "../api/client";
import type { CannedReply, Id } from "../api/types";
import { unitOptions, useOrganisation } from "../cases/field-input";
import { useReplies } from "../inbox/canned-menu";
import { Failure } from "../parts/failure";
import { nameOf } from "../parts/names";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { useMe } from "../session/session";
import { useChange } from "./change";

interface Fields {
  title: string;
  text: string;
  department?: Id;
}

function Sheet({ one, onClose }: { one: CannedReply | null; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const organisation = useOrganisation();
  const { busy, change } = useChange("canned-replies");
  const [form] = Form.useForm<Fields>();
  const required = { required: true, whitespace: true, message: t("form.required") };
  const everywhere = me.permissions["canned_reply.edit"] === "all";
  const finish = async (fields: Fields) => {
    const body = { title: fields.title.trim(), text: fields.text.trim(), ...(fields.department && { department: fields.department }) };
    if (await change(() => (one ? put(`/canned-replies/${one.id}`, body) : post("/canned-replies", body)))) onClose();
  };
  return (
    <Modal open title={t(one ? "admin.replies.edit" : "admin.replies.create")} okButtonProps={{ loading: busy }} onOk={() => form.submit()} onCancel={onClose} width={560}>
      <Form
        form={form}
        layout="vertical"
        requiredMark="optional"
        onFinish={finish}
        initialValues={one ? { ...one, department: one.department?.id } : { department: everywhere ? undefined : me.department.id }}
      >
        <Form.Item name="title" label={t("admin.replies.name")} rules={[required]}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="text" label={t("admin.replies.text")} rules={[required]}>
          <Input.TextArea rows={5} maxLength={2000} showCount />
        </Form.Item>
        <Form.Item name="department" label={t("admin.staff.department")} extra={everywhere ? t("admin.replies.for_all") : undefined}>
          <Select allowClear={everywhere} showSearch={{ optionFilterProp: "label" }} options={organisation.data ? unitOptions(organisation.data) : []} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

export default function RepliesPage() {
  const { t } = useTranslation();
  const list = useReplies();
  const { modal } = App.useApp();
  const { change } = useChange("canned-replies");
  const [sheet, setSheet] = useState<{ one: CannedReply | null } | null>(null);
  const remove = (one: CannedReply) =>
    void modal.confirm({
      title: t("admin.replies.remove", { title: one.title }),
      okText: t("app.delete"),
      okButtonProps: { danger: true },
      onOk: () => change(() => del(`/canned-replies/${one.id}`)),
    });
  return (
    <>
      <PageHead title={t("admin.replies.title")} hint={t("admin.replies.hint")}>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setSheet({ one: null })}>
          {t("admin.replies.create")}
        </Button>
      </PageHead>
      {list.isPending && <SkeletonRows kind="line" rows={4} />}
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      {list.data?.length === 0 && <Empty title={t("admin.replies.none")} hint={t("admin.replies.none_hint")} />}
      <ul className="replies">
        {list.data?.map((one) => (
          <li key={one.id}>
            <div>
              <b>{one.title}</b>
              <small>{one.department ? nameOf(one.department) : t("admin.replies.all")}</small>
              <p>{one.text}</p>
            </div>
            <Button type="text" icon={<EditOutlined />} aria-label={t("admin.replies.edit_one", { title: one.title })} onClick={() => setSheet({ one })} />
            <Button type="text" icon={<DeleteOutlined />} aria-label={t("admin.replies.remove", { title: one.title })} onClick={() => remove(one)} />
          </li>
        ))}
      </ul>
      {sheet && <Sheet one={sheet.one} onClose={() => setSheet(null)} />}
    </>
  );
}

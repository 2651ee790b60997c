// Regions and the offices in them, as a tree.
import { PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post } from "../api/client";
import type { Department, Id, Organisation } from "../api/types";
import { useOrganisation } from "../cases/field-input";
import { Failure } from "../parts/failure";
import { Empty, PageHead, SkeletonRows } from "../parts/states";
import { useChange } from "./change";

function Offices({ all, region, parent }: { all: readonly Department[]; region: Id; parent: Id | null }) {
  const inRegion = all.filter((one) => one.region === region);
  const held = new Set(inRegion.map(({ id }) => id));
  // An office whose parent lies in another region stands at the top of its own.
  const here = inRegion.filter((one) => (parent === null ? !one.parent || !held.has(one.parent) : one.parent === parent));
  if (here.length === 0) return null;
  return (
    <ul>
      {here.map((one) => (
        <li key={one.id}>
          {one.name}
          <Offices all={all} region={region} parent={one.id} />
        </li>
      ))}
    </ul>
  );
}

function Regions({ data, parent }: { data: Organisation; parent: Id | null }) {
  const held = new Set(data.regions.map(({ id }) => id));
  const here = data.regions.filter((one) => (parent === null ? !one.parent || !held.has(one.parent) : one.parent === parent));
  if (here.length === 0) return null;
  return (
    <ul className="tree">
      {here.map((one) => (
        <li key={one.id}>
          <b>{one.name}</b> <code>{one.code}</code>
          <Offices all={data.departments} region={one.id} parent={null} />
          <Regions data={data} parent={one.id} />
        </li>
      ))}
    </ul>
  );
}

function Sheet({ kind, data, onClose }: { kind: "region" | "department"; data: Organisation; onClose: () => void }) {
  const { t } = useTranslation();
  const { busy, change } = useChange("organisation");
  const [form] = Form.useForm<{ parent?: Id; region: Id; code: string; name: string }>();
  const region = Form.useWatch("region", form);
  const required = { required: true, message: t("form.required") };
  const regions = data.regions.map(({ id, name }) => ({ value: id, label: name }));
  const offices = data.departments.filter((one) => one.region === region).map(({ id, name }) => ({ value: id, label: name }));
  const finish = async (fields: { parent?: Id; region: Id; code: string; name: string }) => {
    const above = fields.parent ? { parent: fields.parent } : {};
    const name = fields.name.trim();
    const run = () => (kind === "region" ? post("/regions", { ...above, code: fields.code.trim(), name }) : post("/departments", { ...above, region: fields.region, name }));
    if (await change(run)) onClose();
  };
  return (
    <Modal open title={t(`admin.organisation.new_${kind}`)} okButtonProps={{ loading: busy }} onOk={() => form.submit()} onCancel={onClose} width={460}>
      <Form form={form} layout="vertical" requiredMark="optional" onFinish={finish} initialValues={{ region: data.regions[0]?.id }}>
        <Form.Item name="name" label={t("admin.organisation.name")} rules={[{ ...required, whitespace: true }]}>
          <Input maxLength={60} autoFocus />
        </Form.Item>
        {kind === "region" ? (
          <>
            <Form.Item name="code" label={t("setup.code")} rules={[required, { pattern: /^\d{6}$/, message: t("setup.code_wrong") }]}>
              <Input maxLength={6} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="parent" label={t("admin.organisation.above")}>
              <Select allowClear options={regions} />
            </Form.Item>
          </>
        ) : (
          <>
            <Form.Item name="region" label={t("cases.field.region")} rules={[required]}>
              <Select options={regions} onChange={() => form.setFieldValue("parent", undefined)} />
            </Form.Item>
            <Form.Item name="parent" label={t("admin.organisation.above")}>
              <Select allowClear options={offices} />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}

export default function OrganisationPage() {
  const { t } = useTranslation();
  const tree = useOrganisation();
  const [sheet, setSheet] = useState<"region" | "department" | null>(null);
  return (
    <>
      <PageHead title={t("admin.organisation.title")} hint={t("admin.organisation.hint")}>
        <Button icon={<PlusOutlined />} disabled={!tree.data} onClick={() => setSheet("region")}>
          {t("admin.organisation.new_region")}
        </Button>
        <Button type="primary" icon={<PlusOutlined />} disabled={!tree.data} onClick={() => setSheet("department")}>
          {t("admin.organisation.new_department")}
        </Button>
      </PageHead>
      {tree.isPending && <SkeletonRows kind="line" rows={6} />}
      {tree.isError && <Failure fault={tree.error} retry={() => void tree.refetch()} />}
      {tree.data && (tree.data.regions.length === 0 ? <Empty title={t("admin.organisation.none")} /> : <Regions data={tree.data} parent={null} />)}
      {sheet && tree.data && <Sheet kind={sheet} data={tree.data} onClose={() => setSheet(null)} />}
    </>
  );
}

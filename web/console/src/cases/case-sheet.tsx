// A case out of a thread: the official's words, with what the thread already knows filled in.
import { Alert, App, Form, Input, Modal, Radio, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { actId } from "../api/act-id";
import { act, ApiError } from "../api/client";
import type { CasePageFull, Id, Thread, ThreadPageFull } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { useMe } from "../session/session";
import { useOrganisation } from "./field-input";

interface Fields {
  enterprise: string;
  region: Id;
  matter: string;
  title: string;
  summary: string;
  track: "ordinary" | "urgent";
  contact: string;
}

function filled(thread: Thread, full: ThreadPageFull, region: Id): Partial<Fields> {
  const known = [...full.context.slots, ...full.context.profile];
  const find = (pattern: RegExp) => known.find(({ label, value }) => pattern.test(label) && value)?.value ?? "";
  const contact = [find(/联系人|contact|姓名/i), find(/电话|手机|phone/i)].filter(Boolean).join(" ");
  const said = full.context.slots.map(({ label, value }) => (value ? `${label}：${value}` : "")).filter(Boolean);
  return {
    enterprise: thread.enterprise,
    region: thread.region?.id ?? region,
    matter: thread.matter,
    title: thread.matter ? `${thread.enterprise || thread.visitor}：${thread.matter}` : "",
    summary: said.join("\n"),
    track: "ordinary",
    contact,
  };
}

export default function CaseSheet({ thread, full, onClose }: { thread: Thread; full: ThreadPageFull; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const organisation = useOrganisation();
  const [form] = Form.useForm<Fields>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const id = useRef(actId());
  const initial = useMemo(() => filled(thread, full, me.region.id), [thread, full, me]);
  const required = [{ required: true, whitespace: true, message: t("form.required") }];

  const finish = async (fields: Fields) => {
    setBusy(true);
    setRefusal(null);
    try {
      const { case: made } = await act<CasePageFull>("/cases", { thread: thread.id, ...fields }, id.current);
      void queries.invalidateQueries({ queryKey: ["thread", thread.id] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
      void message.success(t("cases.created", { no: made.no }));
      onClose();
      void navigate(`/cases/${made.id}`);
    } catch (fault) {
      setRefusal(fault);
      // Where nobody knows whether it arrived, the next press must be the same act.
      if (fault instanceof ApiError && !fault.worthRepeating) id.current = actId();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={t("cases.create")} okText={t("cases.create")} okButtonProps={{ loading: busy }} onOk={() => form.submit()} onCancel={onClose} width={600}>
      {refusal !== null && <Alert className="sheet-alert" type="error" showIcon title={sentenceOf(refusal)} />}
      <Form form={form} layout="vertical" onFinish={finish} initialValues={initial} requiredMark="optional">
        <Form.Item name="title" label={t("cases.field.title")} rules={required}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="summary" label={t("cases.field.summary")} rules={required}>
          <Input.TextArea rows={5} maxLength={4000} showCount />
        </Form.Item>
        <div className="form-two">
          <Form.Item name="enterprise" label={t("cases.field.enterprise")} rules={required}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="contact" label={t("cases.field.contact")}>
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="region" label={t("cases.field.region")} rules={[{ required: true, message: t("form.required") }]}>
            <Select
              showSearch={{ optionFilterProp: "label" }}
              loading={organisation.isPending}
              options={(organisation.data?.regions ?? []).map((region) => ({ value: region.id, label: region.name }))}
            />
          </Form.Item>
          <Form.Item name="matter" label={t("cases.field.matter")} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
        </div>
        <Form.Item name="track" label={t("cases.field.track")}>
          <Radio.Group
            options={[
              { value: "ordinary", label: t("cases.track.ordinary") },
              { value: "urgent", label: t("cases.track.urgent") },
            ]}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

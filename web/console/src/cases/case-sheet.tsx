// A new case in the official's words: out of a thread, with what the thread already knows filled in; or out of a call or a
// visit, and then the enterprise's credit code says whose it is.
import { Alert, App, Form, Input, Modal, Radio, Select } from "antd";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { actId } from "../api/act-id";
import { act, ApiError } from "../api/client";
import type { CasePageFull, Id, ThreadPageFull } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { useMe } from "../session/session";
import { useOrganisation } from "./field-input";

interface Fields {
  enterprise: string;
  code?: string;
  region: Id;
  matter: string;
  title: string;
  summary: string;
  track: "ordinary" | "urgent";
  contact: string;
}

/** GB 32100-2015: 18 capital letters and digits. */
const CREDIT_CODE = /^[0-9A-Z]{18}$/;

function filled(full: ThreadPageFull, region: Id): Partial<Fields> {
  const { thread } = full;
  const known = [...full.context.slots, ...full.context.profile];
  const find = (pattern: RegExp) => known.find(({ label, value }) => pattern.test(label) && value)?.value ?? "";
  const contact = [find(/联系人|contact|姓名/i), find(/电话|手机|phone/i)].filter(Boolean).join(" ");
  const said = full.context.slots.map(({ label, value }) => (value ? `${label}：${value}` : "")).filter(Boolean);
  return {
    enterprise: thread.enterprise,
    code: find(/信用代码|credit code/i),
    region: thread.region?.id ?? region,
    matter: thread.matter,
    title: thread.matter ? `${thread.enterprise || thread.visitor}：${thread.matter}` : "",
    summary: said.join("\n"),
    track: "ordinary",
    contact,
  };
}

export default function CaseSheet({ full, onClose }: { full: ThreadPageFull | null; onClose: () => void }) {
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
  const initial = useMemo(() => (full ? filled(full, me.region.id) : { region: me.region.id, track: "ordinary" as const }), [full, me]);
  const required = [{ required: true, whitespace: true, message: t("form.required") }];

  const finish = async ({ code, contact, ...fields }: Fields) => {
    const optional = { ...(full && { thread: full.thread.id }), ...(code && { code }), ...(contact?.trim() && { contact: contact.trim() }) };
    setBusy(true);
    setRefusal(null);
    try {
      const { case: made } = await act<CasePageFull>("/cases", { ...optional, ...fields }, id.current);
      if (full) void queries.invalidateQueries({ queryKey: ["thread", full.thread.id] });
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
          <Form.Item
            name="code"
            label={t("ledger.col.code")}
            normalize={(value: string) => value.trim().toUpperCase()}
            rules={[
              { pattern: CREDIT_CODE, message: t("cases.code_wrong") },
              ...(full ? [] : [{ required: true, message: t("form.required") }]),
            ]}
          >
            <Input maxLength={18} autoCapitalize="characters" spellCheck={false} />
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

// The form of one act, drawn from what the server says it needs. A refusal is a sentence in the form; somebody else's act
// meanwhile brings the new state and keeps what was typed.
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Form, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { actId } from "../api/act-id";
import { act as send, ApiError } from "../api/client";
import type { CaseAct, CaseDetail, CasePageFull } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { fieldsOf, type FormValues } from "./act-fields";
import { FieldInput } from "./field-input";

export function ActSheet({ act, one, onClose }: { act: CaseAct; one: CaseDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<FormValues>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const attempt = useRef({ of: "", id: "" });

  const finish = async (values: FormValues) => {
    const body = { version: one.version, action: act.action, fields: fieldsOf(act.fields, values) };
    // The same words are the same act: a second press after a lost answer must not do it twice.
    const of = JSON.stringify(body);
    if (attempt.current.of !== of) attempt.current = { of, id: actId() };
    setBusy(true);
    setRefusal(null);
    try {
      const page = await send<CasePageFull>(`/cases/${one.id}/acts`, body, attempt.current.id);
      queries.setQueryData(["case", one.id], page);
      void message.success(t("cases.done", { title: act.title }));
      onClose();
    } catch (fault) {
      setRefusal(fault);
    } finally {
      setBusy(false);
      void queries.invalidateQueries({ queryKey: ["case", one.id] });
      void queries.invalidateQueries({ queryKey: ["cases"] });
    }
  };
  const stale = refusal instanceof ApiError && refusal.isConflict;
  return (
    <Modal open title={act.title} okText={act.title} okButtonProps={{ loading: busy }} onOk={() => form.submit()} onCancel={onClose} width={520} forceRender>
      {refusal !== null && (
        <Alert className="sheet-alert" type={stale ? "warning" : "error"} showIcon title={stale ? t("cases.stale") : sentenceOf(refusal)} />
      )}
      {act.fields.length === 0 && <p className="sheet-words">{t("cases.sure", { title: act.title })}</p>}
      <Form form={form} layout="vertical" onFinish={finish} requiredMark="optional">
        {act.fields.map((field) => (
          <FieldInput key={field.name} field={field} />
        ))}
      </Form>
    </Modal>
  );
}

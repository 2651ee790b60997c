// After a call to an enterprise whose conversation was closed: whether it was reached, its grade, its words.
import { Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { callResults, grades, isBad, type Grade } from "../grades";
import type { SheetProps } from "./thread-sheets";

interface Fields {
  result: (typeof callResults)[number];
  grade?: Grade;
  text?: string;
}

export function RevisitSheet({ row, acts, onClose }: SheetProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const reached = Form.useWatch("result", form) === "reached";
  const grade = Form.useWatch("grade", form);
  const finish = async ({ result, grade, text }: Fields) => {
    // Who was not spoken to has given no grade.
    const said = text?.trim() || t(`sheet.revisit.${result}`);
    const body = { result, text: said, ...(result === "reached" && grade !== undefined && { grade }) };
    if (await acts.callBack(body)) onClose();
  };
  return (
    <Modal
      open
      title={t("sheet.revisit.title")}
      okText={t("sheet.revisit.ok")}
      okButtonProps={{ loading: acts.busy === "revisit" }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={460}
    >
      <p className="sheet-words">
        {t("sheet.revisit.words")}
        {row.revisit && row.revisit.tries > 0 && <b> {t("sheet.revisit.tries", { n: row.revisit.tries })}</b>}
      </p>
      <Form form={form} layout="vertical" onFinish={finish} initialValues={{ result: "reached" }} requiredMark={false}>
        <Form.Item name="result" label={t("sheet.revisit.result")}>
          <Radio.Group options={callResults.map((value) => ({ value, label: t(`sheet.revisit.${value}`) }))} />
        </Form.Item>
        {reached && (
          <Form.Item name="grade" label={t("sheet.revisit.grade")} extra={grade !== undefined && isBad(grade) ? t("sheet.revisit.bad") : null} rules={[{ required: true, message: t("form.choose") }]}>
            <Radio.Group className="radio-column" options={grades.map((value) => ({ value, label: t(`inbox.grade.g${value}`) }))} />
          </Form.Item>
        )}
        <Form.Item name="text" label={t("sheet.revisit.text")} rules={reached ? [{ required: true, whitespace: true, message: t("form.required") }] : []}>
          <Input.TextArea rows={3} maxLength={2000} showCount placeholder={t(reached ? "sheet.revisit.text_hint" : "sheet.revisit.text_hint_not")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

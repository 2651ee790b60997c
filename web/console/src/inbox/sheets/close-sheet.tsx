// How it ended, and whether the knowledge base lacked something. No second question: there are five seconds to undo.
import { Checkbox, Form, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { closeOutcomes } from "../grades";
import type { SheetProps } from "./thread-sheets";

export function CloseSheet({ acts, onClose, cases }: SheetProps & { cases: number }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ outcome: string; knowledge_gap: boolean }>();
  const finish = ({ outcome, knowledge_gap }: { outcome: string; knowledge_gap?: boolean }) => {
    acts.closeLater({ outcome, knowledge_gap: knowledge_gap === true });
    onClose();
  };
  return (
    <Modal open title={t("sheet.close.title")} okText={t("sheet.close.ok")} onOk={() => form.submit()} onCancel={onClose} width={420}>
      <Form form={form} layout="vertical" onFinish={finish} initialValues={{ outcome: "solved" }} requiredMark={false}>
        <Form.Item name="outcome" label={t("sheet.close.outcome")}>
          <Radio.Group className="radio-column" options={closeOutcomes.map((value) => ({ value, label: t(`sheet.close.${value}`) }))} />
        </Form.Item>
        <Form.Item name="knowledge_gap" valuePropName="checked">
          <Checkbox>{t("sheet.close.gap")}</Checkbox>
        </Form.Item>
      </Form>
      {cases > 0 && <p className="sheet-words">{t("sheet.close.cases", { n: cases })}</p>}
    </Modal>
  );
}

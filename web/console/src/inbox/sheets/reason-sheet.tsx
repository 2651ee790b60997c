// Acts that need a reason and nothing else: giving a thread back to the queue, taking it away from a colleague.
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { SheetProps } from "./thread-sheets";

export function ReasonSheet({ row, acts, onClose, kind }: SheetProps & { kind: "release" | "force_take" }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const finish = async ({ reason }: { reason: string }) => {
    const done = kind === "release" ? await acts.run("release", { reason }) : await acts.run("take", { force: true, reason });
    if (done) onClose();
  };
  return (
    <Modal
      open
      title={t(`sheet.${kind}.title`)}
      okText={t(`sheet.${kind}.ok`)}
      okButtonProps={{ danger: kind === "force_take", loading: acts.busy !== null }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={460}
    >
      <p className="sheet-words">{t(`sheet.${kind}.words`, { who: row.owner.name })}</p>
      <Form form={form} layout="vertical" onFinish={finish} requiredMark={false}>
        <Form.Item name="reason" label={t("sheet.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}>
          <Input.TextArea rows={3} maxLength={500} showCount autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

// To whom, and why. Only people who may receive it are offered.
import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Id } from "../../api/types";
import { Failure } from "../../parts/failure";
import { colleagueOptions, useColleagues } from "../colleagues";
import type { SheetProps } from "./thread-sheets";

export function TransferSheet({ acts, onClose }: SheetProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ to: Id; reason: string }>();
  const people = useColleagues();
  const finish = async (fields: { to: Id; reason: string }) => {
    if (await acts.run("transfer", fields)) onClose();
  };
  return (
    <Modal
      open
      title={t("sheet.transfer.title")}
      okText={t("sheet.transfer.ok")}
      okButtonProps={{ loading: acts.busy === "transfer" }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={460}
    >
      <p className="sheet-words">{t("sheet.transfer.words")}</p>
      {people.isError && <Failure fault={people.error} retry={() => void people.refetch()} />}
      <Form form={form} layout="vertical" onFinish={finish} requiredMark={false}>
        <Form.Item name="to" label={t("sheet.transfer.to")} rules={[{ required: true, message: t("form.required") }]}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            loading={people.isPending}
            options={colleagueOptions(people.data ?? [])}
            placeholder={t("sheet.transfer.to_hint")}
            notFoundContent={people.isPending ? t("app.loading") : t("sheet.transfer.nobody")}
          />
        </Form.Item>
        <Form.Item name="reason" label={t("sheet.reason")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Form.Item>
      </Form>
    </Modal>
  );
}

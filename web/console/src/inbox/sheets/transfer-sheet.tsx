// To whom, and why. Only people who may receive it are offered.
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useTranslation } from "react-i18next";
import { get } from "../../api/client";
import type { Colleague, Id } from "../../api/types";
import { Failure } from "../../parts/failure";
import { dotted } from "../../parts/names";
import type { SheetProps } from "./thread-sheets";

export function useColleagues(enabled = true) {
  return useQuery({
    queryKey: ["colleagues"],
    queryFn: ({ signal }) => get<{ colleagues: Colleague[] }>("/colleagues", signal).then(({ colleagues }) => colleagues),
    enabled,
  });
}

/** Grouped by office, in the order of the server. */
export function colleagueOptions(colleagues: readonly Colleague[]) {
  const offices = new Map<string, { label: string; value: string; title: string }[]>();
  for (const { id, name, title, roles, department } of colleagues) {
    const office = offices.get(department.name) ?? [];
    const duty = title || roles?.map((role) => role.title).join("、");
    office.push({ value: id, label: dotted(name, duty), title: "" });
    offices.set(department.name, office);
  }
  return [...offices].map(([label, options]) => ({ label, title: label, options }));
}

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

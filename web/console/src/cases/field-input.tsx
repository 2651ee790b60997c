// One field of an act, by its kind.
import { useQuery } from "@tanstack/react-query";
import { Checkbox, DatePicker, Form, Input, InputNumber, Radio, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { get } from "../api/client";
import type { ActField, Organisation } from "../api/types";
import { isLong } from "./act-fields";

const FEW = 5;

/** Of a select: one to choose, or a titled group of them. */
export interface Choice {
  label: string;
  value?: string;
  title?: string;
  options?: { label: string; value: string; title: string }[];
}

export function useOrganisation(enabled = true) {
  return useQuery({
    queryKey: ["organisation"],
    queryFn: ({ signal }) => get<Organisation>("/organisation", signal),
    staleTime: 5 * 60_000,
    enabled,
  });
}

/** Departments by region; the value is the department's id. */
export function unitOptions({ regions, departments }: Organisation): Choice[] {
  return regions
    .map(({ id, name }) => ({
      label: name,
      title: name,
      options: departments.filter(({ region }) => region === id).map((one) => ({ value: one.id, label: one.name, title: "" })),
    }))
    .filter(({ options }) => options.length > 0);
}

type ControlProps = { field: ActField; id?: string; value?: unknown; onChange?: (value: unknown) => void };

function UnitSelect({ field, ...rest }: ControlProps) {
  const { t } = useTranslation();
  const organisation = useOrganisation(field.choices.length === 0);
  const options: Choice[] =
    field.choices.length > 0
      ? field.choices.map(({ id, title }) => ({ value: id, label: title }))
      : organisation.data
        ? unitOptions(organisation.data)
        : [];
  return <Select {...(rest as object)} showSearch={{ optionFilterProp: "label" }} loading={field.choices.length === 0 && organisation.isPending} options={options} placeholder={t("form.choose")} />;
}

/** The people whom the server names. */
function StaffSelect({ field, ...rest }: ControlProps) {
  const { t } = useTranslation();
  const options = field.choices.map(({ id, title }) => ({ value: id, label: title }));
  return <Select {...(rest as object)} showSearch={{ optionFilterProp: "label" }} options={options} notFoundContent={t("form.nobody")} placeholder={t("form.choose")} />;
}

function control(field: ActField, choose: string) {
  switch (field.kind) {
    case "text":
      return isLong(field) ? <Input.TextArea rows={4} maxLength={4000} showCount /> : <Input maxLength={4000} />;
    case "unit":
      return <UnitSelect field={field} />;
    case "staff":
      return <StaffSelect field={field} />;
    case "days":
      return <InputNumber min={1} max={365} precision={0} />;
    case "date":
      return <DatePicker minDate={dayjs()} />;
    case "choice": {
      const options = field.choices.map(({ id, title }) => ({ value: id, label: title }));
      return options.length <= FEW ? <Radio.Group className="radio-column" options={options} /> : <Select options={options} placeholder={choose} />;
    }
    case "bool":
      return <Checkbox>{field.title}</Checkbox>;
  }
}

export function FieldInput({ field }: { field: ActField }) {
  const { t } = useTranslation();
  const required = { required: field.required, message: t("form.required"), ...(field.kind === "text" && { whitespace: true }) };
  return (
    <Form.Item
      name={field.name}
      label={field.kind === "bool" ? null : field.kind === "days" ? `${field.title} (${t("form.working_days")})` : field.title}
      required={field.required}
      rules={field.kind === "bool" ? [] : [required]}
      {...(field.kind === "bool" ? { valuePropName: "checked", initialValue: false } : {})}
    >
      {control(field, t("form.choose"))}
    </Form.Item>
  );
}

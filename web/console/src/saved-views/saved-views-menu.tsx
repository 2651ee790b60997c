// The button with the saved filters of a page: take one, keep the present one under a name, put them in order.
import { CheckOutlined, DeleteOutlined, StarFilled, StarOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { Empty } from "../parts/states";
import { useMe } from "../session/session";
import { filterOf, NAME_LIMIT, renamed, useSavedViews, VIEWS_LIMIT, without, withView, type Place, type SavedView } from "./saved-views";
import "./saved-views.css";

interface SheetProps {
  views: readonly SavedView[];
  change: (next: (views: readonly SavedView[]) => SavedView[]) => void;
  onClose: () => void;
}

function SaveSheet({ views, change, onClose, filter }: SheetProps & { filter: string }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ name: string }>();
  const name = Form.useWatch("name", form)?.trim() ?? "";
  const replaces = views.some((view) => view.name === name);
  const full = !replaces && views.length >= VIEWS_LIMIT;
  const finish = () => {
    change((now) => withView(now, { name, filter }));
    void message.success(t("views.saved", { name }));
    onClose();
  };
  return (
    <Modal open title={t("views.save")} okText={t("views.save_ok")} okButtonProps={{ disabled: full }} onOk={() => form.submit()} onCancel={onClose} width={420}>
      <Form form={form} layout="vertical" onFinish={finish} requiredMark={false}>
        <Form.Item
          name="name"
          label={t("views.name")}
          extra={full ? t("views.full", { n: VIEWS_LIMIT }) : replaces ? t("views.replaces") : t("views.where")}
          rules={[{ required: true, whitespace: true, message: t("form.required") }]}
        >
          <Input maxLength={NAME_LIMIT} autoFocus placeholder={t("views.name_hint")} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function NameField({ view, views, change }: Omit<SheetProps, "onClose"> & { view: SavedView }) {
  const { t } = useTranslation();
  const [name, setName] = useState(view.name);
  const taken = name.trim() !== view.name && views.some((other) => other.name === name.trim());
  const done = () => {
    if (taken || name.trim() === "") return setName(view.name);
    change((now) => renamed(now, view.name, name.trim()));
  };
  return (
    <Input
      value={name}
      maxLength={NAME_LIMIT}
      aria-label={t("views.rename", { name: view.name })}
      status={taken ? "error" : ""}
      onChange={(event) => setName(event.target.value)}
      onBlur={done}
      onPressEnter={(event) => event.currentTarget.blur()}
    />
  );
}

function OrderSheet({ views, change, onClose }: SheetProps) {
  const { t } = useTranslation();
  return (
    <Modal open title={t("views.order")} footer={null} onCancel={onClose} width={420}>
      {views.length === 0 && <Empty title={t("views.none")} />}
      <ul className="saved-views">
        {views.map((view) => (
          <li key={view.name}>
            <NameField view={view} views={views} change={change} />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t("views.remove", { name: view.name })}
              title={t("views.remove", { name: view.name })}
              onClick={() => change((now) => without(now, view.name))}
            />
          </li>
        ))}
      </ul>
    </Modal>
  );
}

export function SavedViewsMenu({ place }: { place: Place }) {
  const { t } = useTranslation();
  const me = useMe();
  const [params, setParams] = useSearchParams();
  const { views, change } = useSavedViews(me.id, place);
  const [sheet, setSheet] = useState<"save" | "order" | null>(null);
  const filter = filterOf(params);
  const here = views.find((view) => view.filter === filter);
  const items = [
    ...views.map(({ name }, i) => ({ key: `view ${i}`, label: name, icon: name === here?.name ? <CheckOutlined /> : <span className="saved-space" /> })),
    ...(views.length > 0 ? [{ type: "divider" as const }] : []),
    { key: "save", label: t("views.save"), disabled: filter === "" },
    { key: "order", label: t("views.order"), disabled: views.length === 0 },
  ];
  const onClick = ({ key }: { key: string }) => {
    if (key === "save" || key === "order") return setSheet(key);
    const view = views[Number(key.slice(5))];
    if (view) setParams(new URLSearchParams(view.filter));
  };
  const sheetProps = { views, change, onClose: () => setSheet(null) };
  return (
    <>
      <Dropdown menu={{ items, onClick }} trigger={["click"]}>
        <Button icon={here ? <StarFilled /> : <StarOutlined />} className="saved-button">
          {here?.name ?? t("views.title")}
        </Button>
      </Dropdown>
      {sheet === "save" && <SaveSheet {...sheetProps} filter={filter} />}
      {sheet === "order" && <OrderSheet {...sheetProps} />}
    </>
  );
}

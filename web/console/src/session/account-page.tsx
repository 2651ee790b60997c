// My own account: password, second factor, where I am signed in, and how this browser behaves.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Segmented, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../app/preferences";
import { del, get, put } from "../api/client";
import type { SessionRow } from "../api/types";
import { setLanguage, type Language } from "../i18n/language";
import { Failure, sentenceOf } from "../parts/failure";
import { dotted } from "../parts/names";
import { PageHead, SkeletonRows } from "../parts/states";
import { dateTime } from "../parts/time";
import { browserName } from "./browser-name";
import { SecondFactor } from "./second-factor";
import { refreshMe, useMe } from "./session";
import "./account.css";

function Password() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ old: string; new: string; again: string }>();
  const [busy, setBusy] = useState(false);
  const required = { required: true, message: t("form.required") };
  const finish = async (fields: { old: string; new: string }) => {
    setBusy(true);
    try {
      await put("/me/password", { old: fields.old, new: fields.new });
      await refreshMe();
      form.resetFields();
      void message.success(t("account.password_done"));
    } catch (fault) {
      void message.error(sentenceOf(fault));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel">
      <h2>{t("account.password")}</h2>
      <Form form={form} layout="vertical" onFinish={finish} requiredMark={false}>
        <Form.Item name="old" label={t("account.old")} rules={[required]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="new" label={t("account.new")} extra={t("account.new_hint")} rules={[required]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("setup.again")}
          dependencies={["new"]}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) => (!value || value === getFieldValue("new") ? Promise.resolve() : Promise.reject(new Error(t("setup.differs")))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t("account.password_go")}
        </Button>
      </Form>
    </section>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const list = useQuery({ queryKey: ["my-sessions"], queryFn: ({ signal }) => get<{ sessions: SessionRow[] }>("/me/sessions", signal) });
  const end = async (digest: string) => {
    try {
      await del(`/me/sessions/${digest}`);
    } catch (fault) {
      void message.error(sentenceOf(fault));
    }
    void queries.invalidateQueries({ queryKey: ["my-sessions"] });
  };
  return (
    <section className="panel">
      <h2>{t("account.sessions")}</h2>
      {list.isPending && <SkeletonRows kind="line" rows={2} />}
      {list.isError && <Failure fault={list.error} retry={() => void list.refetch()} />}
      <ul className="sessions">
        {[...(list.data?.sessions ?? [])].sort((a, b) => Number(b.current) - Number(a.current)).map((one) => (
          <li key={one.digest}>
            <div>
              <b>{one.current ? t("account.this") : browserName(one.browser) || t("account.unknown_agent")}</b>
              <small>{dotted(one.address, t("account.seen", { time: dateTime(one.seen) }))}</small>
            </div>
            {!one.current && (
              <Button size="small" onClick={() => void end(one.digest)}>
                {t("account.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ThisBrowser() {
  const { t, i18n } = useTranslation();
  const { keys, enter_sends } = usePreferences();
  return (
    <section className="panel">
      <h2>{t("account.browser")}</h2>
      <div className="switch-row">
        <span>{t("account.language")}</span>
        <Segmented<Language>
          value={i18n.language === "en" ? "en" : "zh-CN"}
          options={[
            { value: "zh-CN", label: "中文" },
            { value: "en", label: "English" },
          ]}
          onChange={(language) => void setLanguage(language)}
        />
      </div>
      <label className="switch-row">
        <span>{t("help.switch_keys")}</span>
        <Switch checked={keys} onChange={(on) => usePreferences.setState({ keys: on })} />
      </label>
      <label className="switch-row">
        <span>{t("help.switch_enter")}</span>
        <Switch checked={enter_sends} onChange={(on) => usePreferences.setState({ enter_sends: on })} />
      </label>
    </section>
  );
}

export default function AccountPage() {
  const me = useMe();
  return (
    <main className="page page-narrow">
      <PageHead title={me.name} hint={dotted(me.login, me.department.name, me.roles.map(({ title }) => title).join("、"))} />
      <SecondFactor />
      <Password />
      <Sessions />
      <ThisBrowser />
    </main>
  );
}

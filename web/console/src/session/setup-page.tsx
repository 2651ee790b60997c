// The first start: the token from the data folder, the city, its office, and the three administrators who check each other.
import { Alert, Button, Form, Input, Steps } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, post } from "../api/client";
import { sentenceOf } from "../parts/failure";
import { DoorFrame } from "./door-frame";
import { findSession } from "./session";

interface Admin {
  login: string;
  name: string;
  password: string;
  again: string;
}
interface Fields {
  token: string;
  city: { code: string; name: string };
  department: string;
  admins: Admin[];
}

const admins = ["system", "security", "audit"] as const;
export const PASSWORD_MIN = 12;

function AdminFields({ at }: { at: number }) {
  const { t } = useTranslation();
  const kind = admins[at] ?? "system";
  const required = { required: true, whitespace: true, message: t("form.required") };
  return (
    <fieldset className="setup-admin">
      <legend>
        {t(`setup.admin.${kind}`)} <small>{t(`setup.admin_does.${kind}`)}</small>
      </legend>
      <div className="form-two">
        <Form.Item name={["admins", at, "name"]} label={t("setup.name")} rules={[required]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item name={["admins", at, "login"]} label={t("login.login")} rules={[required]}>
          <Input maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item name={["admins", at, "password"]} label={t("login.password")} rules={[required, { min: PASSWORD_MIN, message: t("setup.password_short", { n: PASSWORD_MIN }) }]}>
          <Input.Password maxLength={256} autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name={["admins", at, "again"]}
          label={t("setup.again")}
          dependencies={[["admins", at, "password"]]}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) => (!value || value === getFieldValue(["admins", at, "password"]) ? Promise.resolve() : Promise.reject(new Error(t("setup.differs")))),
            }),
          ]}
        >
          <Input.Password maxLength={256} autoComplete="new-password" />
        </Form.Item>
      </div>
    </fieldset>
  );
}

export default function SetupPage() {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const required = { required: true, whitespace: true, message: t("form.required") };

  const next = async () => {
    await form.validateFields(step === 0 ? ["token", ["city", "code"], ["city", "name"], "department"] : [["admins", step - 1]], { recursive: true });
    setStep(step + 1);
  };
  const finish = async () => {
    const all = form.getFieldsValue(true) as Fields;
    setBusy(true);
    setFault(null);
    try {
      await post("/setup", {
        token: all.token.trim(),
        city: { code: all.city.code.trim(), name: all.city.name.trim() },
        department: all.department.trim(),
        admins: all.admins.map(({ login, name, password }) => ({ login: login.trim(), name: name.trim(), password })),
      });
      await findSession();
    } catch (error) {
      setFault(error);
      setBusy(false);
      // The server says which of the three it does not like.
      const at = error instanceof ApiError ? error.detail["admin"] : undefined;
      if (typeof at === "number") setStep(at + 1);
    }
  };
  const last = step === 3;
  return (
    <DoorFrame title={t("setup.title")} wide>
      <p className="door-words">{t("setup.words")}</p>
      <Steps
        size="small"
        current={step}
        items={[t("setup.step_city"), ...admins.map((one) => t(`setup.admin.${one}`))].map((title) => ({ title }))}
      />
      {fault !== null && <Alert type="error" showIcon title={sentenceOf(fault)} />}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={() => void (last ? finish() : next())} preserve>
        {step === 0 && (
          <>
            <Form.Item name="token" label={t("setup.token")} extra={t("setup.token_hint")} rules={[required]}>
              <Input.Password autoComplete="off" autoFocus />
            </Form.Item>
            <div className="form-two">
              <Form.Item name={["city", "name"]} label={t("setup.city")} rules={[required]}>
                <Input maxLength={60} placeholder={t("setup.city_hint")} />
              </Form.Item>
              <Form.Item name={["city", "code"]} label={t("setup.code")} extra={t("setup.code_hint")} rules={[required, { pattern: /^\d{6}$/, message: t("setup.code_wrong") }]}>
                <Input maxLength={6} inputMode="numeric" />
              </Form.Item>
            </div>
            <Form.Item name="department" label={t("setup.department")} rules={[required]}>
              <Input maxLength={60} placeholder={t("setup.department_hint")} />
            </Form.Item>
          </>
        )}
        {step > 0 && <AdminFields key={step} at={step - 1} />}
        <div className="setup-foot">
          {step > 0 && <Button onClick={() => setStep(step - 1)}>{t("app.back")}</Button>}
          <Button type="primary" htmlType="submit" loading={busy}>
            {last ? t("setup.go") : t("app.next")}
          </Button>
        </div>
      </Form>
    </DoorFrame>
  );
}

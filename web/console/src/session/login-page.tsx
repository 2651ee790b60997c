// Password, then the code where the account has a second factor; and the waiting time where somebody tried too often.
import { LockOutlined, SafetyOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { sentenceOf } from "../parts/failure";
import { span } from "../parts/time";
import { DoorFrame } from "./door-frame";
import { signIn, useSession } from "./session";

interface Fields {
  login: string;
  password: string;
  code?: string;
}

function useCountdown(until: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until <= Date.now()) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, until - now);
}

export default function LoginPage() {
  const { t } = useTranslation();
  const ended = useSession((session) => session.ended);
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const [until, setUntil] = useState(0);
  const left = useCountdown(until);
  const [form] = Form.useForm<Fields>();

  const finish = async ({ login, password, code }: Fields) => {
    setBusy(true);
    setFault(null);
    try {
      await signIn(login.trim(), password, (code ?? "").replace(/\s/g, ""));
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError && error.code === "code_needed") {
        setAsksCode(true);
        return;
      }
      if (error instanceof ApiError && error.status === 429) setUntil(Date.now() + error.retryAfterMs);
      form.setFieldValue("code", "");
      setFault(error);
    }
  };

  const waiting = left > 0;
  const problem = waiting ? t("login.wait", { span: span(left + 999) }) : fault === null ? "" : wordsOf(fault, t("login.wrong"), asksCode ? t("login.wrong_code") : "");
  return (
    <DoorFrame title={t("login.title")}>
      {ended && fault === null && <Alert type="info" showIcon title={t("login.ended")} />}
      {problem && <Alert type={waiting ? "warning" : "error"} showIcon title={problem} />}
      <Form form={form} layout="vertical" onFinish={finish} requiredMark={false} size="large">
        <div hidden={asksCode}>
          <Form.Item name="login" label={t("login.login")} rules={[{ required: true, message: t("form.required") }]}>
            <Input prefix={<UserOutlined />} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus maxLength={64} />
          </Form.Item>
          <Form.Item name="password" label={t("login.password")} rules={[{ required: true, message: t("form.required") }]}>
            <Input.Password prefix={<LockOutlined />} autoComplete="current-password" maxLength={256} />
          </Form.Item>
        </div>
        {asksCode && (
          <Form.Item name="code" label={t("login.code")} extra={t("login.code_hint")} rules={[{ required: true, message: t("form.required") }]}>
            <Input prefix={<SafetyOutlined />} inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={40} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={busy} disabled={waiting}>
          {asksCode ? t("login.check") : t("login.go")}
        </Button>
        {asksCode && (
          <Button type="link" block onClick={() => setAsksCode(false)}>
            {t("login.other")}
          </Button>
        )}
      </Form>
    </DoorFrame>
  );
}

function wordsOf(fault: unknown, wrong: string, wrongCode: string): string {
  if (fault instanceof ApiError && fault.code === "wrong") return wrongCode || fault.message || wrong;
  return sentenceOf(fault);
}

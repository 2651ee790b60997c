// The second factor: password, then a picture for the authenticator (drawn here, it goes nowhere), then one code as proof;
// then ten recovery codes, shown once, to print.
import { CheckCircleFilled, PrinterOutlined } from "@ant-design/icons";
import { Alert, App, Button, Form, Input, Modal, QRCode } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { post, put } from "../api/client";
import { sentenceOf } from "../parts/failure";
import { refreshMe, useMe } from "./session";

type Stage = { at: "password" } | { at: "code"; uri: string; key: string; sealed: string } | { at: "recovery"; codes: string[] };

function Recovery({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <>
      <Alert type="warning" showIcon title={t("factor.recovery_words")} />
      <div className="recovery">
        <p>
          {t("app.name")} · {me.name} ({me.login})
        </p>
        <ol>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
        {t("factor.print")}
      </Button>
    </>
  );
}

function Enrolment({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [stage, setStage] = useState<Stage>({ at: "password" });
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<{ password: string; code: string }>();
  const attempt = async (run: () => Promise<void>) => {
    setBusy(true);
    try {
      await run();
    } catch (fault) {
      void message.error(sentenceOf(fault));
    } finally {
      setBusy(false);
    }
  };
  const begin = ({ password }: { password: string }) =>
    attempt(async () => {
      const made = await post<{ uri: string; key: string; sealed: string }>("/me/totp", { password });
      setStage({ at: "code", ...made });
    });
  const prove = ({ code }: { code: string }) =>
    attempt(async () => {
      if (stage.at !== "code") return;
      const { recovery } = await put<{ recovery: string[] }>("/me/totp", { sealed: stage.sealed, code: code.replace(/\s/g, "") });
      setStage({ at: "recovery", codes: recovery });
      await refreshMe();
    });
  const required = [{ required: true, message: t("form.required") }];
  return (
    <Modal
      open
      title={t("factor.title")}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        stage.at === "recovery" ? (
          <Button type="primary" onClick={onClose}>
            {t("factor.kept")}
          </Button>
        ) : (
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {t("app.next")}
          </Button>
        )
      }
      width={460}
    >
      {stage.at === "password" && (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={begin}>
          <p className="sheet-words">{t("factor.password_words")}</p>
          <Form.Item name="password" label={t("login.password")} rules={required}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
        </Form>
      )}
      {stage.at === "code" && (
        <Form form={form} layout="vertical" requiredMark={false} onFinish={prove}>
          <p className="sheet-words">{t("factor.scan_words")}</p>
          <div className="factor-picture">
            <QRCode type="svg" value={stage.uri} size={188} bordered={false} errorLevel="M" aria-label={t("factor.picture")} />
            <p>
              {t("factor.by_hand")}
              <code>{stage.key.replace(/(.{4})/g, "$1 ").trim()}</code>
            </p>
          </div>
          <Form.Item name="code" label={t("factor.code")} rules={required}>
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={10} autoFocus />
          </Form.Item>
        </Form>
      )}
      {stage.at === "recovery" && <Recovery codes={stage.codes} />}
    </Modal>
  );
}

export function SecondFactor() {
  const { t } = useTranslation();
  const me = useMe();
  const [open, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2>{t("factor.title")}</h2>
      <p className="factor-state">
        {me.second_factor ? (
          <>
            <CheckCircleFilled /> {t("factor.on")}
          </>
        ) : (
          t("factor.off")
        )}
      </p>
      <Button type={me.second_factor ? "default" : "primary"} onClick={() => setOpen(true)}>
        {me.second_factor ? t("factor.again") : t("factor.begin")}
      </Button>
      {open && <Enrolment onClose={() => setOpen(false)} />}
    </section>
  );
}

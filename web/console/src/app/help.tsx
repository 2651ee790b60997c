// All keys on one sheet, and the switches for them.
import { Modal, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { closeOverlay, usePreferences } from "./preferences";

const groups = [
  { id: "list", rows: [["J", "K"], ["/"]] },
  { id: "thread", rows: [["T"], ["R"], ["N"], ["W"], ["A"], ["E"], ["Esc"]] },
  { id: "everywhere", rows: [["G", "I"], ["G", "C"], ["G", "L"], ["Ctrl", "K"], ["?"]] },
] as const;

export default function Help() {
  const { t } = useTranslation();
  const { keys, enter_sends } = usePreferences();
  return (
    <Modal open title={t("help.title")} footer={null} onCancel={closeOverlay} width={640}>
      <div className="help">
        {groups.map(({ id, rows }) => (
          <section key={id}>
            <h3>{t(`help.${id}`)}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.join()}>
                  <dt>
                    {row.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`help.keys.${row.join("_").replace("/", "slash").replace("?", "question") as "T"}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="help-switches">
        <label>
          <Switch checked={keys} onChange={(on) => usePreferences.setState({ keys: on })} />
          <span>{t("help.switch_keys")}</span>
        </label>
        <label>
          <Switch checked={enter_sends} onChange={(on) => usePreferences.setState({ enter_sends: on })} />
          <span>{t("help.switch_enter")}</span>
        </label>
      </div>
    </Modal>
  );
}

// All keys on one sheet, the switches for them, and the place where a single key becomes another.
import { Button, Modal, Switch } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../inbox/composing";
import { bind, isUsual, keyCap, singleKey, usualKeys, type Bound, type KeyAction } from "./key-actions";
import { closeOverlay, usePreferences } from "./preferences";

const groups: { id: "list" | "thread"; actions: KeyAction[] }[] = [
  { id: "list", actions: ["next", "previous", "search"] },
  { id: "thread", actions: ["take", "reply", "note", "whisper", "transfer", "close"] },
];
const fixed = [["Esc"], ["G", "I"], ["G", "C"], ["G", "L"], ["Ctrl", "K"], ["?"]] as const;

/** The key of an action; pressed, it waits for another one. */
function KeyButton({ action, onRefused }: { action: KeyAction; onRefused: (why: Exclude<Bound, { map: unknown }> | null) => void }) {
  const { t } = useTranslation();
  const keymap = usePreferences((preferences) => preferences.keymap);
  const [waiting, setWaiting] = useState(false);
  const onKey = (event: KeyboardEvent) => {
    if (!waiting || isComposing(event) || event.key === "Tab") return;
    // Nothing behind this may take the key for itself: Escape would close the sheet.
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    event.stopPropagation();
    if (/^(Shift|Control|Alt|Meta|CapsLock)$/.test(event.key)) return;
    setWaiting(false);
    if (event.key === "Escape") return;
    const key = singleKey(event);
    const bound: Bound = key === null ? { refused: "reserved" } : bind(keymap, action, key);
    if ("map" in bound) usePreferences.setState({ keymap: bound.map });
    onRefused("map" in bound ? null : bound);
  };
  return (
    <button
      type="button"
      className={waiting ? "key-button waiting" : "key-button"}
      aria-label={t("help.change", { what: t(`help.action.${action}`), key: keyCap(keymap[action]) })}
      title={t("help.change_hint")}
      onClick={() => {
        onRefused(null);
        setWaiting(!waiting);
      }}
      onBlur={() => setWaiting(false)}
      onKeyDown={onKey}
    >
      <kbd>{waiting ? t("help.press") : keyCap(keymap[action])}</kbd>
    </button>
  );
}

export default function Help() {
  const { t } = useTranslation();
  const { keys, keymap, enter_sends } = usePreferences();
  const [refused, setRefused] = useState<Exclude<Bound, { map: unknown }> | null>(null);
  return (
    <Modal open title={t("help.title")} footer={null} onCancel={closeOverlay} width={640}>
      <div className="help">
        {groups.map(({ id, actions }) => (
          <section key={id}>
            <h3>{t(`help.${id}`)}</h3>
            <dl>
              {actions.map((action) => (
                <div key={action}>
                  <dt>
                    <KeyButton action={action} onRefused={setRefused} />
                  </dt>
                  <dd>{t(`help.action.${action}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>{t("help.everywhere")}</h3>
          <dl>
            {fixed.map((row) => (
              <div key={row.join()}>
                <dt>
                  {row.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{t(`help.keys.${row.join("_").replace("?", "question") as "Esc"}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <p className="help-told" role="status">
        {refused === null ? t("help.change_hint") : refused.refused === "taken" ? t("help.taken", { what: t(`help.action.${refused.by}`) }) : t("help.reserved")}
        {!isUsual(keymap) && (
          <Button size="small" onClick={() => usePreferences.setState({ keymap: usualKeys })}>
            {t("help.usual")}
          </Button>
        )}
      </p>
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

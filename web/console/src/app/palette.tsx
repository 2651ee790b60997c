// Mod+K: one field that goes anywhere. Matches the words and their pinyin initials (the strings carry them).
import { Modal } from "antd";
import { useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { isComposing } from "../inbox/composing";
import { listOf } from "../inbox/list-order";
import { useMe } from "../session/session";
import { theDesk } from "../stream/live-desk";
import { matching, type Command } from "./commands";
import { closeOverlay, openHelp } from "./preferences";
import { adminOf, railOf } from "./rail-entries";

function useCommands(go: (path: string) => void): Command[] {
  const { t } = useTranslation();
  const me = useMe();
  return useMemo(() => {
    const pages = railOf(me.permissions).map(({ id, path }) => ({
      title: t(`rail.${id}`),
      initials: t(`palette.initials.${id}`),
      hint: t("palette.page"),
      run: () => go(path),
    }));
    const admin = adminOf(me.permissions).map(({ id, path }) => ({
      title: t(`admin.${id}.title`),
      initials: "",
      hint: t("rail.admin"),
      run: () => go(path),
    }));
    const threads = [...theDesk().snapshot().rows.values()].map((row) => ({
      title: `${row.enterprise || t("inbox.unknown_firm", { visitor: row.visitor })}${row.matter ? ` · ${row.matter}` : ""}`,
      initials: "",
      hint: t("rail.inbox"),
      run: () => go(`/inbox/${listOf(row, me.id)}/${row.id}`),
    }));
    const other = [
      { title: t("rail.account"), initials: "zh", hint: "", run: () => go("/account") },
      { title: t("help.title"), initials: "kjj", hint: "?", run: openHelp },
    ];
    return [...pages, ...admin, ...other, ...threads];
  }, [t, me, go]);
}

export default function Palette() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const commands = useCommands(
    useMemo(
      () => (path: string) => {
        closeOverlay();
        void navigate(path);
      },
      [navigate],
    ),
  );
  const searching: Command = {
    title: t("palette.search", { words }),
    initials: "",
    hint: t("palette.messages"),
    run: () => {
      closeOverlay();
      void navigate(`/search?q=${encodeURIComponent(words)}`);
    },
  };
  const found = [...matching(commands, words), ...(words.trim() === "" ? [] : [searching])];
  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") found[at]?.run();
    else return;
    event.preventDefault();
  };
  return (
    <Modal open footer={null} closable={false} onCancel={closeOverlay} width={560} className="palette" title={t("palette.label")}>
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={`palette-${at}`}
        aria-label={t("palette.label")}
        placeholder={t("palette.label")}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      <ul id="palette-list" role="listbox" aria-label={t("palette.label")}>
        {found.map((command, i) => (
          <li
            key={`${command.hint}${command.title}${i}`}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === at}
            onMouseMove={() => setAt(i)}
            onClick={() => command.run()}
          >
            <span>{command.title}</span>
            <small>{command.hint}</small>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

// The title bar: whose service this is, who is answering, and the language of the page.

import { useEffect, useRef, useState } from "preact/hooks";
import type { Owner, UiLang } from "../protocol";
import { languages, type Strings } from "../i18n/strings";
import { CheckIcon, CloseIcon, GlobeIcon } from "./icons";

interface Props {
  service: string;
  owner: Owner;
  ready: boolean;
  lang: UiLang;
  t: Strings;
  onLang: (lang: UiLang) => void;
  onClose: (() => void) | null;
}

function statusOf(owner: Owner, t: Strings): string {
  return { bot: t.assistant, queue: t.queue, human: t.human, closed: t.closed }[owner];
}

export function Header({ service, owner, ready, lang, t, onLang, onClose }: Props) {
  return (
    <header class="header">
      <div class="header-side">
        {onClose && (
          <button type="button" class="icon-button" aria-label={t.close} onClick={onClose}>
            <CloseIcon />
          </button>
        )}
      </div>
      <div class="header-title">
        <h1>{service || t.service}</h1>
        <p class={ready ? `status status-${owner}` : "status"} aria-live="polite">
          {ready ? statusOf(owner, t) : "\u00a0"}
        </p>
      </div>
      <div class="header-side header-end">
        <LanguageMenu lang={lang} label={t.language} onLang={onLang} />
      </div>
    </header>
  );
}

function LanguageMenu({ lang, label, onLang }: { lang: UiLang; label: string; onLang: (lang: UiLang) => void }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
    const onPointer = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointer);
    return () => document.removeEventListener("pointerdown", onPointer);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) {
      event.stopPropagation();
      close();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const items = [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitemradio]") ?? [])];
    const step = event.key === "ArrowDown" ? 1 : items.length - 1;
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + step) % items.length]?.focus();
    event.preventDefault();
  };

  return (
    <div class="menu-box" ref={box} onKeyDown={onKeyDown}>
      <button ref={opener} type="button" class="icon-button" aria-label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        <GlobeIcon />
      </button>
      {open && (
        <div class="menu" role="menu" aria-label={label}>
          {languages.map(({ tag, name }) => (
            <button
              key={tag}
              type="button"
              role="menuitemradio"
              aria-checked={tag === lang}
              lang={tag}
              onClick={() => {
                onLang(tag);
                close();
              }}
            >
              <span>{name}</span>
              {tag === lang && <CheckIcon />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

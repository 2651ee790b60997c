// Where the person writes. Enter sends, except while an input method is composing; Shift+Enter breaks the line.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAX_TEXT_BYTES, utf8Length } from "../protocol";
import type { Strings } from "../i18n/strings";

/** Key code that browsers give for a key the input method took, also where isComposing is already false (Safari). */
const KEY_OF_INPUT_METHOD = 229;

/** What pasting from documents brings along and nobody can see; tab and line feed stay. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

export function Composer({ t, onSend }: { t: Strings; onSend: (text: string) => boolean }) {
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const words = text.replace(CONTROLS, "").trim();
  const tooLong = words.length * 3 > MAX_TEXT_BYTES && utf8Length(words) > MAX_TEXT_BYTES;
  const ready = words !== "" && !tooLong;

  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`; // CSS caps it at five lines
  }, [text]);

  const send = () => {
    if (!ready) return;
    const taken = onSend(words);
    setRefused(!taken);
    if (taken) setText("");
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      class="composer"
      aria-label={t.send}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {(tooLong || refused) && (
        <p class="composer-note" role="alert">
          {tooLong ? t.tooLong : t.outboxFull}
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={t.placeholder}
          aria-label={t.placeholder}
          enterkeyhint="send"
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {/* Keeping the focus in the field keeps the phone's keyboard up. */}
        <button type="submit" disabled={!ready} onPointerDown={(event) => event.preventDefault()}>
          {t.send}
        </button>
      </div>
    </form>
  );
}

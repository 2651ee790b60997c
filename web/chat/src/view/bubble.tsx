// One line of the conversation. Texts come from outside and go into text nodes only.

import { memo } from "preact/compat";
import type { QuickReply } from "../protocol";
import type { Strings } from "../i18n/strings";
import type { Pending } from "../store";
import { ChevronIcon, ServiceAvatar, StaffAvatar, VisitorAvatar } from "./icons";
import { linkify } from "./linkify";

export function RichText({ text }: { text: string }) {
  return (
    <>
      {linkify(text).map((piece, i) =>
        piece.href ? (
          <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </>
  );
}

interface TheirsProps {
  from: "bot" | "staff";
  name: string;
  service: string;
  text: string;
  options: QuickReply[];
  live: boolean;
  t: Strings;
  onPick: (value: string) => void;
}

export const Theirs = memo(function Theirs({ from, name, service, text, options, live, t, onPick }: TheirsProps) {
  return (
    <div class={`line theirs ${from}`}>
      {from === "bot" ? <ServiceAvatar /> : <StaffAvatar />}
      <div class="said">
        {from === "staff" && <span class="speaker">{name || t.official}</span>}
        <span class="sr-only">{from === "bot" ? service : ""}</span>
        <div class="bubble" dir="auto">
          <RichText text={text} />
        </div>
        {options.length > 0 && <Options options={options} live={live} t={t} onPick={onPick} />}
      </div>
    </div>
  );
});

function Options({ options, live, t, onPick }: Pick<TheirsProps, "options" | "live" | "t" | "onPick">) {
  return (
    <ul class="options" aria-label={t.quickReplies}>
      {options.map((option) => (
        <li key={option.value}>
          <button type="button" disabled={!live} onClick={() => onPick(option.value)}>
            <span class="number">{option.value}</span>
            <span class="label">{option.label}</span>
            <ChevronIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}

interface MineProps {
  text: string;
  pending: Pending | null;
  stalled: boolean;
  t: Strings;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

export const Mine = memo(function Mine({ text, pending, stalled, t, onRetry, onDiscard }: MineProps) {
  const failed = pending !== null && (pending.state === "failed" || stalled);
  const sending = pending !== null && !failed && pending.state !== "acked";
  return (
    <div class="line mine">
      <VisitorAvatar />
      <div class="said">
        <span class="sr-only">{t.you}</span>
        <div class="bubble" dir="auto">
          <RichText text={text} />
        </div>
        {sending && <span class="spinner" role="img" aria-label={t.sending} />}
        {failed && (
          <button type="button" class="failed" aria-label={`${t.notSent} · ${t.retry}`} onClick={() => onRetry(pending.id)}>
            <span aria-hidden="true">!</span>
          </button>
        )}
      </div>
      {failed && <Failure pending={pending} t={t} onRetry={onRetry} onDiscard={onDiscard} />}
    </div>
  );
});

function Failure({ pending, t, onRetry, onDiscard }: { pending: Pending } & Pick<MineProps, "t" | "onRetry" | "onDiscard">) {
  const reason = pending.reason === "too_large" ? t.tooLong : pending.state === "failed" && !pending.reason ? t.busy : t.notSent;
  return (
    <p class="failure">
      <span>{reason}</span>
      {pending.reason !== "too_large" && (
        <button type="button" onClick={() => onRetry(pending.id)}>
          {t.retry}
        </button>
      )}
      <button type="button" onClick={() => onDiscard(pending.id)}>
        {t.remove}
      </button>
    </p>
  );
}

export function Typing({ label }: { label: string }) {
  return (
    <div class="line theirs bot">
      <ServiceAvatar />
      <div class="said">
        <div class="bubble dots" role="img" aria-label={label}>
          <i />
          <i />
          <i />
        </div>
      </div>
    </div>
  );
}

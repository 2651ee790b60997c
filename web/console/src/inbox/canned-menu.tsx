// Canned replies: `/` at the beginning of the field opens them, the letters after it choose.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../api/client";
import type { CannedReply } from "../api/types";
import { nameOf } from "../parts/names";

const SHOWN = 8;

export function matchingReplies(replies: readonly CannedReply[], words: string): CannedReply[] {
  const wanted = words.trim().toLowerCase();
  const has = (text: string) => text.toLowerCase().includes(wanted);
  const titled = replies.filter(({ title }) => has(title));
  const rest = replies.filter((reply) => !titled.includes(reply) && has(reply.text));
  return [...titled, ...rest].slice(0, SHOWN);
}

export function useReplies(enabled = true) {
  return useQuery({
    queryKey: ["canned-replies"],
    queryFn: ({ signal }) => get<{ replies: CannedReply[] }>("/canned-replies", signal).then(({ replies }) => replies),
    enabled,
    staleTime: 5 * 60_000,
  });
}

export interface Canned {
  open: boolean;
  at: number;
  found: CannedReply[];
  pending: boolean;
  choose: (at: number) => void;
  /** True where the key was for the menu. */
  onKey: (event: KeyboardEvent, put: (text: string) => void) => boolean;
}

export function useCanned(text: string): Canned {
  const asked = text.startsWith("/") && !text.includes("\n");
  const [closed, setClosed] = useState("");
  const open = asked && closed !== text;
  const { data, isPending } = useReplies(asked);
  const found = useMemo(() => matchingReplies(data ?? [], text.slice(1)), [data, text]);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, Math.max(found.length - 1, 0));
  const onKey: Canned["onKey"] = (event, put) => {
    if (!open) return false;
    const reply = found[at];
    if (event.key === "ArrowDown") setChosen(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(at - 1, 0));
    else if (event.key === "Escape") setClosed(text);
    else if ((event.key === "Enter" || event.key === "Tab") && reply) put(reply.text);
    else return false;
    event.preventDefault();
    return true;
  };
  return { open, at, found, pending: isPending, choose: setChosen, onKey };
}

export function CannedMenu({ canned, onChoose }: { canned: Canned; onChoose: (text: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="canned">
      <p className="canned-head">{t("inbox.canned")}</p>
      {canned.found.length === 0 && <p className="canned-none">{t(canned.pending ? "app.loading" : "inbox.canned_none")}</p>}
      <ul id="canned-list" role="listbox" aria-label={t("inbox.canned")}>
        {canned.found.map((reply, i) => (
          <li
            key={reply.id}
            id={`canned-${i}`}
            role="option"
            aria-selected={i === canned.at}
            onMouseMove={() => canned.choose(i)}
            onMouseDown={(event) => {
              event.preventDefault();
              onChoose(reply.text);
            }}
          >
            <b>{reply.title}</b>
            <span>{reply.text}</span>
            {reply.department && <small>{nameOf(reply.department)}</small>}
          </li>
        ))}
      </ul>
    </div>
  );
}

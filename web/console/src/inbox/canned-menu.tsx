// Canned replies: `/` at the beginning of the field opens them, the letters after it choose.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { get } from "../api/client";
import type { CannedReply } from "../api/types";
import { nameOf } from "../parts/names";
import { ChoiceList, useChoiceMenu, type ChoiceMenu } from "./choice-menu";

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

export type Canned = ChoiceMenu<CannedReply> & { pending: boolean };

/** `put` replaces what stands in the field. */
export function useCanned(text: string, put: (text: string) => void): Canned {
  const asked = text.startsWith("/") && !text.includes("\n");
  const [closed, setClosed] = useState("");
  const { data, isPending } = useReplies(asked);
  const items = useMemo(() => matchingReplies(data ?? [], text.slice(1)), [data, text]);
  const menu = useChoiceMenu({ id: "canned", open: asked && closed !== text, items, take: (reply) => put(reply.text), close: () => setClosed(text) });
  return { ...menu, pending: isPending };
}

export function CannedMenu({ canned }: { canned: Canned }) {
  const { t } = useTranslation();
  return (
    <ChoiceList id="canned" title={t("inbox.canned")} none={t(canned.pending ? "app.loading" : "inbox.canned_none")} menu={canned} keyOf={({ id }) => id}>
      {(reply) => (
        <>
          <b>{reply.title}</b>
          <span>{reply.text}</span>
          {reply.department && <small>{nameOf(reply.department)}</small>}
        </>
      )}
    </ChoiceList>
  );
}

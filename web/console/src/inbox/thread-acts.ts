// What an official does with a thread. Each act names the epoch that the official saw; the server takes it only if that
// is still the thread's, and says who was faster if not.
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { actId } from "../api/act-id";
import { act, ApiError, call } from "../api/client";
import type { Thread } from "../api/types";
import { sentenceOf } from "../parts/failure";
import { theDesk } from "../stream/live-desk";
import { later } from "./undo";

export type ThreadAct = "take" | "accept" | "release" | "transfer" | "hand-back" | "close" | "revisit";

export function useThreadActs(thread: Thread) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<ThreadAct | null>(null);

  const refused = useCallback(
    (fault: unknown) => {
      if (!(fault instanceof ApiError) || !fault.isConflict) return void message.error(sentenceOf(fault));
      const now = fault.detail["now"] as Thread | undefined;
      if (now?.id) theDesk().learn([now]);
      void message.warning(fault.winner ? t("inbox.winner", { name: fault.winner }) : sentenceOf(fault), 5);
    },
    [message, t],
  );

  const settled = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ["thread", thread.id] });
    void queries.invalidateQueries({ queryKey: ["threads"] });
  }, [queries, thread.id]);

  const send = useCallback(
    async (what: ThreadAct, body: object): Promise<boolean> => {
      setBusy(what);
      try {
        const answer = await act<{ thread: Thread }>(`/threads/${thread.id}/${what}`, body);
        theDesk().learn([answer.thread]);
        return true;
      } catch (fault) {
        refused(fault);
        return false;
      } finally {
        setBusy(null);
        settled();
      }
    },
    [thread.id, refused, settled],
  );
  /** True where it was done. */
  const run = useCallback((what: Exclude<ThreadAct, "revisit">, fields: object = {}) => send(what, { epoch: thread.epoch, ...fields }), [send, thread.epoch]);
  /** A call after the end changes no owner, and so knows no epoch. */
  const callBack = useCallback((fields: object) => send("revisit", fields), [send]);

  /** Closes after a few seconds in which it can be taken back. */
  const closeLater = useCallback(
    (fields: { outcome: string; knowledge_gap: boolean }) => {
      const body = { epoch: thread.epoch, ...fields };
      later(`close ${thread.id}`, t("inbox.closing", { firm: thread.enterprise || thread.visitor }), (leaving) => {
        if (leaving) void call("POST", `/threads/${thread.id}/close`, { id: actId(), ...body }, { keepalive: true }).catch(() => undefined);
        else void run("close", fields);
      });
    },
    [thread, run, t],
  );

  return { busy, run, callBack, closeLater, refused };
}

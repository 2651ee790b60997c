// One thread: head, what was said, what can be said, and the context beside it.
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActionKeys } from "../app/keys";
import type { Id, View } from "../api/types";
import { Failure } from "../parts/failure";
import { SkeletonRows } from "../parts/states";
import { useMe } from "../session/session";
import { useDesk } from "../stream/live-desk";
import { Composer, type Mode } from "./composer";
import { ContextPane } from "./context-pane";
import { useMentionsSeen } from "./mentions";
import { MessageLog } from "./message-log";
import { markSeen } from "./seen";
import type { SheetKind } from "./sheets/thread-sheets";
import { ThreadHead } from "./thread-head";
import { useThread, useThreadEvents } from "./thread-queries";
import { useThreadActs } from "./thread-acts";
import { useStanding } from "./standing";

const ThreadSheets = lazy(() => import("./sheets/thread-sheets"));

interface Props {
  id: Id;
  view: View;
  /** A seq to look at: where a search has found something. */
  at: number | undefined;
  contextOpen: boolean;
  onContext: (open: boolean) => void;
}

export function ThreadPane({ id, view, at, contextOpen, onContext }: Props) {
  const { t } = useTranslation();
  const page = useThread(id);
  const { log, page: events } = useThreadEvents(id, page.data?.thread.seq);
  if (page.isError && !page.data) {
    return (
      <section className="thread thread-none" aria-label={t("inbox.thread")}>
        <Failure fault={page.error} retry={() => void page.refetch()} />
      </section>
    );
  }
  if (!page.data) {
    return (
      <section className="thread" aria-label={t("inbox.thread")}>
        <SkeletonRows kind="bubble" rows={6} />
      </section>
    );
  }
  return <OpenThread full={page.data} {...{ id, view, at, log, events, contextOpen, onContext }} />;
}

type OpenProps = Props & { full: NonNullable<ReturnType<typeof useThread>["data"]>; log: ReturnType<typeof useThreadEvents>["log"]; events: ReturnType<typeof useThreadEvents>["page"] };

function OpenThread({ id, view, at, full, log, events, contextOpen, onContext }: OpenProps) {
  const { t } = useTranslation();
  const me = useMe();
  const row = useDesk((state) => state.rows.get(id)) ?? full.thread;
  const notes = useDesk((state) => state.notes.get(id)) ?? full.notes;
  const acts = useThreadActs(row);
  const standing = useStanding(row, full.may, me.id);
  const [sheet, setSheet] = useState<SheetKind | null>(null);
  const [mode, setMode] = useState<Mode>("reply");
  const [focus, setFocus] = useState(0);
  useEffect(() => markSeen(id, Math.max(row.seq, log.last)), [id, row.seq, log.last]);

  const take = () => {
    if (standing.take) void acts.run("take").then((done) => done && setFocus((n) => n + 1));
    else if (standing.force_take) setSheet("force_take");
  };
  useMentionsSeen(id, notes, me.id);
  const speak = (next: Mode) => {
    setMode(next);
    setFocus((n) => n + 1);
  };
  useActionKeys({
    take,
    reply: () => standing.speak && speak("reply"),
    note: () => standing.note && speak("note"),
    whisper: () => standing.whisper && speak("whisper"),
    transfer: () => standing.transfer && setSheet("transfer"),
    close: () => standing.close && setSheet("close"),
  });

  return (
    <>
      <section className="thread" aria-label={t("inbox.thread")}>
        <ThreadHead {...{ row, view, standing, contextOpen, onContext }} onSheet={setSheet} />
        <MessageLog {...{ id, log, events, notes, at }} />
        <Composer {...{ row, full, standing, acts, mode, focus }} onMode={speak} onTake={take} onSheet={setSheet} />
      </section>
      <ContextPane full={full} row={row} open={contextOpen} onClose={() => onContext(false)} onNewCase={() => setSheet("case")} />
      {sheet && (
        <Suspense fallback={null}>
          <ThreadSheets kind={sheet} row={row} full={full} acts={acts} onClose={() => setSheet(null)} />
        </Suspense>
      )}
    </>
  );
}

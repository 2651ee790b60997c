// The one screen: queues, list, thread, context. On narrow screens the parts give way from the outside in; the address
// says which thread is open, so that back, reload and a link work.
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useParams, useSearchParams } from "react-router";
import { useActionKeys, useKeyCap } from "../app/keys";
import { useThreadCounts } from "../api/counts";
import type { View } from "../api/types";
import { Empty } from "../parts/states";
import "./inbox.css";
import "./thread.css";
import { views } from "./list-order";
import { QueueNav } from "./queue-nav";
import { ThreadList } from "./thread-list";
import { ThreadPane } from "./thread-pane";
import { UndoBar } from "./undo-bar";

export default function InboxPage() {
  const { t } = useTranslation();
  const { view: named, id } = useParams();
  const [params] = useSearchParams();
  const at = Number(params.get("at")) || undefined;
  const navigate = useNavigate();
  const counts = useThreadCounts();
  const view = views.find((one) => one === named) as View | undefined;
  const shown = useRef<readonly string[]>([]);
  const lastAt = useRef(0);
  const setShown = useCallback((ids: readonly string[]) => {
    shown.current = ids;
  }, []);
  const [contextOpen, setContextOpen] = useState(false);
  useEffect(() => setContextOpen(false), [id]);

  const step = (by: 1 | -1) => {
    const at = id ? shown.current.indexOf(id) : -1;
    // A thread that was taken has left the list: go on from where it stood.
    const from = at >= 0 ? at + by : Math.min(lastAt.current, shown.current.length - 1);
    const next = shown.current[Math.max(from, 0)];
    if (next) void navigate(`/inbox/${view}/${next}`);
  };
  useEffect(() => {
    const at = id ? shown.current.indexOf(id) : -1;
    if (at >= 0) lastAt.current = at;
  });
  useActionKeys({
    next: () => step(1),
    previous: () => step(-1),
    search: () => void navigate("/search"),
  });
  const caps = { next: useKeyCap("next"), previous: useKeyCap("previous"), take: useKeyCap("take") };

  if (!view) return <Navigate to="/inbox/waiting" replace />;
  return (
    <main className={`inbox${id ? " inbox-open" : ""}${contextOpen ? " inbox-context" : ""}`}>
      <h1 className="unseen">{t("rail.inbox")}</h1>
      <QueueNav view={view} counts={counts} />
      <ThreadList key={view} view={view} selected={id} counts={counts} onShown={setShown} />
      {id ? (
        <ThreadPane key={id} id={id} view={view} at={at} contextOpen={contextOpen} onContext={setContextOpen} />
      ) : (
        <section className="thread thread-none" aria-label={t("inbox.thread")}>
          <Empty title={t("inbox.none_open")} hint={t("inbox.none_open_hint", caps)} />
        </section>
      )}
      <UndoBar />
    </main>
  );
}

// What will be done in a moment, and the button that takes it back.
import { useTranslation } from "react-i18next";
import { useNow } from "../parts/time";
import { undo, useUndo } from "./undo";

function Counting({ until }: { until: number }) {
  const now = useNow(250);
  return <b>{Math.max(0, Math.ceil((until - now) / 1000))}</b>;
}

export function UndoBar() {
  const { t } = useTranslation();
  const waiting = useUndo((state) => state.waiting);
  return (
    <div className="undo-stack" role="status">
      {waiting.map(({ id, words, until }) => (
        <div key={id} className="undo">
          <Counting until={until} />
          <span>{words}</span>
          <button type="button" onClick={() => undo(id)}>
            {t("inbox.undo")}
          </button>
        </div>
      ))}
    </div>
  );
}

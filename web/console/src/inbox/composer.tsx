// The foot of a thread: the reply field where the thread is mine, else what has to happen first. Notes go through another
// field with another colour and another address on the server.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Thread, ThreadPageFull } from "../api/types";
import { dotted } from "../parts/names";
import { clock } from "../parts/time";
import { NoteField } from "./note-field";
import { ReplyField } from "./reply-field";
import type { SheetKind } from "./sheets/thread-sheets";
import type { Standing } from "./standing";
import type { useThreadActs } from "./thread-acts";

interface Props {
  row: Thread;
  full: ThreadPageFull;
  standing: Standing;
  acts: ReturnType<typeof useThreadActs>;
  noting: boolean;
  /** Goes up when the field should take the focus. */
  focus: number;
  onNoting: (note: boolean) => void;
  onTake: () => void;
  onSheet: (sheet: SheetKind) => void;
}

/** Why there is no reply field, and the way to one. */
function Closed({ row, standing, acts, onTake, onSheet }: Omit<Props, "full" | "noting" | "focus" | "onNoting">) {
  const { t } = useTranslation();
  const { kind, name, department } = row.owner;
  if (standing.accept) {
    return (
      <div className="composer-closed">
        <p>{t("inbox.accept_words", { time: clock(row.accept_by) })}</p>
        <Button type="primary" loading={acts.busy === "accept"} onClick={() => void acts.run("accept")}>
          {t("inbox.act.accept")}
        </Button>
        {standing.release && <Button onClick={() => onSheet("release")}>{t("inbox.act.decline")}</Button>}
      </div>
    );
  }
  const words = kind === "human" ? t("inbox.busy_words", { who: dotted(name, department) }) : t(`inbox.closed_words.${kind}`);
  return (
    <div className="composer-closed">
      <p>{words}</p>
      {standing.take && (
        <Button type="primary" loading={acts.busy === "take"} onClick={onTake}>
          {t("inbox.act.take")} <kbd>T</kbd>
        </Button>
      )}
      {!standing.take && standing.force_take && (
        <Button danger onClick={() => onSheet("force_take")}>
          {t("inbox.act.force_take")}
        </Button>
      )}
    </div>
  );
}

export function Composer(props: Props) {
  const { t } = useTranslation();
  const { row, full, standing, acts, noting, focus, onNoting } = props;
  const note = noting && standing.note;
  return (
    <footer className={`composer${note ? " composer-note" : ""}`}>
      {standing.note && (
        <div className="composer-modes" role="tablist" aria-label={t("inbox.composer")}>
          <button type="button" role="tab" aria-selected={!note} onClick={() => onNoting(false)}>
            {t("inbox.mode_reply")}
          </button>
          <button type="button" role="tab" aria-selected={note} onClick={() => onNoting(true)}>
            {t("inbox.mode_note")}
          </button>
        </div>
      )}
      {note && <NoteField thread={row.id} focus={focus} />}
      {!note && standing.speak && <ReplyField key={row.id} row={row} draft={full.draft} focus={focus} onRefused={acts.refused} />}
      {!note && !standing.speak && <Closed {...props} />}
    </footer>
  );
}
